"""Invented customers and what they bought; the n-th of a seed is always the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random

from huiyin.demo.rules.company import PRODUCTS, STORES, ProductSpec, StoreSpec
from huiyin.demo.rules.people import POSITIONS, address_line, company_name, mobile, person_name

STORE_SHARES = [store.share for store in STORES]
SOURCES = ("referral", "exhibition", "online", "existing", "other")
TIMES = ("any", "any", "any", "morning", "afternoon", "afternoon")
INDUSTRIES = "餐饮 酒店 物业 教育 医疗 零售 制造 物流".split()
PRODUCT_SHARES = [14, 11, 9, 10, 12, 5, 9, 7, 9, 7, 8, 4, 8, 6, 2, 9, 6]


@dataclass(frozen=True)
class Buyer:
    """One invented customer; ``store`` is where it mostly buys, ``mood`` shifts its scores."""

    index: int
    kind: str
    name: str
    contact: str
    position: str
    phone: str
    email: str
    tier: str
    source: str
    industry: str
    preferred_time: str
    do_not_contact: bool
    registered_on: date
    address: str
    store: StoreSpec
    mood: float


@dataclass(frozen=True)
class Bought:
    """One invented purchase: when (UTC) and what, with quantities."""

    buyer: int
    sequence: int
    at: datetime
    store: StoreSpec
    items: tuple[tuple[ProductSpec, int], ...]

    @property
    def amount(self) -> int:
        """In yuan."""
        return sum(product.price * quantity for product, quantity in self.items)


@dataclass(frozen=True)
class World:
    """The size and time of an invented company: ``today`` is its last day, history goes back ``days``."""

    seed: int
    customers: int
    today: date
    days: int = 365
    purchases_per_customer: float = 3.0

    def dice(self, what: str, index: int) -> Random:
        """Dice of their own for each thing, so that one more of one kind changes none of another."""
        return Random(f"{self.seed}/{what}/{index}")


def buyer(world: World, index: int) -> Buyer:
    """The index-th customer."""
    dice = world.dice("buyer", index)
    is_company = dice.random() < 0.08
    store = dice.choices(STORES, STORE_SHARES)[0]
    person = person_name(dice)
    name = company_name(dice, store.city) if is_company else person
    return Buyer(
        index=index,
        kind="company" if is_company else "person",
        name=name,
        contact=person,
        position=dice.choice(POSITIONS) if is_company else "",
        phone=mobile(index),
        email=f"c{index}@mail.example" if dice.random() < 0.35 else "",
        tier="vip" if dice.random() < 0.05 else "regular",
        source=dice.choice(SOURCES),
        industry=dice.choice(INDUSTRIES) if is_company else "",
        preferred_time=dice.choice(TIMES),
        do_not_contact=dice.random() < 0.01,
        registered_on=world.today - timedelta(days=dice.randint(0, world.days)),
        address=f"{store.city}市{address_line(dice)}",
        store=store,
        mood=dice.gauss(0, 0.4),
    )


def purchases(world: World, who: Buyer) -> Iterator[Bought]:
    """What this customer bought, from registration until today."""
    dice = world.dice("purchase", who.index)
    count = max(1, round(dice.gauss(world.purchases_per_customer, 1.2)))
    span = max(1, (world.today - who.registered_on).days)
    for sequence in range(count):
        day = who.registered_on + timedelta(days=0 if sequence == 0 else dice.randint(0, span))
        minute = dice.randint(9 * 60 + 30, 20 * 60 + 30)
        at = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minute - 8 * 60)
        store = who.store if dice.random() < 0.85 else dice.choices(STORES, STORE_SHARES)[0]
        chosen = dice.choices(PRODUCTS, PRODUCT_SHARES, k=1 if dice.random() < 0.7 else 2)
        items = tuple((product, 1 if dice.random() < 0.93 else dice.randint(2, 4)) for product in chosen)
        yield Bought(who.index, sequence, at, store, items)
