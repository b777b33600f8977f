"""The API of insights: the board, trends, and the records behind every number."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext
from ninja import Field, Query, Router, Schema

from huiyin.foundation import clock
from huiyin.foundation.api import ApiRequest, Cursor, answers, needs
from huiyin.foundation.forms import say
from huiyin.foundation.keyset import keyset
from huiyin.insights.kpi import Kpi, kpi_of
from huiyin.insights.queries.board import Tile, board, trends
from huiyin.insights.queries.lens import Lens
from huiyin.insights.rules.periods import Period, PeriodKind, period_of, read_period
from huiyin.questionnaires.public import Figure

PREFIX = "/insight"
router = Router(tags=["insight"])


class LensIn(Schema):
    """What to look at."""

    period: str = Field("", description="``2026-W40`` or ``2026-09``; empty: the present week.", max_length=20)
    store: int | None = Field(None, ge=1, le=2**53, description="Only this store.")

    def lens(self, request: ApiRequest) -> Lens:
        """The lens of this request."""
        now = clock.now()
        today = now.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
        period = read_period(self.period) if self.period else period_of(PeriodKind.WEEK, today)
        return Lens(request.actor, period, now, self.store)


class PeriodOut(Schema):
    """A week or month."""

    code: str
    name: str
    first: date
    last: date


class FigureOut(Schema):
    """A value with n and its 95 % interval; nulls where nothing was measured."""

    value: float | None
    n: int
    low: float | None
    high: float | None
    method: str


class KpiOut(Schema):
    """One number of the board."""

    code: str
    label: str
    meaning: str
    group: str
    unit: str
    target: float | None
    figure: FigureOut
    change: float | None
    change_is_clear: bool | None
    weighted: FigureOut | None = Field(None, description="The same weighted back to where customers buy.")
    weighted_by: str = Field("", description="``store`` or ``size`` of store.")
    covered: float | None = Field(None, description="The part of the population that is covered, 0 to 1.")


class ProblemOut(Schema):
    """One of the top problems."""

    code: str
    label: str
    count: int
    share: FigureOut


class BoardOut(Schema):
    """The board of a period."""

    period: PeriodOut
    left_out: int = Field(description="Complete answers that are too doubtful to count.")
    figures: list[KpiOut]
    problems: list[ProblemOut]


class PointOut(Schema):
    """One period of a trend."""

    period: PeriodOut
    figure: FigureOut


class TrendOut(Schema):
    """One number over the last periods, oldest first."""

    code: str
    label: str
    points: list[PointOut]


class RecordOut(Schema):
    """One record behind a number; ``counted`` tells whether it is in the numerator of a share."""

    at: datetime | None
    title: str
    person: str
    store: str
    value: str
    counted: bool | None
    page: str


class RecordsOut(Schema):
    """One page of records and the number they make."""

    figure: FigureOut
    items: list[RecordOut]
    next: str | None


def _figure(figure: Figure) -> FigureOut:
    return FigureOut(**vars(figure))


def _period(period: Period) -> PeriodOut:
    return PeriodOut(code=period.code, name=say(period.words), first=period.first, last=period.last)


def _kpi(tile: Tile) -> KpiOut:
    kpi: Kpi = tile.kpi
    return KpiOut(
        code=kpi.code,
        label=gettext(kpi.label),
        meaning=gettext(kpi.meaning),
        group=kpi.group,
        unit=kpi.unit,
        target=kpi.target,
        figure=_figure(tile.figure),
        change=tile.change.by if tile.change else None,
        change_is_clear=tile.change.clear if tile.change else None,
        weighted=_figure(tile.weighed.figure) if tile.weighed else None,
        weighted_by=tile.weighed.by if tile.weighed else "",
        covered=tile.weighed.covered if tile.weighed else None,
    )


@router.get("/board", auth=needs("insights.see"), response=answers(BoardOut))
def get_board(request: ApiRequest, look: Query[LensIn]) -> BoardOut:
    """Every number of a week or month, within your area, beside the period before."""
    found = board(look.lens(request))
    problems: list[Any] = [
        ProblemOut(code=one.code, label=gettext(one.label), count=one.count, share=_figure(one.share))
        for one in found.top_problems
    ]
    return BoardOut(
        period=_period(found.lens.period),
        left_out=found.left_out,
        figures=[_kpi(tile) for tile in found.tiles.values()],
        problems=problems,
    )


@router.get("/trends/{code}", auth=needs("insights.see"), response=answers(TrendOut))
def get_trend(request: ApiRequest, code: str, look: Query[LensIn]) -> TrendOut:
    """One number over the last eight periods."""
    [one] = trends(look.lens(request), [kpi_of(code)])
    points = [PointOut(period=_period(period), figure=_figure(figure)) for period, figure in one.points]
    return TrendOut(code=one.kpi.code, label=gettext(one.kpi.label), points=points)


@router.get("/records/{code}", auth=needs("insights.see"), response=answers(RecordsOut))
def list_records(request: ApiRequest, code: str, look: Query[LensIn], cursor: Query[Cursor]) -> RecordsOut:
    """Exactly the records behind a number, newest first."""
    lens, kpi = look.lens(request), kpi_of(code)
    found = kpi.records(lens)
    page = keyset(found.rows, order=found.order, after=cursor.after, size=cursor.size)
    rows = [
        RecordOut(
            at=row.at,
            title=row.title,
            person=row.who,
            store=row.where,
            value=row.value,
            counted=row.hit,
            page=row.href,
        )
        for row in found.read(page.rows)
    ]
    return RecordsOut(figure=_figure(kpi.compute(lens)), items=rows, next=page.next)
