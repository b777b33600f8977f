"""Stores side by side as a heat map: each cell with its n, each opening its records."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext

from huiyin.foundation.pages import Request, page, show
from huiyin.insights.kpi import DIGITS, Kpi
from huiyin.insights.pages.asked import lens_of
from huiyin.insights.pages.charts import records_href
from huiyin.insights.queries.board import shown
from huiyin.insights.queries.heat import Heat, heat
from huiyin.insights.queries.lens import NO_STORE
from huiyin.questionnaires.public import Figure

LEVELS = 5


@dataclass(frozen=True)
class Cell:
    """A value as shown, its n, how deep its colour is (1 to 5; 0: nothing measured), and its records."""

    shown: str
    n: int
    level: int
    href: str


@dataclass(frozen=True)
class HeatPage:
    """The map as a table."""

    columns: list[str]
    rows: list[tuple[str, list[Cell]]]
    ends: str


@page("insight/stores/", name="insight-stores", needs="insights.see")
def heat_map(request: Request) -> HttpResponse:
    """Every store's scores, loaded after the board so that the board never waits for it."""
    lens = lens_of(request)
    found = heat(lens)
    context = HeatPage([gettext(kpi.label) for kpi in found.kpis], _rows(found, lens.period.code), _ends(found))
    return show(request, "insights/_stores.html" if request.htmx else "insights/stores.html", context)


def _rows(found: Heat, period: str) -> list[tuple[str, list[Cell]]]:
    low, high = found.ends or (0.0, 0.0)
    return [
        (
            row.store.name if row.store else gettext("no store"),
            [
                _cell(kpi, figure, (low, high), records_href(kpi.code, period, row.store.pk if row.store else NO_STORE))
                for kpi, figure in zip(found.kpis, row.figures, strict=True)
            ],
        )
        for row in found.rows
    ]


def _cell(kpi: Kpi, figure: Figure, ends: tuple[float, float], href: str) -> Cell:
    return Cell(shown(figure.value, DIGITS[kpi.unit]), figure.n, level(figure.value, *ends), href if figure.n else "")


def level(value: float | None, low: float, high: float) -> int:
    """How deep a value's colour is between the lowest and the highest of the map, 1 to 5; 0 for none."""
    if value is None:
        return 0
    if high <= low:
        return LEVELS
    return min(LEVELS, 1 + int((value - low) / (high - low) * LEVELS))


def _ends(found: Heat) -> str:
    if found.ends is None:
        return ""
    return f"{shown(found.ends[0], 2)} – {shown(found.ends[1], 2)}"
