"""Which visits are to be asked by link, what is to be done about links now, and what became of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time

from django.db.models import Exists, OuterRef, QuerySet

from huiyin.visits.models import Invitation, Visit, VisitPolicy
from huiyin.visits.rules.inviting import RUNNING, InviteState
from huiyin.visits.rules.lifecycle import State


def _uninvited() -> QuerySet[Visit]:
    """Due visits whose customer is to answer alone and whose link is not planned yet."""
    mine = Invitation.objects.filter(visit=OuterRef("pk"), way=OuterRef("self_way"))
    return Visit.objects.filter(state=State.DUE, agent=None).exclude(self_way="").exclude(Exists(mine))


def kinds_to_invite(before: datetime) -> list[int]:
    """The versions of kinds with visits to invite that fall due before ``before``."""
    due = _uninvited().filter(due_from__lt=before).order_by()
    return sorted(due.values_list("policy_id", flat=True).distinct())


def to_invite(policy: VisitPolicy, before: datetime) -> QuerySet[Visit]:
    """The visits of a kind that fall due before ``before``, the most urgent first."""
    return _uninvited().filter(policy=policy, due_from__lt=before).order_by("due_by", "pk")


def planned_on_days(kind: str, now: datetime) -> Iterator[date]:
    """The day of every link of a kind that goes out today or later, in the zone of ``now``."""
    midnight = datetime.combine(now.date(), time(), now.tzinfo)
    rows = Invitation.objects.filter(
        visit__kind=kind, send_at__gte=midnight, state__in=[*RUNNING, InviteState.ANSWERED]
    )
    return (at.astimezone(now.tzinfo).date() for at in rows.values_list("send_at", flat=True).iterator())


def steps_due(now: datetime, most: int) -> list[tuple[int, int]]:
    """The invitations about which something is to be done now, with their visits, oldest first."""
    due = Invitation.objects.filter(state__in=RUNNING, step_at__lte=now).order_by("step_at", "pk")
    return list(due.values_list("pk", "visit_id")[:most])


def sent_by_message(message_id: int) -> tuple[int, int] | None:
    """The invitation that a message carries and that waits for its answer, with its visit."""
    found = Invitation.objects.filter(message_id=message_id, state=InviteState.SENT)
    return found.values_list("pk", "visit_id").first()


def invitations_of(visit_id: int) -> list[Invitation]:
    """The links of one visit in the order of their ways."""
    return list(Invitation.objects.filter(visit=visit_id).order_by("pk"))
