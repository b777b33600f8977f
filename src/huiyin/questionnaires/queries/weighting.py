"""Opinions weighed back to everybody who could have been asked, by a stratum that can be chosen (QST-4).

Which stratum somebody belongs to was frozen when the question was asked; how large the strata are is told by the rooms
above that ask (``strata.py``). The formula stands in :mod:`huiyin.questionnaires.rules.weighting`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Max, Min, QuerySet, Sum
from django.db.models.fields.json import KeyTextTransform
from django.utils.translation import gettext

from huiyin.foundation.discovery import discover
from huiyin.kernel.actor import Actor
from huiyin.kernel.words import gettext_noop as _
from huiyin.organisation.public import Store
from huiyin.questionnaires.models import Asking
from huiyin.questionnaires.queries.figure_rules import counted
from huiyin.questionnaires.rules.figure import Sums
from huiyin.questionnaires.rules.strata import Strata
from huiyin.questionnaires.rules.weighting import Stratum, Weighted, weighted_mean
from huiyin.questionnaires.rules.words import AskingState

LEAST, MOST = 1, 5
STORE = "store"


@dataclass(frozen=True)
class StratumRow:
    """One stratum: how many it has, how many of them answered, their mean, and what one answer counts."""

    name: str
    population: int
    answers: int
    mean: float | None
    weight: float | None


@dataclass(frozen=True)
class Weighing:
    """The weighted opinion by one split. ``known``: populations were told, else each stratum counts as it was asked.

    ``without`` answers have no stratum and are left out where populations are known.
    """

    by: Strata
    known: bool
    weighted: Weighted
    rows: tuple[StratumRow, ...]
    without: int

    @property
    def design_effect(self) -> float | None:
        """By how much unequal weights shrink the number of answers (Kish 1965)."""
        n = self.weighted.figure.n
        return n / self.weighted.effective_n if self.weighted.effective_n else None


def ways() -> dict[str, Strata]:
    """By what answers can be weighed: by store, and as the rooms above declare."""
    declared = [strata for module in discover("strata") for strata in module.STRATA]
    return {each.code: each for each in (Strata(STORE, _("Store"), _nobody_knows, store_names), *declared)}


def way_called(code: str) -> Strata:
    """A way by its code; by store when there is none of that code."""
    found = ways()
    return found.get(code, found[STORE])


def _nobody_knows(_actor: Actor, _code: str, _since: datetime, _until: datetime) -> Mapping[str, int]:
    return {}


def store_names(keys: Collection[str]) -> Mapping[str, str]:
    """Stores by name."""
    found = Store.objects.filter(pk__in=[int(key) for key in keys if key.isdecimal()]).order_by("name")
    return {str(pk): name for pk, name in found.values_list("pk", "name")}


def weigh_answers(
    actor: Actor, askings: QuerySet[Asking], by: Strata, about: tuple[str, datetime, datetime]
) -> Weighing:
    """The mean of customers' own opinions, weighed; ``about`` are the questionnaire, and from when until when.

    Answers that are too doubtful to count are left out.
    """
    split = askings.annotate(stratum=KeyTextTransform(by.code, "attribution")).order_by()
    sums = _sums(counted(split, about[2].date()))
    told = by.population(actor, *about)
    sizes = dict(told) or {key or "": n for key, n in split.values_list("stratum").annotate(n=Count("pk"))}
    keys = {*sizes, *(key for key in sums if key)}
    strata = [Stratum(key, sizes.get(key, 0), sums.get(key, Sums())) for key in sorted(keys)]
    weighted = weighted_mean(strata, LEAST, MOST)
    names = {**by.names(keys), "": gettext("Without a stratum")}
    ordered = sorted(strata, key=lambda each: list(names).index(each.name) if each.name in names else len(names))
    rows = tuple(_row(each, names.get(each.name, each.name), weighted) for each in ordered)
    return Weighing(by, bool(told), weighted, rows, sums[""].n if told and "" in sums else 0)


def _row(stratum: Stratum, name: str, weighted: Weighted) -> StratumRow:
    n = stratum.sums.n
    return StratumRow(
        name, stratum.population, n, stratum.sums.centre if n else None, weighted.weights.get(stratum.name)
    )


def _sums(split: QuerySet[Any]) -> dict[str, Sums]:
    """What each stratum's opinions add up to; those without a stratum under ""."""
    answered = split.filter(state=AskingState.COMPLETE, mean__isnull=False)
    added = answered.values_list("stratum").annotate(
        n=Count("pk"), total=Sum("mean"), squares=Sum(F("mean") * F("mean")), least=Min("mean"), most=Max("mean")
    )
    return {key or "": Sums(*rest) for key, *rest in added}
