"""Who could have been visited with a questionnaire in a time, by stratum: drawn and owed kinds together."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, F, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce

from huiyin.kernel.actor import Actor
from huiyin.organisation.public import StoreSize
from huiyin.visits.models import PlanRules
from huiyin.visits.queries.coverage_frame import could_be_made
from huiyin.visits.queries.previews import band_words


def population_by_band(actor: Actor, questionnaire: str, since: datetime, until: datetime) -> Mapping[str, int]:
    """By the amount band that each visit got when it fell due."""
    return _counted(F("band"), actor, questionnaire, since, until)


def population_by_store(actor: Actor, questionnaire: str, since: datetime, until: datetime) -> Mapping[str, int]:
    """By store."""
    return _counted(F("store_id"), actor, questionnaire, since, until)


def population_by_size(actor: Actor, questionnaire: str, since: datetime, until: datetime) -> Mapping[str, int]:
    """By the size that the store had when the visit fell due; of visits from before it was kept, its present size."""
    frozen = KeyTextTransform("store_size", "attribution")
    return _counted(Coalesce(frozen, F("store__size"), output_field=TextField()), actor, questionnaire, since, until)


def _counted(stratum: Any, actor: Actor, questionnaire: str, since: datetime, until: datetime) -> Mapping[str, int]:
    visits = could_be_made(actor, since, until).filter(policy__questionnaire=questionnaire)
    counted = visits.annotate(stratum=stratum).order_by().values_list("stratum").annotate(n=Count("pk"))
    return {str(key): n for key, n in counted if key}


def band_names(keys: Collection[str]) -> Mapping[str, str]:
    """Bands in words, the dearest first; their words are those of the newest numbers that know them."""
    found: dict[str, str] = {}
    for rules in PlanRules.objects.order_by("-version"):
        for band in reversed(rules.plan_policy.bands):
            found.setdefault(band.code, band_words(band))
        if set(keys) <= set(found):
            break
    return {code: words for code, words in found.items() if code in keys}


def size_names(keys: Collection[str]) -> Mapping[str, str]:
    """Large and small stores."""
    return {size.value: str(size.label) for size in StoreSize if size.value in keys}
