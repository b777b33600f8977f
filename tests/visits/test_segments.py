"""Groups of customers by field and behaviour: the statement finds whom a plain reading of every file finds (CUS-5)."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from statistics import fmean
from typing import Any

import pytest
from django.db import connection

from huiyin.cases.public import Case, open_case
from huiyin.customers.public import Address, Customer, Purchase
from huiyin.foundation.calls import system_call
from huiyin.questionnaires.public import Asking, Questionnaire
from huiyin.visits.queries.segments import customers_of
from huiyin.visits.rules.occasions import Segment
from tests.conftest import SHANGHAI, Company

TODAY = date(2026, 9, 15)
UNTIL = datetime.combine(TODAY + timedelta(days=1), time(), SHANGHAI)


def found(segment: Segment) -> set[int]:
    sql, values = customers_of(segment, TODAY, SHANGHAI)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT c.id {sql}", values)
        rows = [row[0] for row in cursor.fetchall()]
    assert len(rows) == len(set(rows))
    return set(rows)


def belongs(customer: Customer, segment: Segment) -> bool:
    """The same question, file by file, as somebody would answer it by hand."""
    bought = [each for each in Purchase.objects.filter(customer=customer) if each.bought_at < UNTIL]
    since = UNTIL - timedelta(days=segment.counted_days) if segment.counted_days else None
    counted = [each for each in bought if since is None or each.bought_at >= since]
    spent, times = sum(each.amount for each in counted), sum(not each.is_return for each in counted)
    first = min((each.bought_at for each in bought), default=None)
    last = max((each.bought_at for each in bought), default=None)
    said = [each for each in Asking.objects.filter(customer_id=customer.pk) if each.mean is not None]
    opinion = max(said, key=lambda each: (each.completed_at, each.pk)).mean if said else None
    cases = any(each.closed_at is None for each in Case.objects.filter(customer=customer))
    lives = {each.province for each in Address.objects.filter(customer=customer)}
    store = customer.home_store.code if customer.home_store else None

    def before(days: int) -> datetime:
        return UNTIL - timedelta(days=days)

    checks = [
        not segment.tiers or customer.tier in segment.tiers,
        not segment.stores or store in segment.stores,
        not segment.provinces or bool(lives & set(segment.provinces)),
        segment.spent_from is None or spent >= segment.spent_from,
        segment.spent_below is None or spent < segment.spent_below,
        segment.bought_times is None or times >= segment.bought_times,
        segment.bought_within_days is None or (last is not None and last >= before(segment.bought_within_days)),
        segment.silent_for_days is None or (last is not None and last < before(segment.silent_for_days)),
        segment.known_for_days is None or (first is not None and first < before(segment.known_for_days)),
        segment.score_from is None or (opinion is not None and opinion >= segment.score_from),
        segment.score_to is None or (opinion is not None and opinion <= segment.score_to),
        not segment.open_cases or cases == (segment.open_cases == "with"),
    ]
    return all(checks)


@pytest.fixture
def many(visiting: Company, buyer: Callable[..., Purchase]) -> list[Customer]:
    """Thirty customers whose files differ in everything a rule may ask, drawn by a seed."""
    pick, now = random.Random(20260915), system_call().now
    form = Questionnaire.objects.filter(code="quick").first()
    for number in range(30):
        tier, store = pick.choice(("vip", "regular", "potential")), pick.choice(("S01", "S02", None))
        bought = buyer(days=pick.randint(1, 400), amount=pick.randint(1, 9000), store=store, tier=tier)
        for again in range(pick.randint(0, 3)):
            back = pick.random() < 0.3
            amount = Decimal(pick.randint(1, 4000)) * (-1 if back else 1)
            at = now - timedelta(days=pick.randint(1, 400))
            more = {"is_return": back, "amount": amount, "bought_at": at, "recorded_at": now}
            Purchase.objects.create(customer=bought.customer, source="shop", number=f"{number}-{again}", **more)
        if pick.random() < 0.7:
            Address.objects.create(customer=bought.customer, province=pick.choice(("浙江", "上海", "江苏")))
        for asked in range(pick.randint(0, 2)):
            at = now - timedelta(days=pick.randint(1, 90))
            scores = [pick.randint(1, 5) for _each in range(3)]
            told = {"questionnaire": form, "subject": "visits.visit", "subject_id": number * 10 + asked}
            moments = {"asked_at": at, "expires_at": at, "completed_at": at, "state": "complete"}
            Asking.objects.create(**told, **moments, customer_id=bought.customer_id, mean=fmean(scores))
        if pick.random() < 0.5:
            opened = open_case(
                visiting.call("agent"), kind="complaint", topic="product", channel="phone", description="坏了",
                customer_id=bought.customer_id,
            )  # fmt: skip
            if pick.random() < 0.5:
                Case.objects.filter(pk=opened.pk).update(closed_at=now, state="closed")
    return list(Customer.objects.select_related("home_store"))


def drawn(pick: random.Random) -> Segment:
    """A group with one to four rules."""
    rules: dict[str, Callable[[], Any]] = {
        "tiers": lambda: tuple(pick.sample(("vip", "regular", "potential"), 2)),
        "stores": lambda: (pick.choice(("S01", "S02")),),
        "provinces": lambda: tuple(pick.sample(("浙江", "上海", "江苏"), 2)),
        "spent_from": lambda: Decimal(pick.randint(0, 6000)),
        "spent_below": lambda: Decimal(pick.randint(1000, 9000)),
        "bought_times": lambda: pick.randint(1, 3),
        "counted_days": lambda: pick.randint(30, 300),
        "bought_within_days": lambda: pick.randint(30, 300),
        "silent_for_days": lambda: pick.randint(5, 200),
        "known_for_days": lambda: pick.randint(30, 300),
        "score_from": lambda: Decimal(pick.randint(2, 8)) / 2,
        "score_to": lambda: Decimal(pick.randint(4, 10)) / 2,
        "open_cases": lambda: pick.choice(("with", "without")),
    }
    names = pick.sample(sorted(rules), pick.randint(1, 4))
    return Segment(**{name: rules[name]() for name in names})


def test_every_group_is_whom_a_plain_reading_of_the_files_finds(many: list[Customer]) -> None:
    pick = random.Random(7)
    sizes = []
    for _group in range(60):
        segment = drawn(pick)
        expected = {each.pk for each in many if belongs(each, segment)}
        assert (segment, found(segment)) == (segment, expected)
        sizes.append(len(expected))
    assert (min(sizes), len(set(sizes)) > 8, found(Segment()) == {each.pk for each in many}) == (0, True, True)
