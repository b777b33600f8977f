"""Finds customers by whatever a caller can name: each way has an index of its own and a small limit."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q, QuerySet

from huiyin.customers.models import Contact, Customer, ExternalNumber, InstalledProduct, Purchase
from huiyin.customers.rules.phones import normal_phone
from huiyin.customers.rules.search_words import Wanted, wanted
from huiyin.foundation.bigrams import SHORTEST, contains_text
from huiyin.kernel.actor import Actor

MOST = 200


def search_customers(actor: Actor, text: str, *, limit: int = MOST) -> list[int]:
    """Keys of visible customers that fit, the surest first, at most ``limit``."""
    found: dict[int, None] = {}
    for rows in _ways(actor, wanted(text), limit):
        found.update(dict.fromkeys(rows))
        if len(found) >= limit:
            break
    return list(found)[:limit]


def _ways(actor: Actor, words: Wanted, limit: int) -> Iterator[list[int]]:
    seen = Customer.objects.visible_to(actor)
    if words.number:
        yield _first(seen.filter(number__startswith=words.number).order_by("number"), limit)
    if words.phone_tail:
        yield _through(seen, Contact.objects.filter(phone_tail=words.phone_tail), limit)
    if words.phone_part:
        yield _through(seen, Contact.objects.filter(phone__contains=words.phone_part), limit)
    if words.email:
        yield _through(seen, Contact.objects.filter(email__startswith=words.email), limit)
    if words.code:
        yield from _by_code(seen, words.code, limit)
    if words.name:
        yield _first(_by_name(seen, words), limit)


def _by_code(seen: QuerySet[Customer], code: str, limit: int) -> Iterator[list[int]]:
    yield _through(seen, ExternalNumber.objects.filter(number__startswith=code), limit)
    yield _through(seen, Purchase.objects.filter(number__startswith=code, customer__isnull=False), limit)
    yield _through(seen, InstalledProduct.objects.filter(serial__contains=code), limit)


def _by_name(seen: QuerySet[Customer], words: Wanted) -> QuerySet[Customer]:
    by_pinyin = Q(sort_key__startswith=words.pinyin) if words.pinyin else Q(pk__in=[])
    if len(words.name) < SHORTEST:
        return seen.filter(Q(name__startswith=words.name) | by_pinyin)
    return seen.filter(Q(contains_text("customers_customer.name", words.name)) | by_pinyin)


def _first(rows: QuerySet[Customer], limit: int) -> list[int]:
    return list(rows.values_list("pk", flat=True)[:limit])


def _through(
    seen: QuerySet[Customer],
    rows: QuerySet[Contact] | QuerySet[ExternalNumber] | QuerySet[Purchase] | QuerySet[InstalledProduct],
    limit: int,
) -> list[int]:
    """Visible customers among the first hits; hits are bounded before visibility is asked, so no search is slow."""
    hits = list(rows.values_list("customer_id", flat=True)[: limit * 5])
    return (
        list(seen.filter(pk__in=hits).order_by("sort_key", "id").values_list("pk", flat=True)[:limit]) if hits else []
    )


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
