"""Exactly the visits that a number of the coverage report counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from huiyin.foundation import clock
from huiyin.foundation.forms import say
from huiyin.foundation.keyset import KeysetPage, keyset
from huiyin.foundation.pages import Request, page, show
from huiyin.kernel.refusal import NotFound
from huiyin.visits.models import Visit
from huiyin.visits.pages.covered import query_of, split_of, time_of
from huiyin.visits.queries.coverage import covered_visits, is_counted
from huiyin.visits.queries.coverage_strata import Split, named
from huiyin.visits.queries.coverage_tables import WHAT_LABELS
from huiyin.visits.queries.policies import rules_in_force, under_policy
from huiyin.visits.rules.coverage.fates import FATE_LABELS
from huiyin.visits.rules.coverage.times import CoveredTime

SHOWN = ("customer", "store", "agent")


@dataclass(frozen=True)
class RecordsPage:
    """The visits behind one number; each with what became of it in words."""

    title: str
    stratum: str
    period: str
    rows: KeysetPage[Any]
    visits: list[tuple[Visit, str]]
    back: str


@page("plan/coverage/records/", name="coverage-records", needs="visits.see_plan")
def coverage_records(request: Request) -> HttpResponse:
    """The records of ``?what=`` (a number or a fate) ``&of=`` one stratum, those due first on top."""
    time, split = time_of(request), split_of(request)
    what, of = request.GET.get("what", "population"), request.GET.get("of", "")
    if not is_counted(what):
        raise NotFound
    found = covered_visits(request.actor, time, split, clock.now(), what=what, of=of).select_related(*SHOWN)
    rows = keyset(found, order=("due_by", "id"), after=request.GET.get("after"))
    context = RecordsPage(
        title=gettext(WHAT_LABELS[what]),
        stratum=_stratum(split, of, time),
        period=say(time.name),
        rows=rows,
        visits=[(under_policy(visit), gettext(FATE_LABELS[visit.fate])) for visit in rows.rows],
        back=f"{reverse('coverage')}?{query_of(time, split)}",
    )
    return show(request, "visits/coverage_records.html", context)


def _stratum(split: Split, of: str, time: CoveredTime) -> str:
    if not of:
        return ""
    key = split.key(of)
    return named(split, [key], rules_in_force(time.first))[key]
