"""What a source is, and all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, NamedTuple

from django.db.models import CharField, Count, F, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import TruncDate

from huiyin.insights.queries.lens import Lens
from huiyin.insights.rules.tally import Tally

PLACES = ("department_id", "store_id")
COLUMNS = ("in_source", "in_measure", "on_day", "in_department", "in_store")


class DayRow(NamedTuple):
    """What one measure adds up to on a day in a department and store."""

    source: str
    measure: str
    day: date
    department_id: int | None
    store_id: int | None
    tally: Tally


@dataclass(frozen=True)
class Source:
    """One kind of records under a lens, added up by day, department and store.

    Either ``counts`` (a query of :func:`shares`; all such queries run as one statement) or ``reads`` (in Python, where
    the database cannot reckon). ``ahead``: days to come have records too. ``good_until(lens)`` are, by day, the moments
    from which passing time alone changes a day that is over; ``first()`` is the moment or day of the oldest record.
    """

    code: str
    first: Callable[[], datetime | date | None]
    counts: Callable[[Lens], QuerySet[Any, tuple[Any, ...]]] | None = None
    reads: Callable[[Lens], Iterable[DayRow]] | None = None
    ahead: bool = False
    good_until: Callable[[Lens], dict[date, datetime]] | None = None


def shares(
    source: str,
    rows: QuerySet[Any],
    moment: Combinable,
    hit: Q,
    *,
    measure: Combinable | None = None,
    places: tuple[str | Combinable, str | Combinable] = PLACES,
) -> QuerySet[Any, tuple[Any, ...]]:
    """Counts records, and the hits among them, by day, department and store."""
    department, store = (F(one) if isinstance(one, str) else one for one in places)
    named = rows.order_by().annotate(
        in_source=Value(source, CharField()),
        in_measure=measure or Value(source, CharField()),
        on_day=moment,
        in_department=department,
        in_store=store,
    )
    counted = named.values_list(*COLUMNS).annotate(in_all=Count("pk"), in_hits=Count("pk", filter=hit))
    every: QuerySet[Any, tuple[Any, ...]] = counted.values_list(*COLUMNS, "in_all", "in_hits")
    return every


def day_of(field: str, lens: Lens) -> Combinable:
    """The day of a moment in the company's zone."""
    return TruncDate(field, tzinfo=lens.zone)


@cache
def all_sources() -> dict[str, Source]:
    """Every source by code (each one file in ``sources``)."""
    package = import_module("huiyin.insights.sources")
    found = [import_module(info.name) for info in iter_modules(package.__path__, f"{package.__name__}.")]
    sources: list[Source] = [module.SOURCE for module in found if hasattr(module, "SOURCE")]
    return {source.code: source for source in sources}
