"""How long customers waited for the first response, in working hours."""

from __future__ import annotations

from math import inf

from django.utils.translation import gettext_lazy

from huiyin.insights.kpi import Group, Kpi, Unit, mean_of
from huiyin.insights.queries.lens import Lens
from huiyin.insights.records.cases import promise_records
from huiyin.insights.records.record import Records
from huiyin.insights.rules.tally import Tallies
from huiyin.insights.sources.responses import Waits
from huiyin.kernel.words import gettext_noop as _
from huiyin.questionnaires.public import Figure


def figure(of: Tallies) -> Figure:
    """Mean working hours; where there is one, or all took as long, there is no interval."""
    given = of["responses"]
    if given.n and given.least == given.most:
        return Figure(given.least, given.n, None, None, "response_time")
    return mean_of(given, 0, inf, "response_time")


def records(lens: Lens) -> Records:
    """The first responses with their hours."""
    clock = Waits()
    return promise_records(lens.first_responses(), lambda one: f"{clock.of(one):.1f}", gettext_lazy("Working hours"))


KPI = Kpi(
    code="response-time",
    label=_("First response after"),
    meaning=_("Mean working time from the receipt of a case to the first response."),
    group=Group.CASES,
    order=20,
    unit=Unit.HOURS,
    source="responses",
    figure=figure,
    records=records,
    more_is_good=False,
)
