"""Achieved weights: what one answer of a stratum must count so that the strata weigh as in the population (QST-4).

Post-stratification (Holt and Smith 1979): with N of the population and n answers in a stratum, an answer weighs
w = (N / ΣN) / (n / Σn), sums over the strata that have answers. Unequal weights cost precision: Kish's design effect
(Kish 1965, 1992) is deff = Σn · Σn·w² / (Σn·w)² = 1 + cv²(w), the effective number of answers Σn / deff.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from math import fsum


@dataclass(frozen=True)
class Weighing:
    """The weights by stratum (those with answers), the design effect (None: no answers), the effective number of
    answers, and the part of the population that lies in strata with answers (0 to 1)."""

    weights: Mapping[Hashable, float] = field(default_factory=dict)
    design_effect: float | None = None
    effective_n: float = 0.0
    covered: float = 0.0


def weigh(population: Mapping[Hashable, int], answers: Mapping[Hashable, int]) -> Weighing:
    """The weights that answers need; a stratum without population cannot be weighed and is left out."""
    there = {stratum: n for stratum, n in answers.items() if n and population.get(stratum)}
    if not there:
        return Weighing()
    reached, whole = sum(population[stratum] for stratum in there), sum(population.values())
    total = sum(there.values())
    weights = {stratum: population[stratum] / reached * total / n for stratum, n in there.items()}
    squares = fsum(n * weights[stratum] ** 2 for stratum, n in there.items())
    effect = squares / total  # the weights add up to the number of answers, so Kish's sums are that number
    return Weighing(weights, effect, total / effect, reached / whole)
