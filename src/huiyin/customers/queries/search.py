"""Finds customers by whatever a caller can name: each way has an index of its own and a small limit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from functools import lru_cache, partial
from typing import Any, cast

from django.core.exceptions import EmptyResultSet
from django.db.models import OuterRef, Q, QuerySet, Subquery

from huiyin.customers.models import Contact, Customer, ExternalNumber, InstalledProduct, Purchase
from huiyin.customers.rules.masking import mask_phone
from huiyin.customers.rules.phones import normal_phone
from huiyin.customers.rules.search_words import Wanted, wanted
from huiyin.foundation.bigrams import SHORTEST, bigrams, contains_pairs
from huiyin.foundation.lookups import anywhere, beginning, in_rows
from huiyin.foundation.prepared import SHAPES, Given, Statement, compiled, outline, prepared
from huiyin.kernel.actor import Actor

MOST = 200


@dataclass(frozen=True)
class FoundCustomer:
    """A customer as a search shows it, masked."""

    id: int
    number: str
    name: str
    tier: str
    store: str
    phone: str


@dataclass(frozen=True)
class FoundPurchase:
    """A purchase as a search shows it; ``amount`` in ``currency``, customer and store by name."""

    id: int
    number: str
    amount: Decimal
    currency: str
    customer: str | None
    store: str | None


def search_customers(actor: Actor, text: str, *, limit: int = MOST) -> list[int]:
    """Keys of visible customers that fit, the surest first, at most ``limit``."""
    words = wanted(text)
    ways = tuple(each.name for each in fields(words) if getattr(words, each.name))
    if not ways:
        return []
    name = beginning(words.name) if len(words.name) < SHORTEST else anywhere(words.name.lower())
    values = {
        "number": beginning(words.number),
        "phone_tail": words.phone_tail,
        "phone_part": anywhere(words.phone_part),
        "code": beginning(words.code),
        "email": beginning(words.email),
        "name": name,
        "pinyin": beginning(words.pinyin),
        "serial": anywhere(words.code),
        "pairs": bigrams(words.name),
    }
    try:
        statement = _together(outline(actor), ways, len(words.name) < SHORTEST, limit)
    except EmptyResultSet:
        return []
    [found] = statement.ask([actor.id, *values.values()], planned=False)
    return list(dict.fromkeys(key for keys in found for key in keys))[:limit]


GIVEN = Wanted(*cast("tuple[str, ...]", tuple(Given(place) for place in range(1, 8))))
SERIAL, PAIRS = Given(8), Given(9)


@lru_cache(SHAPES)
def _together(looks: Actor, ways: tuple[str, ...], is_short: bool, limit: int) -> Statement:
    """One row with the keys that each way finds; planned with the values, which decide how many a way finds."""
    words = replace(Wanted(), **{way: getattr(GIVEN, way) for way in ways})
    parts = [compiled(way.values_list("pk")[:limit]) for way in _ways(looks, words, is_short, limit)]
    sql = ", ".join(f"ARRAY({part.sql})" for part in parts)
    return Statement(f"SELECT {sql}", tuple(each for part in parts for each in part.params), ())


def _ways(actor: Actor, words: Wanted, is_short: bool, limit: int) -> Iterator[QuerySet[Customer]]:
    seen = Customer.objects.visible_to(actor)
    if words.number:
        yield seen.filter(number__like=words.number).order_by("number")
    if words.phone_tail:
        yield _through(seen, Contact.objects.filter(phone_tail=words.phone_tail), limit)
    if words.phone_part:
        yield _through(seen, Contact.objects.filter(phone__like=words.phone_part), limit)
    if words.email:
        yield _through(seen, Contact.objects.filter(email__like=words.email), limit)
    if words.code:
        yield _through(seen, ExternalNumber.objects.filter(number__like=words.code), limit)
        yield _through(seen, Purchase.objects.filter(number__like=words.code, customer__isnull=False), limit)
        yield _through(seen, InstalledProduct.objects.filter(serial__like=SERIAL), limit)
    if words.name:
        yield seen.filter(_by_name(words, is_short))


def _by_name(words: Wanted, is_short: bool) -> Q:
    by_pinyin = Q(sort_key__like=words.pinyin) if words.pinyin else Q(pk__in=[])
    if is_short:
        return Q(name__like=words.name) | by_pinyin
    return Q(contains_pairs("customers_customer.name", PAIRS, words.name)) | by_pinyin


def _through(
    seen: QuerySet[Customer],
    rows: QuerySet[Contact] | QuerySet[ExternalNumber] | QuerySet[Purchase] | QuerySet[InstalledProduct],
    limit: int,
) -> QuerySet[Customer]:
    """Visible customers among the first hits; hits are bounded before visibility is asked, so no search is slow."""
    return seen.filter(in_rows("pk", rows.values("customer_id")[: limit * 5])).order_by("sort_key", "id")


def found_customers(actor: Actor, text: str, limit: int) -> list[FoundCustomer]:
    """Visible customers that fit, the surest first, as a search shows them."""
    keys = search_customers(actor, text, limit=limit)
    rows = {
        key: FoundCustomer(key, number, name, tier, store or "", mask_phone(phone or ""))
        for key, number, name, tier, store, phone in (_shown(keys) if keys else [])
    }
    return [rows[key] for key in keys if key in rows]


@prepared
def _shown(keys: Given) -> QuerySet[Customer, tuple[Any, ...]]:
    primary = Contact.objects.filter(customer=OuterRef("pk")).order_by("-is_primary", "id")
    phone = Subquery(primary.values("phone")[:1])
    return (
        Customer.objects.filter(pk__any_of=keys)
        .annotate(primary_phone=phone)
        .values_list("pk", "number", "name", "tier", "home_store__name", "primary_phone")
    )


def found_purchases(actor: Actor, number: str, limit: int) -> list[FoundPurchase]:
    """Visible purchases whose number begins so, in the order of their numbers."""
    return [FoundPurchase(*row) for row in _numbered(actor, beginning(number), limit=limit)]


@partial(prepared, planned=False)
def _numbered(actor: Actor, number: Given, *, limit: int) -> QuerySet[Purchase, tuple[Any, ...]]:
    rows = Purchase.objects.visible_to(actor).filter(number__like=number).order_by("number")
    return rows.values_list("id", "number", "amount", "currency", "customer__name", "store__name")[:limit]


def recognise(*, phone: str = "", email: str = "", name: str = "") -> Customer | None:
    """The one customer that a phone number or mail address belongs to; ``name`` decides between several.

    None when nobody has it, or several do and the name does not tell.
    """
    ways = Q(pk__in=[])
    if phone:
        ways |= Q(contacts__phone=normal_phone(phone) or phone)
    if email:
        ways |= Q(contacts__email=email.strip().lower())
    found = list(Customer.objects.filter(ways, merged_into=None).distinct()[:10])
    if len(found) > 1 and name:
        found = [customer for customer in found if customer.name == name.strip()]
    return found[0] if len(found) == 1 else None
