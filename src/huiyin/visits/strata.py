"""How many customers could have been visited, by stratum: to them answers are weighed back (QST-4)."""

from __future__ import annotations

from huiyin.kernel.words import gettext_noop as _
from huiyin.questionnaires.public import Strata, store_names
from huiyin.visits.queries.populations import (
    band_names,
    population_by_band,
    population_by_size,
    population_by_store,
    size_names,
)

STRATA = [
    Strata("store", _("Store"), population_by_store, store_names),
    Strata("band", _("Amount band"), population_by_band, band_names),
    Strata("store_size", _("Store size"), population_by_size, size_names),
]
