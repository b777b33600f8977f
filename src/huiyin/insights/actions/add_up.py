"""Adds up days that are over, and those that changed since, so that looking at figures costs little."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import connection

from huiyin.foundation.actions import Act, action
from huiyin.insights.models import AddedDay, DayTally, Touch
from huiyin.insights.queries.lens import Lens
from huiyin.insights.queries.tallies import fresh, good_days, recipe
from huiyin.insights.rules.periods import Period, PeriodKind, moments_of
from huiyin.insights.rules.stretches import days_between
from huiyin.insights.sources.source import DayRow, Source, all_sources
from huiyin.kernel.actor import SYSTEM
from huiyin.kernel.call import Call

AT_ONCE = 92  # days in one transaction
LOOK_BACK = timedelta(days=250)  # before the oldest record: a trend of eight months meets empty days, also added up
ALONE = 7_340_033  # any number: the key of the lock by which only one adds up at a time
FIELDS = ("n", "hits", "misses", "total", "squares", "least", "most")


def add_up(call: Call) -> int:
    """Adds up every day before today whose sums are missing or no longer hold; returns how many. Repeatable.

    A run that was cut off loses the quarter it was at and nothing else.
    """
    return sum(_add_source(call, source) for source in all_sources().values())


def _add_source(call: Call, source: Source) -> int:
    oldest, lens = source.first(), Lens(SYSTEM, _month(date.min, date.max), call.now)
    if oldest is None:
        return 0
    first = (oldest.astimezone(lens.zone).date() if isinstance(oldest, datetime) else oldest) - LOOK_BACK
    good = good_days(first, lens.today, call.now).get(source.code, set())
    wanted = [day for day in days_between(first, lens.today) if day not in good]
    for place in range(0, len(wanted), AT_ONCE):
        add_days(call, source.code, wanted[place : place + AT_ONCE])
    return len(wanted)


@action("insights.add_up")
def add_days(act: Act, code: str, days: Sequence[date]) -> None:
    """Adds up these days, which are over, of one source.

    What touched them is read before they are counted: a change that commits meanwhile leaves a touch that stays, and
    the day is added up again.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ALONE])
    source, lens = all_sources()[code], Lens(SYSTEM, _month(min(days), max(days) + timedelta(days=1)), act.now)
    touched = _touches(lens, code, frozenset(days))
    until = source.good_until(lens) if source.good_until else {}
    rows = [_sums(row) for row in fresh(lens, {code: frozenset(days)})]
    DayTally.objects.filter(source=code, day__in=days).delete()
    AddedDay.objects.filter(source=code, day__in=days).delete()
    Touch.objects.filter(pk__in=touched).delete()
    DayTally.objects.bulk_create(rows, batch_size=2_000)
    AddedDay.objects.bulk_create(
        AddedDay(source=code, day=day, recipe=recipe(lens.today), good_until=until.get(day)) for day in days
    )


def _touches(lens: Lens, code: str, days: frozenset[date]) -> list[int]:
    since, until = moments_of(lens.period.first, lens.period.after, lens.zone)
    found = Touch.objects.filter(source=code, at__gte=since, at__lt=until).values_list("pk", "at")
    return [pk for pk, at in found if at.astimezone(lens.zone).date() in days]


def _sums(row: DayRow) -> DayTally:
    return DayTally(
        source=row.source,
        measure=row.measure,
        day=row.day,
        department_id=row.department_id,
        store_id=row.store_id,
        **dict(zip(FIELDS, row.tally, strict=True)),
    )


def _month(first: date, after: date) -> Period:
    return Period(PeriodKind.MONTH, first, after)
