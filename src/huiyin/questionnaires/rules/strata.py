"""A slot for rooms above: by what answers are weighed back to a population, and how large that is (QST-4)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from huiyin.kernel.actor import Actor

Population = Callable[[Actor, str, datetime, datetime], Mapping[str, int]]


@dataclass(frozen=True)
class Strata:
    """One way to split customers, declared in a room's ``strata.py`` as ``STRATA``.

    ``code`` is the name under which an asking's frozen attribution holds its stratum. ``population(actor,
    questionnaire, since, until)`` counts, as far as the actor may see, who could have been asked in that time, by
    stratum; nothing: nobody knows, and each stratum counts as much as it was asked. ``names`` gives their names in the
    order to show them.
    """

    code: str
    label: str
    population: Population
    names: Callable[[Collection[str]], Mapping[str, str]]
