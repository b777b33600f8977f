"""Customers, contacts, addresses, products and purchases of the demo company, as streams."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from itertools import count
from typing import Any

from pypinyin import lazy_pinyin

from huiyin.customers.public import Address, Contact, Customer, Product, Purchase, PurchaseLine
from huiyin.demo.loading.copying import copy_rows, reserve
from huiyin.demo.loading.organisation import Places
from huiyin.demo.rules.buyers import Buyer, World, everybody, purchases
from huiyin.demo.rules.company import PRODUCTS

SOURCE = "pos"


@dataclass(frozen=True)
class Loaded:
    """First ids of what was loaded; the n-th customer's id is ``first_customer + n``."""

    first_customer: int
    first_purchase: int
    purchases: int


@lru_cache(maxsize=50_000)
def sort_key(name: str) -> str:
    """The name in pinyin."""
    return "".join(lazy_pinyin(name)).lower()[:200]


def load_products() -> dict[str, int]:
    """The goods; returns ids by model."""
    made = Product.objects.bulk_create(
        Product(
            model=spec.model,
            name=spec.name,
            brand="澄川",
            category=spec.category,
            warranty_months=spec.warranty_months,
        )
        for spec in PRODUCTS
    )
    return {product.model: product.pk for product in made}


def load_buying(world: World, places: Places) -> Loaded:
    """All customers with their purchases."""
    products = load_products()
    first_customer = reserve(Customer, world.customers)
    copy_rows(Customer, CUSTOMER_COLUMNS, _customers(world, places, first_customer))
    copy_rows(Contact, CONTACT_COLUMNS, _contacts(world, first_customer))
    copy_rows(Address, ADDRESS_COLUMNS, _addresses(world, first_customer))
    total = sum(1 for who in everybody(world) for _bought in purchases(world, who))
    first_purchase = reserve(Purchase, total)
    copy_rows(Purchase, PURCHASE_COLUMNS, _purchases(world, places, first_customer, first_purchase))
    copy_rows(PurchaseLine, LINE_COLUMNS, _lines(world, products, first_purchase))
    return Loaded(first_customer, first_purchase, total)


CUSTOMER_COLUMNS = (
    "id", "number", "kind", "name", "sort_key", "tier", "industry", "source", "cooperation_since", "home_store_id",
    "language", "preferred_time", "preferred_weekdays", "do_not_contact", "do_not_contact_reason", "notes", "registered_at",
)  # fmt: skip
CONTACT_COLUMNS = ("customer_id", "name", "position", "phone", "phone_tail", "email", "wechat", "is_primary")
ADDRESS_COLUMNS = (
    "customer_id", "country", "province", "city", "district", "line", "postcode", "plain", "is_primary",
)  # fmt: skip
PURCHASE_COLUMNS = (
    "id", "customer_id", "source", "number", "store_id", "bought_at", "amount", "currency", "is_return", "state",
    "recorded_at", "digest", "lines_digest",
)  # fmt: skip
LINE_COLUMNS = (
    "purchase_id", "line_no", "article_code", "description", "quantity", "unit_price", "shipping", "product_id",
)  # fmt: skip


def _customers(world: World, places: Places, first: int) -> Iterator[tuple[Any, ...]]:
    running: Counter[str] = Counter()
    for who in everybody(world):
        month = f"{who.registered_on:%Y%m}"
        running[month] += 1
        registered = datetime(who.registered_on.year, who.registered_on.month, who.registered_on.day, 2, tzinfo=UTC)
        reason = "客户明确要求不再联系" if who.do_not_contact else ""
        yield (
            first + who.index, f"CS{month}{running[month]:03d}", who.kind, who.name, sort_key(who.name), who.tier,
            who.industry, who.source, who.registered_on, places.stores[who.store.code], "zh-hans", who.preferred_time,
            [], who.do_not_contact, reason, "", registered,
        )  # fmt: skip


def _contacts(world: World, first: int) -> Iterator[tuple[Any, ...]]:
    for who in everybody(world):
        yield first + who.index, who.contact, who.position, who.phone, who.phone[-4:], who.email, "", True


def _addresses(world: World, first: int) -> Iterator[tuple[Any, ...]]:
    for who in everybody(world):
        line = who.address.partition("市")[2]
        yield first + who.index, "中国", "", f"{who.store.city}市", "", line, "", who.address, True


def _purchases(world: World, places: Places, first_customer: int, first: int) -> Iterator[tuple[Any, ...]]:
    ids = count(first)
    for who in everybody(world):
        for bought in purchases(world, who):
            number = f"{bought.at:%Y%m%d}-{who.index:07d}-{bought.sequence}"
            yield (
                next(ids), first_customer + who.index, SOURCE, number, places.stores[bought.store.code], bought.at,
                bought.amount, "CNY", False, "done", bought.at, "", "",
            )  # fmt: skip


def _lines(world: World, products: dict[str, int], first: int) -> Iterator[tuple[Any, ...]]:
    ids = count(first)
    for who in everybody(world):
        yield from _lines_of(world, who, products, ids)


def _lines_of(world: World, who: Buyer, products: dict[str, int], ids: Iterator[int]) -> Iterator[tuple[Any, ...]]:
    for bought in purchases(world, who):
        purchase = next(ids)
        for line_no, (product, quantity) in enumerate(bought.items, start=1):
            yield (
                purchase, line_no, product.model, product.name, quantity, product.price, 0, products[product.model],
            )  # fmt: skip
