"""What became of the links of a visit, in words: for the card of whoever makes it, and for lists."""

from __future__ import annotations

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from huiyin.questionnaires.public import UNSENT_LABELS
from huiyin.visits.models import Invitation, Visit
from huiyin.visits.queries.invitations import invitations_of
from huiyin.visits.rules.inviting import HELD, SENTENCES, InviteState
from huiyin.visits.rules.policy_entries import CHANNEL_LABELS

TONES = {
    InviteState.PLANNED: "neutral",
    InviteState.SENT: "accent",
    InviteState.ANSWERED: "kept",
    InviteState.UNANSWERED: "soon",
    InviteState.UNDELIVERED: "late",
    InviteState.UNSENT: "late",
    InviteState.DROPPED: "neutral",
}


def links_told(visit: Visit) -> list[tuple[str, str]]:
    """The links of a visit, each with its colour; nothing is asked for kinds that send none."""
    if not visit.policy.self_way:
        return []
    return [(TONES[InviteState(each.state)], told(each)) for each in invitations_of(visit.pk)]


def told(invitation: Invitation) -> str:
    """What became of one link, in a sentence."""
    values = {"way": _(CHANNEL_LABELS[invitation.way]), "why": why_of(invitation), "at": _moment(invitation)}
    return _(_sentence(invitation)) % values


def why_of(invitation: Invitation) -> str:
    """Why it did not go out so far; "" when nothing stood against it."""
    return _(UNSENT_LABELS[invitation.why]) if invitation.why else ""


def _sentence(invitation: Invitation) -> str:
    if invitation.state == InviteState.PLANNED and invitation.why:
        return HELD
    return SENTENCES[InviteState(invitation.state)]


def _moment(invitation: Invitation) -> str:
    at = invitation.sent_at or invitation.step_at or invitation.send_at
    return date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT")
