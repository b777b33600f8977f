"""Work on running clocks: whose clocks they are, and how far it is."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from huiyin.cases.models import Case, ClockWork
from huiyin.cases.models.clock_work import UNFINISHED_WORK
from huiyin.cases.queries.sla import every_policy
from huiyin.kernel.refusal import NotFound

SHOWN = 5


def following(calendar: str) -> list[tuple[str, int]]:
    """Code and number of the versions of policies whose running clocks follow this calendar."""
    return [(each.code, each.version) for each in every_policy() if each.follows_calendar and each.calendar == calendar]


def cases_of(work: ClockWork) -> QuerySet[Case, Case]:
    """The cases whose running clocks the work is about."""
    live = Case.objects.all().live()
    if work.policy:
        return live.filter(policy=work.policy, policy_version__lt=work.version)
    under = Q(pk__in=[])
    for code, version in following(work.calendar):
        under |= Q(policy=code, policy_version=version)
    return live.filter(under)


def works_to_do(day: object) -> list[int]:
    """The keys of work that may be done on this day and has not ended."""
    due = ClockWork.objects.filter(state__in=UNFINISHED_WORK, effective_from__lte=day)
    return list(due.order_by("id").values_list("pk", flat=True))


def newest_works() -> list[ClockWork]:
    """The last few pieces of work, newest first."""
    return list(ClockWork.objects.select_related("asked_by").order_by("-id")[:SHOWN])


def work_called(work_id: int) -> ClockWork:
    """One piece of work.

    Raises:
        NotFound: there is none.
    """
    work = ClockWork.objects.filter(pk=work_id).first()
    if work is None:
        raise NotFound
    return work
