"""Customers asked by a link to answer by themselves, and what came of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from huiyin.foundation.choices import choices_of
from huiyin.foundation.recorded import Recorded
from huiyin.visits.models.visit import Visit
from huiyin.visits.rules.inviting import INVITE_LABELS, RUNNING, InviteState


class Invitation(Recorded):
    """One link for one visit by one way.

    ``send_at`` is when it is to go out, ``step_at`` when something is to be done about it: to send it (again), or to go
    on to the next way; None: nothing any more. ``why`` says why it has not gone out so far, or why it did not bring an
    answer (words of the questionnaires' ``UNSENT_LABELS``, or the state says it all). ``message_id`` is the message
    that carries it.
    """

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="invitations")
    way = models.CharField(max_length=10)
    state = models.CharField(max_length=12, choices=choices_of(INVITE_LABELS), default=InviteState.PLANNED.value)
    send_at = models.DateTimeField()
    step_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    message_id = models.BigIntegerField(null=True, blank=True)
    why = models.CharField(max_length=20, blank=True)

    class Meta(Recorded.Meta):
        constraints = [models.UniqueConstraint(fields=["visit", "way"], name="invitation_once")]
        indexes = [
            models.Index(fields=["step_at", "id"], name="invitation_step", condition=Q(state__in=[*map(str, RUNNING)])),
            models.Index(fields=["send_at", "id"], name="invitation_send"),
            models.Index(fields=["message_id"], name="invitation_message", condition=Q(message_id__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.way} {self.state} {self.visit_id}"
