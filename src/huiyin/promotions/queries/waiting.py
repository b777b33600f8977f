"""Which lines are to be asked now, and for which nobody will answer any more."""

from __future__ import annotations

from datetime import datetime

from huiyin.promotions.models import GiftLine
from huiyin.promotions.queries.rules import today_of
from huiyin.promotions.rules.words import RUNNING, Standing
from huiyin.visits.public import State

MOST = 2_000
GONE = (State.CANCELLED, State.LAPSED)


def lines_to_ask(now: datetime, list_id: int | None = None) -> list[int]:
    """Keys of drawn lines whose day has come, dearest first."""
    rows = GiftLine.objects.filter(
        standing=Standing.DRAWN, asked_on__lte=today_of(now), list__state__in=sorted(RUNNING)
    )
    if list_id is not None:
        rows = rows.filter(list=list_id)
    return list(rows.order_by("asked_on", "list", "rank").values_list("pk", flat=True)[:MOST])


def visits_in_vain() -> list[int]:
    """Keys of visits about lines that somebody cancelled: nobody answers any more."""
    rows = GiftLine.objects.filter(visit__state__in=GONE, standing=Standing.ASKED)
    return list(rows.order_by("pk").values_list("visit_id", flat=True)[:MOST])


def line_of_late_answer(visit_id: int) -> bool:
    """Whether a visit asked about a line that we stopped waiting for."""
    return GiftLine.objects.filter(visit=visit_id, standing=Standing.NOT_REACHED).exists()
