"""Customers, contacts, addresses, products and purchases of the demo company, a handful at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from itertools import count
from typing import Any

from pypinyin import lazy_pinyin

from huiyin.customers.public import Address, Contact, Customer, Product, Purchase, PurchaseLine
from huiyin.demo.loading.copying import reserve
from huiyin.demo.loading.organisation import Places
from huiyin.demo.rules.buyers import Buyer
from huiyin.demo.rules.company import PRODUCTS
from huiyin.demo.rules.histories import Event, History, Telling
from huiyin.foundation.copying import copy_rows

SOURCE = "pos"


@dataclass
class Books:
    """What all handfuls share: ids by code, the calendar, and how far each month's and day's numbers have come."""

    telling: Telling
    places: Places
    products: dict[str, int]
    customers_of_month: Counter[str] = field(default_factory=Counter)
    cases_of_day: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Handful:
    """Some histories with the ids of their customers and purchases, which follow each other."""

    books: Books
    histories: list[History]
    first_customer: int
    first_purchase: int

    def customers(self) -> Iterator[tuple[int, Buyer]]:
        """Every customer with its id."""
        return ((self.first_customer + at, each.who) for at, each in enumerate(self.histories))

    def events(self) -> Iterator[tuple[int, int, Buyer, Event]]:
        """Every purchase and what came of it, with the ids of customer and purchase."""
        ids = count(self.first_purchase)
        for customer, each in enumerate(self.histories, start=self.first_customer):
            for event in each.events:
                yield customer, next(ids), each.who, event


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


def load_buying(books: Books, histories: list[History]) -> Handful:
    """These customers with their purchases."""
    purchases = sum(len(each.events) for each in histories)
    handful = Handful(books, histories, reserve(Customer, len(histories)), reserve(Purchase, purchases))
    copy_rows(Customer, CUSTOMER_COLUMNS, _customers(handful))
    copy_rows(Contact, CONTACT_COLUMNS, _contacts(handful))
    copy_rows(Address, ADDRESS_COLUMNS, _addresses(handful))
    copy_rows(Purchase, PURCHASE_COLUMNS, _purchases(handful))
    copy_rows(PurchaseLine, LINE_COLUMNS, _lines(handful))
    return handful


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


def _customers(handful: Handful) -> Iterator[tuple[Any, ...]]:
    running, places = handful.books.customers_of_month, handful.books.places
    for customer, who in handful.customers():
        month = f"{who.registered_on:%Y%m}"
        running[month] += 1
        registered = datetime(who.registered_on.year, who.registered_on.month, who.registered_on.day, 2, tzinfo=UTC)
        reason = "客户明确要求不再联系" if who.do_not_contact else ""
        yield (
            customer, f"CS{month}{running[month]:03d}", who.kind, who.name, sort_key(who.name), who.tier,
            who.industry, who.source, who.registered_on, places.stores[who.store.code], "zh-hans", who.preferred_time,
            [], who.do_not_contact, reason, "", registered,
        )  # fmt: skip


def _contacts(handful: Handful) -> Iterator[tuple[Any, ...]]:
    for customer, who in handful.customers():
        yield customer, who.contact, who.position, who.phone, who.phone[-4:], who.email, "", True


def _addresses(handful: Handful) -> Iterator[tuple[Any, ...]]:
    for customer, who in handful.customers():
        line = who.address.partition("市")[2]
        yield customer, "中国", "", f"{who.store.city}市", "", line, "", who.address, True


def _purchases(handful: Handful) -> Iterator[tuple[Any, ...]]:
    stores = handful.books.places.stores
    for customer, purchase, who, event in handful.events():
        bought = event.bought
        number = f"{bought.at:%Y%m%d}-{who.index:07d}-{bought.sequence}"
        yield (
            purchase, customer, SOURCE, number, stores[bought.store.code], bought.at, bought.amount, "CNY", False,
            "done", bought.at, "", "",
        )  # fmt: skip


def _lines(handful: Handful) -> Iterator[tuple[Any, ...]]:
    products = handful.books.products
    for _customer, purchase, _who, event in handful.events():
        for line_no, (product, quantity) in enumerate(event.bought.items, start=1):
            yield (
                purchase, line_no, product.model, product.name, quantity, product.price, 0, products[product.model],
            )  # fmt: skip
