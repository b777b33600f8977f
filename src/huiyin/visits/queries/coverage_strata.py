"""By what a coverage report is split: amount band, store, store size, product line, person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext

from huiyin.customers.public import PurchaseLine
from huiyin.kernel.words import gettext_noop as _
from huiyin.organisation.public import Staff, Store, StoreSize
from huiyin.visits.models import PlanRules
from huiyin.visits.queries.previews import band_words

Key = str | int | None
NOTHING = "-"
"""How a stratum without a value is called in addresses."""


@dataclass(frozen=True)
class Split:
    """One way to split: where a visit's stratum stands, and what the strata are called.

    ``whole``: every visit of the population belongs to one stratum before it is asked, so that answers can be weighed.
    """

    code: str
    label: str
    value: Callable[[], Any]
    names: Callable[[Iterable[Key], PlanRules], Mapping[Key, str]]
    nothing: str
    numeric: bool = False
    whole: bool = True

    def key(self, text: str) -> Key:
        """A stratum as an address names it; None: without a value."""
        if text == NOTHING or (self.numeric and not text.isdecimal()):
            return None
        return int(text) if self.numeric else text


def _bands(_keys: Iterable[Key], rules: PlanRules) -> Mapping[Key, str]:
    return {band.code: band_words(band) for band in reversed(rules.plan_policy.bands)}


def _stores(keys: Iterable[Key], _rules: PlanRules) -> Mapping[Key, str]:
    return dict(Store.objects.filter(pk__in=[key for key in keys if key]).order_by("name").values_list("pk", "name"))


def _sizes(_keys: Iterable[Key], _rules: PlanRules) -> Mapping[Key, str]:
    return {size.value: str(size.label) for size in StoreSize}


def _people(keys: Iterable[Key], _rules: PlanRules) -> Mapping[Key, str]:
    return dict(Staff.objects.filter(pk__in=[key for key in keys if key]).order_by("name").values_list("pk", "name"))


def _as_written(keys: Iterable[Key], _rules: PlanRules) -> Mapping[Key, str]:
    return {key: str(key) for key in sorted(keys, key=str) if key}


def _product_line() -> Subquery:
    """The product line of the purchase's dearest article that has one."""
    lines = PurchaseLine.objects.filter(purchase=OuterRef("purchase_id")).exclude(product__category="")
    dearest = lines.filter(product__isnull=False).order_by(F("quantity") * F("unit_price") * -1, "line_no")
    return Subquery(dearest.values("product__category")[:1])


SPLITS: dict[str, Split] = {
    split.code: split
    for split in (
        Split("band", _("Amount band"), lambda: F("band"), _bands, _("In no band")),
        Split("store", _("Store"), lambda: F("store_id"), _stores, _("Without a store"), numeric=True),
        Split("size", _("Store size"), lambda: F("store__size"), _sizes, _("Without a store")),
        Split("product", _("Product line"), _product_line, _as_written, _("Without a product line")),
        Split("agent", _("Who"), lambda: F("agent_id"), _people, _("Nobody"), numeric=True, whole=False),
    )
}


def split_called(code: str) -> Split:
    """A split by its code; by amount band when there is none of that code."""
    return SPLITS.get(code, SPLITS["band"])


def named(split: Split, keys: Iterable[Key], rules: PlanRules) -> dict[Key, str]:
    """The strata in the order they are shown, with their names; those without a value last."""
    present = set(keys)
    found: dict[Key, str] = {key: name for key, name in split.names(present, rules).items() if key in present}
    found |= {key: str(key) for key in sorted(present - set(found), key=str) if key}
    return found | {key: gettext(split.nothing) for key in present if not key}
