"""Figures weighted back to where customers buy (QST-4): each store, or store size, counts as much as it sold to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count

from huiyin.customers.public import Purchase, PurchaseState
from huiyin.insights.queries.lens import Lens
from huiyin.insights.rules.tally import Tallies
from huiyin.kernel.actor import Scope
from huiyin.organisation.public import Store
from huiyin.questionnaires.public import Figure, figure_rules_on, scores

STORE, SIZE = "store", "size"


@dataclass(frozen=True)
class Part:
    """One stratum: how many purchases it had in the period, and what its answers add up to."""

    name: str
    purchases: int
    tallies: Tallies


@dataclass(frozen=True)
class Strata:
    """The parts of the population, cut by ``store`` or by ``size`` of store; ``least`` covered (0 to 1) to be shown."""

    by: str
    parts: tuple[Part, ...]
    least: float


@dataclass(frozen=True)
class Weighed:
    """A weighted figure, how it was cut (``store`` or ``size``), and which part of the population is covered."""

    figure: Figure
    by: str
    covered: float


Weigh = Callable[[Iterable[Part]], scores.Weighted]


def strata_of(lens: Lens, stores: Mapping[int | None, Tallies]) -> tuple[Strata, ...]:
    """How the population may be cut, the finer cut first; nothing for who sees a part of the company only."""
    if lens.actor.scope is not Scope.ALL or lens.store_id is not None:
        return ()
    bought = _purchases(lens)
    sizes = dict(Store.objects.values_list("pk", "size"))
    least = figure_rules_on(lens.today).least_covered / 100
    every = sorted(bought.keys() | stores.keys(), key=lambda store: store or 0)
    parts = [(store, Part(str(store), bought.get(store, 0), stores.get(store, Tallies()))) for store in every]
    return (
        Strata(STORE, tuple(part for _store, part in parts), least),
        Strata(SIZE, tuple(_by_size(parts, sizes)), least),
    )


def _purchases(lens: Lens) -> dict[int | None, int]:
    rows = Purchase.objects.filter(lens.inside("bought_at"), is_return=False, state=PurchaseState.DONE)
    return dict(rows.order_by().values_list("store_id").annotate(Count("pk")))


def _by_size(parts: Iterable[tuple[int | None, Part]], sizes: Mapping[int, str]) -> list[Part]:
    found: dict[str, list[Part]] = defaultdict(list)
    for store, part in parts:
        found[sizes.get(store or 0, "")].append(part)
    return [Part(size, sum(part.purchases for part in some), _together(some)) for size, some in sorted(found.items())]


def _together(parts: Iterable[Part]) -> Tallies:
    whole = Tallies()
    for part in parts:
        for measure, tally in part.tallies.items():
            whole.add(measure, tally)
    return whole


def weighed(weigh: Weigh, cuts: Iterable[Strata]) -> Weighed | None:
    """The figure weighted by the finest cut that covers enough of the population; None: no cut does."""
    for strata in cuts:
        found = weigh(strata.parts)
        if found.figure.known and found.covered >= strata.least:
            return Weighed(found.figure, strata.by, found.covered)
    return None


def weigh_mean(measure: str, low: float = 1, high: float = 5) -> Weigh:
    """A mean on a scale."""

    def weigh(parts: Iterable[Part]) -> scores.Weighted:
        return scores.weighted_mean([_stratum(part, _sums(part.tallies, measure)) for part in parts], low, high)

    return weigh


def weigh_share(measure: str) -> Weigh:
    """A share in percent."""

    def weigh(parts: Iterable[Part]) -> scores.Weighted:
        return scores.weighted_share([_stratum(part, _hits(part.tallies, measure)) for part in parts])

    return weigh


def _stratum(part: Part, sums: scores.Sums) -> scores.Stratum:
    return scores.Stratum(part.name, part.purchases, sums)


def _sums(of: Tallies, measure: str) -> scores.Sums:
    tally = of[measure]
    if tally.least is None or tally.most is None:
        return scores.Sums()
    return scores.Sums(tally.n, tally.total, tally.squares, tally.least, tally.most)


def _hits(of: Tallies, measure: str) -> scores.Sums:
    n, hits = of[measure].n, of[measure].hits
    return scores.Sums(n, hits, hits, float(hits == n), float(hits > 0)) if n else scores.Sums()
