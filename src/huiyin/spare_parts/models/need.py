"""What somebody needs a part for."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from huiyin.foundation.recorded import Recorded
from huiyin.organisation.public import Staff
from huiyin.spare_parts.models.catalogue import Part, Place
from huiyin.spare_parts.rules.needs import NEED_LABELS, NEED_TONES, NeedState, state_of

_OPEN = Q(missing__gt=0) | Q(reserved__gt=0) | Q(issued__gt=0)


class NeedQuerySet(models.QuerySet["Need"]):
    """Needs, by what is open about them."""

    def open(self) -> NeedQuerySet:
        """Those of which something is missing, reserved or issued."""
        return self.filter(_OPEN)

    def about(self, label: str, pk: int) -> NeedQuerySet:
        """What one subject needs."""
        return self.filter(subject=label, subject_id=pk)


class Need(Recorded):
    """So much of a part for one subject, out of one place; every piece of ``wanted`` stands in exactly one column.

    ``page`` and ``title`` say where the subject is shown and what it is called. Moments are UTC.
    """

    subject = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    page = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=200)
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="needs")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="needs")
    wanted = models.DecimalField(max_digits=12, decimal_places=3)
    missing = models.DecimalField(max_digits=12, decimal_places=3, default=0)
    reserved = models.DecimalField(max_digits=12, decimal_places=3, default=0)
    issued = models.DecimalField(max_digits=12, decimal_places=3, default=0)
    used = models.DecimalField(max_digits=12, decimal_places=3, default=0)
    wasted = models.DecimalField(max_digits=12, decimal_places=3, default=0)
    returned = models.DecimalField(max_digits=12, decimal_places=3, default=0)
    released = models.DecimalField(max_digits=12, decimal_places=3, default=0)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    objects = NeedQuerySet.as_manager()

    class Meta(Recorded.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    wanted=F("missing")
                    + F("reserved")
                    + F("issued")
                    + F("used")
                    + F("wasted")
                    + F("returned")
                    + F("released")
                ),
                name="need_loses_nothing",
            ),
            models.CheckConstraint(
                condition=Q(
                    wanted__gt=0,
                    missing__gte=0,
                    reserved__gte=0,
                    issued__gte=0,
                    used__gte=0,
                    wasted__gte=0,
                    returned__gte=0,
                    released__gte=0,
                ),
                name="need_not_below_zero",
            ),
        ]
        indexes = [
            models.Index(fields=["place", "part", "id"], name="need_waiting", condition=Q(missing__gt=0)),
            models.Index(fields=["subject", "subject_id"], name="need_subject"),
            models.Index(fields=["-id"], name="need_open", condition=_OPEN),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def state(self) -> NeedState:
        """How far it is."""
        return state_of(self.missing, self.reserved, self.issued)

    @property
    def state_label(self) -> str:
        """The state as a message id."""
        return NEED_LABELS[self.state]

    @property
    def tone(self) -> str:
        """The state's colour."""
        return NEED_TONES[self.state]

    @property
    def is_open(self) -> bool:
        """Whether something is missing, reserved or issued."""
        return self.state != NeedState.DONE

    @property
    def about(self) -> tuple[str, int]:
        """The subject."""
        return (self.subject, self.subject_id)
