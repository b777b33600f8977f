"""What lies under a lens, added up: days that are added up already from their sums, the others from their records."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection
from django.db.models import F, Func, IntegerField, Max, Min, Q, Sum

from huiyin.insights.models import DayTally
from huiyin.insights.queries.lens import Lens
from huiyin.insights.rules.periods import Period
from huiyin.insights.rules.stretches import days_between, stretches_over
from huiyin.insights.rules.tally import Tallies, Tally
from huiyin.insights.sources.source import DayRow, Source, all_sources
from huiyin.kernel.actor import Scope
from huiyin.questionnaires.public import figure_rules_on

RECIPE = 2  # changes with what is counted; days added up by another recipe are added up anew

_GOOD = """
    SELECT added.source, array_agg(added.day)
      FROM insights_addedday AS added
     WHERE added.day >= %(first)s AND added.day < %(after)s AND added.recipe = %(recipe)s
       AND (added.good_until IS NULL OR added.good_until > %(now)s)
       AND NOT EXISTS (
           SELECT FROM insights_touch AS touch
            WHERE touch.source = added.source
              AND touch.at >= added.day::timestamp AT TIME ZONE %(zone)s
              AND touch.at < (added.day + 1)::timestamp AT TIME ZONE %(zone)s)
     GROUP BY added.source
"""

Missing = Mapping[str, frozenset[date]]
ByStore = dict[tuple[int, int | None], Tallies]


def recipe(day: date) -> str:
    """By which definition and rules, and in which zone, days are added up on ``day``."""
    return f"{RECIPE} {settings.TIME_ZONE} v{figure_rules_on(day).version}"


def good_days(first: date, after: date, now: datetime) -> dict[str, set[date]]:
    """By source the days whose sums still hold."""
    by = recipe(now.astimezone(ZoneInfo(settings.TIME_ZONE)).date())
    asked: dict[str, Any] = {"first": first, "after": after, "now": now, "recipe": by, "zone": settings.TIME_ZONE}
    with connection.cursor() as cursor:
        cursor.execute(_GOOD, asked)
        return {source: set(days) for source, days in cursor.fetchall()}


def tallies(lens: Lens, periods: Sequence[Period], sources: Collection[str] = ()) -> list[Tallies]:
    """Every measure in each of the periods, which follow one another; of all sources, or of these."""
    found = by_store(lens, periods, sources, stores=False)
    return [found.get((place, None), Tallies()) for place in range(len(periods))]


def by_store(lens: Lens, periods: Sequence[Period], sources: Collection[str] = (), *, stores: bool = True) -> ByStore:
    """The same by (place of the period, store)."""
    first, after = periods[0].first, periods[-1].after
    wanted = [source for code, source in all_sources().items() if not sources or code in sources]
    missing = _missing(lens, wanted, first, after)
    found: ByStore = defaultdict(Tallies)
    if lens.actor.scope is not Scope.OWN:
        for measure, place, store, tally in _kept(lens, periods, missing, stores):
            found[place, store].add(measure, tally)
    begins = [period.first for period in periods]
    for row in fresh(replace(lens, period=Period(lens.period.kind, first, after)), missing):
        found[bisect_right(begins, row.day) - 1, row.store_id if stores else None].add(row.measure, row.tally)
    return found


def _missing(lens: Lens, sources: Sequence[Source], first: date, after: date) -> Missing:
    """By source the days to be counted from records: not added up, or changed since. One's own work always is."""
    good = {} if lens.actor.scope is Scope.OWN else good_days(first, after, lens.now)
    every = days_between(first, after)
    past = [day for day in every if day <= lens.today]
    return {one.code: frozenset(every if one.ahead else past) - good.get(one.code, set()) for one in sources}


def _kept(
    lens: Lens, periods: Sequence[Period], missing: Missing, stores: bool
) -> Iterator[tuple[str, int, int | None, Tally]]:
    """What is added up already: (measure, place of the period, store, tally)."""
    rows = DayTally.objects.filter(_still_good(missing), source__in=list(missing))
    rows = rows.filter(lens.led() if lens.leads else Q(), lens.here())
    rows = rows.filter(day__gte=periods[0].first, day__lt=periods[-1].after)
    begins = [period.first for period in periods]
    place = Func(F("day"), begins, template="width_bucket(%(expressions)s::date[])", output_field=IntegerField())
    by = ("measure", "place", *(["store_id"] if stores else []))
    sums: dict[str, Any] = {f"of_{one}": Sum(one) for one in ("n", "hits", "misses", "total", "squares")}
    sums |= {"of_least": Min("least"), "of_most": Max("most")}
    for measure, slot, *more in rows.annotate(place=place).values_list(*by).annotate(**sums):
        store, values = (more[0], more[1:]) if stores else (None, more)
        yield measure, slot - 1, store, Tally(*values)


def _still_good(missing: Missing) -> Q:
    """The condition that a day's sums hold; sources with the same missing days share a condition."""
    alike: dict[frozenset[date], list[str]] = defaultdict(list)
    for source, days in missing.items():
        alike[days].append(source)
    gone = [Q(source__in=codes, day__in=sorted(days)) for days, codes in alike.items() if days]
    return ~reduce(or_, gone) if gone else Q()


def fresh(lens: Lens, missing: Missing) -> Iterator[DayRow]:
    """These days counted from their records; everything the database can count in one statement."""
    asked = [(all_sources()[code], days) for code, days in missing.items() if days]
    queries = [one.counts(_narrow(lens, days)) for one, days in asked if one.counts]
    if queries:
        for source, measure, day, department, store, n, hits in queries[0].union(*queries[1:], all=True):
            if day in missing[source]:
                yield DayRow(source, measure, day, department, store, Tally(n, hits))
    for one, days in asked:
        if one.reads:
            yield from _of_days(one.reads(_narrow(lens, days)), days)


def _narrow(lens: Lens, days: frozenset[date]) -> Lens:
    return replace(lens, days=stretches_over(days))


def _of_days(rows: Iterable[DayRow], days: frozenset[date]) -> Iterator[DayRow]:
    return (row for row in rows if row.day in days)
