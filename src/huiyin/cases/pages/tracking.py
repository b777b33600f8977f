"""The problem tracking table 《问题跟踪表》: filter, counts, rows that open their case, and the files (CAS-14)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from huiyin.cases.actions.export_table import ask_export
from huiyin.cases.models import Case
from huiyin.cases.pages.view_words import name_said
from huiyin.cases.queries.settings import conduct_at
from huiyin.cases.queries.tracking import ORDER, Problem, counted, problem_of, problems, with_words
from huiyin.cases.queries.views import views_of
from huiyin.cases.rules.stage_words import STATE_TONES
from huiyin.cases.rules.states import STATE_LABELS
from huiyin.cases.rules.tracking import STANDINGS, Tracked, TrackingFilter
from huiyin.cases.tasks import defer_export
from huiyin.cases.tracking.file import table_file
from huiyin.cases.tracking.table import name_of_table, verdict_said
from huiyin.foundation import clock
from huiyin.foundation.file_answer import made_file_answer
from huiyin.foundation.keyset import KeysetPage, keyset
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.kernel.refusal import Repeated
from huiyin.kernel.years import day_of
from huiyin.organisation.public import department_choices

SIZE = 30


@dataclass(frozen=True)
class Row:
    """A problem with its words."""

    problem: Problem
    tone: str
    state_label: str
    verdict: str


@dataclass(frozen=True)
class TrackingPage:
    """The table with its filter and counts; ``query`` is the filter as an address."""

    name: str
    wanted: TrackingFilter
    counts: Tracked
    rows: list[Row]
    keys: KeysetPage[Case]
    departments: list[tuple[int, str]]
    standings: dict[str, str]
    views: list[tuple[str, str]]
    query: str
    by_worker: bool


@page("cases/tracking/", name="case-tracking", needs="cases.track")
def tracking(request: Request) -> HttpResponse:
    """The table; every row opens its case."""
    wanted, now = wanted_of(request), clock.now()
    rows = problems(request.actor, wanted, now)
    counts = counted(rows, now)
    found = keyset(with_words(rows), order=ORDER, after=request.GET.get("after"), size=SIZE)
    context = TrackingPage(
        name=name_of_table(),
        wanted=wanted,
        counts=counts,
        rows=[_row(problem_of(case)) for case in found.rows],
        keys=found,
        departments=[(int(key), name) for key, name in department_choices()],
        standings=STANDINGS,
        views=[(view.key, name_said(view)) for view in views_of(request.actor)],
        query=_query(wanted),
        by_worker=counts.total > conduct_at(now).export_rows_at_once,
    )
    return show(request, "cases/tracking.html", context)


@page("cases/tracking/file/", name="case-tracking-file", needs="cases.track")
def tracking_file(request: Request) -> HttpResponse:
    """The same as Excel, Word or PDF (``?as=``); a long Excel file is written by the worker (POST)."""
    wanted, now, ending = wanted_of(request), clock.now(), request.GET.get("as", "xlsx")
    drawn = table_file(request.actor, wanted, ending, now)
    if drawn is None:
        return _by_worker(request, wanted)
    return made_file_answer(drawn.content, drawn.mime, drawn.name)


def _by_worker(request: Request, wanted: TrackingFilter) -> HttpResponse:
    if request.method != "POST":
        return go_to_table(wanted)
    try:
        export = ask_export(call_of(request), wanted, language=request.LANGUAGE_CODE).pk
    except Repeated as repeat:
        export = int(repeat.result)
    defer_export(export)
    return go("case-tracking-export", export)


def go_to_table(wanted: TrackingFilter) -> HttpResponse:
    """Back to the table with its filter: a long file is asked for by its button."""
    answer = go("case-tracking")
    answer["Location"] += f"?{_query(wanted)}"
    return answer


def wanted_of(request: Request) -> TrackingFilter:
    """The filter of an address; this month where it says nothing sensible."""
    today = timezone.localtime(clock.now(), timezone.get_default_timezone()).date()
    get = request.GET.get
    first, last = day_of(get("first", ""), today.replace(day=1)), day_of(get("last", ""), today)
    department, standing = get("department") or "", get("standing") or ""
    return TrackingFilter(
        first=min(first, last),
        last=max(first, last),
        department=int(department) if department.isdigit() and len(department) < 10 else None,  # noqa: PLR2004
        standing=standing if standing in STANDINGS else "",
        view=get("view") or "",
        text=(get("text") or "").replace("\x00", "")[:100],
    )


def _query(wanted: TrackingFilter) -> str:
    values = {
        "first": wanted.first.isoformat(),
        "last": wanted.last.isoformat(),
        "department": wanted.department or "",
        "standing": wanted.standing,
        "view": wanted.view,
        "text": wanted.text,
    }
    return urlencode({name: value for name, value in values.items() if value})


def _row(problem: Problem) -> Row:
    return Row(problem, STATE_TONES[problem.state], _(STATE_LABELS[problem.state]), verdict_said(problem))
