"""Plans that wait for a customer's answer, and whose they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import OuterRef, Q, QuerySet, Subquery

from huiyin.cases.models import Case, CasePlan
from huiyin.cases.queries.customers import reach_of
from huiyin.cases.rules.states import IN_WORK, State, WaitingFor, asks_answer

SMS = "sms"


@dataclass(frozen=True)
class PlanOfSender:
    """A case with a plan that was told to this sender; ``waits`` while it has no answer."""

    case: int
    number: str
    waits: bool


def plans_of_sender(channel: str, sender: str, about: Case | None) -> list[PlanOfSender]:
    """The cases in work whose plan this address was told, oldest plan first.

    A mail answers the plan of the case it belongs to, and only from its customer's address; an SMS any plan of its
    number.
    """
    rows = _at_number(sender) if channel == SMS else Case.objects.filter(pk__in=[about.pk] if about else [])
    told = rows.filter(state__in=IN_WORK, plans__sent_at__isnull=False).distinct()
    mine = [case for case in told.order_by("pk") if _is_of(case, channel, sender)]
    newest = {case.pk: case.plans.order_by("-version").first() for case in mine}
    found = sorted(mine, key=lambda case: (newest[case.pk].made_at, case.pk))  # type: ignore[union-attr]  # all have one
    return [PlanOfSender(case.pk, case.number, _waits(case, newest[case.pk])) for case in found]


def _waits(case: Case, plan: CasePlan | None) -> bool:
    asked = asks_answer(case.state, case.waiting_for, case.returns_to)
    return asked and plan is not None and not plan.answer


def _at_number(sender: str) -> QuerySet[Case]:
    spelt = [sender, sender.removeprefix("+86"), f"+86{sender.removeprefix('+86')}"]
    return Case.objects.filter(Q(reporter_phone__in=spelt) | Q(customer__contacts__phone__in=spelt))


def _is_of(case: Case, channel: str, sender: str) -> bool:
    reach = reach_of(case)
    if channel == SMS:
        return bool(reach.phone) and reach.phone.removeprefix("+86") == sender.removeprefix("+86")
    return bool(reach.email) and reach.email.lower() == sender.lower()


def plans_to_remind(now: datetime, hours: int) -> list[int]:
    """Cases whose newest plan was sent some hours ago, waits, and was not brought to mind yet."""
    newest = CasePlan.objects.filter(case=OuterRef("pk")).order_by("-version").values("pk")[:1]
    waiting = CasePlan.objects.filter(answer="", reminded_at=None, sent_at__lte=now - timedelta(hours=hours))
    rests = Q(state=State.WAITING, waiting_for=WaitingFor.CUSTOMER, returns_to=State.PLANNED)
    rows = Case.objects.filter(Q(state=State.PLANNED) | rests).annotate(newest=Subquery(newest))
    return list(rows.filter(newest__in=waiting.values("pk")).order_by("pk").values_list("pk", flat=True))
