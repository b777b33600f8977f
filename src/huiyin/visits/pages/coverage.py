"""How far a week or month reached its customers: per stratum, why not, and the weights its answers need (VIS-17)."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext

from huiyin.foundation import clock
from huiyin.foundation.forms import say
from huiyin.foundation.keyset import KeysetPage, read_cursor, write_cursor
from huiyin.foundation.pages import Request, page, show
from huiyin.visits.pages.covered import query_of, records_of, report_of
from huiyin.visits.queries.coverage import Coverage, Part
from huiyin.visits.queries.coverage_strata import SPLITS
from huiyin.visits.queries.coverage_tables import NUMBERS
from huiyin.visits.rules.coverage.counts import Counts
from huiyin.visits.rules.coverage.fates import FATE_LABELS
from huiyin.visits.rules.coverage.times import month_of, week_of

SIZE = 50


@dataclass(frozen=True)
class Number:
    """A number with its name and the address of its records ("": none)."""

    label: str
    value: int
    href: str


@dataclass(frozen=True)
class PartRow:
    """One stratum in words."""

    name: str
    numbers: list[Number]
    achieved: str
    reached: str
    weight: str


@dataclass(frozen=True)
class CoveragePage:
    """The report in words, the ways to neighbouring periods and other splits, and its files."""

    report: Coverage
    title: str
    tabs: list[tuple[str, str]]
    tiles: list[Number]
    achieved: str
    reached: str
    rows: KeysetPage[PartRow]
    not_asked: list[Number]
    in_vain: list[Number]
    query: str
    week: str
    month: str

    @property
    def headings(self) -> list[str]:
        """The names of the numbers."""
        return [gettext(label) for label in NUMBERS.values()]


@page("plan/coverage/", name="coverage", needs="visits.see_plan")
def coverage(request: Request) -> HttpResponse:
    """The coverage of ``?period=`` (2026-W40 or 2026-09), split ``?by=`` band, store, size, product or agent."""
    report = report_of(request)
    return show(request, "visits/coverage.html", _context(report, request.GET.get("after")))


def _context(report: Coverage, after: str | None) -> CoveragePage:
    time, split, whole = report.time, report.split, report.whole
    day = min(max(timezone.localdate(clock.now()), time.first), time.last)
    return CoveragePage(
        report=report,
        title=say(time.name),
        tabs=[(code, gettext(each.label)) for code, each in SPLITS.items()],
        tiles=_numbers(report, whole),
        achieved=percent(whole.achieved),
        reached=percent(whole.reached),
        rows=_page_of(report, after),
        not_asked=_fates(report, whole.why_not()),
        in_vain=_fates(report, whole.in_vain()),
        query=query_of(time, split),
        week=week_of(day).code,
        month=time.code if time.is_month else month_of(time.first).code,
    )


def _numbers(report: Coverage, counts: Counts, key: object = "") -> list[Number]:
    return [_number(report, gettext(label), getattr(counts, name), name, key) for name, label in NUMBERS.items()]


def _number(report: Coverage, label: str, value: int, what: str, key: object = "") -> Number:
    return Number(label, value, records_of(report.time, report.split, what, key) if value else "")


def _fates(report: Coverage, found: list[tuple[str, int]]) -> list[Number]:
    return [_number(report, gettext(FATE_LABELS[fate]), count, fate) for fate, count in found]


def _page_of(report: Coverage, after: str | None) -> KeysetPage[PartRow]:
    """The strata behind the last one seen; there are as many as stores, not as visits."""
    seen = read_cursor(after, 1)
    places = [str(part.key) for part in report.parts]
    first = places.index(seen[0]) + 1 if seen and seen[0] in places else 0
    parts = report.parts[first : first + SIZE]
    more = first + SIZE < len(report.parts)
    return KeysetPage([_row(report, part) for part in parts], write_cursor([str(parts[-1].key)]) if more else None)


def _row(report: Coverage, part: Part) -> PartRow:
    return PartRow(
        name=part.name,
        numbers=_numbers(report, part.counts, part.key),
        achieved=percent(part.counts.achieved),
        reached=percent(part.counts.reached),
        weight="" if part.weight is None else f"{part.weight:.2f}",
    )


def percent(share: float | None) -> str:
    """A share of 1 in percent."""
    return "–" if share is None else f"{share:.1%}"
