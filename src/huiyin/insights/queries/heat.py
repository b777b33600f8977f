"""Stores side by side: the overall score and each dimension, store by store."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.insights.kpi import Kpi, kpi_of
from huiyin.insights.queries.lens import Lens
from huiyin.insights.queries.stores import stores_for
from huiyin.insights.queries.tallies import by_store
from huiyin.insights.rules.tally import Tallies
from huiyin.organisation.public import Store
from huiyin.questionnaires.public import FIVE_DIMENSIONS, Figure

COLUMNS = ("overall", *(f"dimension-{one}" for one in FIVE_DIMENSIONS))


@dataclass(frozen=True)
class HeatRow:
    """One store (None: what belongs to no store) and its figures, in the order of the columns."""

    store: Store | None
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Heat:
    """The columns, and a row for every store in which anything was measured."""

    kpis: tuple[Kpi, ...]
    rows: tuple[HeatRow, ...]

    @property
    def ends(self) -> tuple[float, float] | None:
        """The lowest and the highest value of the map; None when nothing was measured."""
        known = [figure.value for row in self.rows for figure in row.figures if figure.value is not None]
        return (min(known), max(known)) if known else None


def heat(lens: Lens) -> Heat:
    """Every store's scores in the period; as many queries as one figure."""
    kpis = tuple(kpi_of(code) for code in COLUMNS)
    found = by_store(lens, [lens.period], {kpi.source for kpi in kpis})
    stores = {store.pk: store for store in stores_for(lens.actor)}
    places: list[tuple[int | None, Store | None]] = [*stores.items(), (None, None)]
    rows = [HeatRow(store, _figures(kpis, found.get((0, pk), Tallies()))) for pk, store in places]
    return Heat(kpis, tuple(row for row in rows if any(figure.known for figure in row.figures)))


def _figures(kpis: tuple[Kpi, ...], of: Tallies) -> tuple[Figure, ...]:
    return tuple(kpi.figure(of) for kpi in kpis)
