"""Telephone exchanges, who sits at which extension, calls that were asked for, and what the line told of them."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.channels.rules.telephone.codes import RESULT_LABELS
from huiyin.channels.rules.telephone.line import KIND_LABELS, OPEN, STATE_LABELS, LineState
from huiyin.foundation.choices import choices_of
from huiyin.foundation.kept import Settled
from huiyin.foundation.recorded import Recorded
from huiyin.organisation.public import Staff


class Exchange(Recorded, Settled):
    """A telephone exchange (CTI). ``kind`` is a code of ``exchange_kinds()``; ``secret`` names where the shared secret
    is kept (``env:HUIYIN_CTI_…`` or ``file:name``).

    ``codes`` maps the line's codes to results. ``window_seconds`` is how old a signed push may be. Recordings are
    fetched from ``file_hosts`` alone, besides the exchange's own host.
    """

    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=60, unique=True)
    dial_url = models.CharField(max_length=200)
    secret = models.CharField(max_length=120, blank=True)
    codes = models.JSONField(default=dict)
    window_seconds = models.PositiveIntegerField(default=300)
    file_hosts = models.CharField(max_length=300, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta(Recorded.Meta):
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name

    @property
    def window(self) -> timedelta:
        """How old a signed push may be."""
        return timedelta(seconds=self.window_seconds)


class Extension(Recorded, Settled):
    """Who sits at which extension of an exchange."""

    exchange = models.ForeignKey(Exchange, on_delete=models.CASCADE, related_name="extensions")
    staff = models.OneToOneField(Staff, on_delete=models.CASCADE, related_name="+")
    number = models.CharField(max_length=30)

    class Meta(Recorded.Meta):
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["exchange", "number"], name="extension_once")]

    def __str__(self) -> str:
        return self.number


class PhoneCall(models.Model):
    """A call that an exchange was asked for. ``key`` is our reference to the exchange, given before it is asked.

    ``rung_at`` is when the exchange was asked, once; ``told_at`` when it answered. The number is kept masked. What the
    line said (``result``, ``code``, ``seconds``) comes from its events alone.
    """

    key = models.UUIDField(unique=True)
    exchange = models.ForeignKey(Exchange, on_delete=models.PROTECT, related_name="calls")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    extension = models.CharField(max_length=30)
    number = models.CharField(max_length=30)
    about = models.CharField(max_length=60)
    about_id = models.BigIntegerField()
    customer_id = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=choices_of(STATE_LABELS), default=LineState.ASKED)
    reason = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField()
    rung_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=15, blank=True, choices=choices_of(RESULT_LABELS))
    code = models.CharField(max_length=60, blank=True)
    seconds = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["about", "about_id"], name="phone_call_open_once", condition=Q(state__in=[*map(str, OPEN)])
            )
        ]
        indexes = [models.Index(fields=["about", "about_id", "-id"], name="phone_call_about")]

    def __str__(self) -> str:
        return f"call {self.pk} {self.state}"

    @property
    def is_open(self) -> bool:
        """Whether it may still ring or be on the line."""
        return self.state in OPEN


class EventState(models.TextChoices):
    """What became of an event. ``stray``: it belongs to no call of ours; ``aside``: somebody looked at it."""

    TAKEN = "taken", _("Taken")
    STRAY = "stray", _("Belongs to no call of ours")
    ASIDE = "aside", _("Looked at")


class PhoneEvent(models.Model):
    """One event of a line, kept once however often it comes; one of an unknown call is kept too."""

    exchange = models.ForeignKey(Exchange, on_delete=models.PROTECT, related_name="events")
    event_id = models.CharField(max_length=100)
    call = models.ForeignKey(PhoneCall, null=True, on_delete=models.PROTECT, related_name="events")
    reference = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, choices=choices_of(KIND_LABELS))
    at = models.DateTimeField()
    sequence = models.PositiveIntegerField(default=0)
    code = models.CharField(max_length=60, blank=True)
    seconds = models.PositiveIntegerField(null=True)
    extension = models.CharField(max_length=30, blank=True)
    number = models.CharField(max_length=30, blank=True)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=6, choices=EventState.choices, default=EventState.TAKEN)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["exchange", "event_id"], name="phone_event_once")]
        indexes = [
            models.Index(fields=["-received_at", "-id"], name="phone_event_stray", condition=Q(state="stray")),
            models.Index(fields=["call", "id"], name="phone_event_of_call"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.event_id}"
