"""How long customers waited for the first response, in working hours."""

from __future__ import annotations

from datetime import timedelta
from math import inf

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from huiyin.insights.kpi import Group, Kpi, Unit
from huiyin.insights.queries.lens import Lens
from huiyin.insights.records.cases import promise_records
from huiyin.insights.records.record import Records
from huiyin.kernel.words import gettext_noop as _
from huiyin.promises.public import Promise, visible_promises
from huiyin.questionnaires.public import Figure, scores
from huiyin.working_time.public import CompiledCalendar, compiled

FIRST_RESPONSE = "case.first_response"
HOUR = timedelta(hours=1)
TIMES = ("calendar", "calendar_version", "start_at", "settled_at")


def answered(lens: Lens) -> QuerySet[Promise]:
    """First responses given in the period to cases the viewer may see."""
    given = visible_promises(lens.actor).filter(lens.inside("settled_at"), lens.here(), kind=FIRST_RESPONSE)
    return given.filter(state="kept")


class Waits:
    """Working hours from receipt to first response; each calendar is read once."""

    def __init__(self) -> None:
        self._calendars: dict[tuple[str, int], CompiledCalendar] = {}

    def hours(self, promise: Promise) -> float:
        """The hours of one promise, in its own version of its calendar."""
        key = (promise.calendar, promise.calendar_version)
        if key not in self._calendars:
            self._calendars[key] = compiled(*key)
        start = promise.start_at
        return self._calendars[key].working_time_between(start, promise.settled_at or start) / HOUR


def compute(lens: Lens) -> Figure:
    """Mean working hours; with fewer than two answers there is no interval."""
    clock = Waits()
    waits = [clock.hours(promise) for promise in answered(lens).only(*TIMES).iterator()]
    if len(waits) == 1 or (waits and min(waits) == max(waits)):
        return Figure(waits[0], len(waits), None, None, "response_time")
    return scores.mean(waits, 0, inf, "response_time")


def records(lens: Lens) -> Records:
    """The first responses with their hours."""
    clock = Waits()
    return promise_records(answered(lens), lambda one: f"{clock.hours(one):.1f}", gettext_lazy("Working hours"))


KPI = Kpi(
    code="response-time",
    label=_("First response after"),
    meaning=_("Mean working time from the receipt of a case to the first response."),
    group=Group.CASES,
    order=20,
    unit=Unit.HOURS,
    compute=compute,
    records=records,
    more_is_good=False,
)
