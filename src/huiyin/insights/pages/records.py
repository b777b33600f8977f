"""The records behind a number."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from huiyin.foundation.forms import say
from huiyin.foundation.keyset import KeysetPage, keyset
from huiyin.foundation.pages import Request, page, show
from huiyin.insights.kpi import UNIT_WORDS, kpi_of
from huiyin.insights.pages.asked import lens_of
from huiyin.insights.queries.board import Tile
from huiyin.insights.queries.lens import Lens
from huiyin.insights.queries.problems import problem_cases, problem_label
from huiyin.insights.records.askings import left_out_askings
from huiyin.insights.records.cases import case_records
from huiyin.insights.records.record import Records, Row


@dataclass(frozen=True)
class RecordsPage:
    """Records with the number they make."""

    title: str
    meaning: str
    period: str
    tile: Tile | None
    unit: str
    rows: list[Row]
    page: KeysetPage  # type: ignore[type-arg]
    value_label: str
    shares: bool
    back: str


@page("insight/records/<slug:code>/", name="insight-records", needs="insights.see")
def records(request: Request, code: str) -> HttpResponse:
    """Exactly the records that were counted, newest first."""
    lens, kpi = lens_of(request), kpi_of(code)
    tile = Tile(kpi, kpi.compute(lens), None)
    return _show(request, lens, kpi.records(lens), (gettext(kpi.label), gettext(kpi.meaning)), tile)


@page("insight/left-out/", name="insight-left-out", needs="insights.see")
def left_out(request: Request) -> HttpResponse:
    """The answers of the period that are left out of the figures."""
    lens = lens_of(request)
    words = (gettext("Answers left out of figures"), gettext("They stay on record, with the reason for doubt."))
    return _show(request, lens, left_out_askings(lens), words, None)


@page("insight/problems/<slug:code>/", name="insight-problem", needs="insights.see")
def problem(request: Request, code: str) -> HttpResponse:
    """The cases behind one of the top problems."""
    lens = lens_of(request)
    return _show(request, lens, case_records(problem_cases(lens, code)), (problem_label(code), ""), None)


def _show(request: Request, lens: Lens, found: Records, words: tuple[str, str], tile: Tile | None) -> HttpResponse:
    rows = keyset(found.rows, order=found.order, after=request.GET.get("after"))
    read = found.read(rows.rows)
    query = request.GET.copy()
    query.pop("after", None)
    context = RecordsPage(
        title=words[0],
        meaning=words[1],
        period=say(lens.period.words),
        tile=tile,
        unit=gettext(UNIT_WORDS[tile.kpi.unit]) if tile else "",
        rows=read,
        page=rows,
        value_label=str(found.value_label),
        shares=any(row.hit is not None for row in read),
        back=f"{reverse('insight')}?{query.urlencode()}",
    )
    return show(request, "insights/records.html", context)
