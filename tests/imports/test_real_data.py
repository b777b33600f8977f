"""Real exports come in with counts equal to independent counts of the files, and again without a duplicate.

On two busy cores both tests together take half a minute.
"""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from django.db import connection
from django.db.models import Sum

from huiyin.customers.models import Customer, ExternalNumber, GivenScore, Product, Purchase, PurchaseLine
from huiyin.imports.models import ImportRun

pytestmark = pytest.mark.real_data
RealFile = Callable[[str], Path]
Importing = Callable[..., ImportRun]


@pytest.fixture(autouse=True)
def checked_by_index(db: None) -> Iterator[None]:
    """Foreign keys are checked when a test ends, by plans that may know the tables as empty: make them anew."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("DISCARD PLANS")


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def test_online_retail_comes_in_as_customers_and_purchases(importing: Importing, real_file: RealFile) -> None:
    path = real_file("purchases_online_retail_2009_2010.csv.gz")
    amounts: dict[str, Decimal] = defaultdict(Decimal)
    negative: dict[str, list[bool]] = defaultdict(list)
    buyers, named = set(), set()
    lines = 0
    for row in rows_of(path):
        lines += 1
        amounts[row["Invoice"]] += Decimal(row["Quantity"]) * Decimal(row["Price"])
        negative[row["Invoice"]].append(int(row["Quantity"]) < 0)
        if row["Customer ID"]:
            buyers.add(row["Customer ID"])
            named.add(row["Invoice"])
    returns = {number for number, signs in negative.items() if number.startswith("C") or all(signs)}
    total = sum((amount.quantize(Decimal("0.01"), ROUND_HALF_UP) for amount in amounts.values()), Decimal(0))

    run = importing(path, "purchases")

    assert (run.state, run.wrong, run.rows_read) == ("done", 0, lines)
    assert lines == 525_461
    assert (run.new, Purchase.objects.count()) == (len(amounts), len(amounts))
    assert Customer.objects.count() == ExternalNumber.objects.count() == len(buyers)
    assert Purchase.objects.filter(customer__isnull=False).count() == len(named)
    assert Purchase.objects.filter(is_return=True).count() == len(returns)
    assert PurchaseLine.objects.count() == lines
    assert Purchase.objects.aggregate(total=Sum("amount"))["total"] == total

    again = importing(path, "purchases")

    assert (again.new, again.changed, again.same, again.beside) == (0, 0, len(amounts), {})
    assert (Purchase.objects.count(), PurchaseLine.objects.count()) == (len(amounts), lines)
    assert Customer.objects.count() == len(buyers)


OLIST = [
    ("olist_customers.csv.gz", "customers"),
    ("olist_products.csv.gz", "products"),
    ("olist_orders.csv.gz", "purchases"),
    ("olist_order_items.csv.gz", "purchase_lines"),
    ("olist_order_reviews.csv.gz", "scores"),
]


def test_the_olist_files_come_in_linked(importing: Importing, real_file: RealFile) -> None:
    files = {kind: list(rows_of(real_file(name))) for name, kind in OLIST}
    people = {row["customer_id"]: row["customer_unique_id"] for row in files["customers"]}
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for row in files["purchase_lines"]:
        totals[row["order_id"]] += Decimal(row["price"]) + Decimal(row["freight_value"])
    gone = {"canceled", "unavailable"}

    for name, kind in OLIST:
        run = importing(real_file(name), kind)
        assert (kind, run.state, run.wrong, run.rows_read) == (kind, "done", 0, len(files[kind]))

    assert Customer.objects.count() == len(set(people.values())) == 8_016
    assert Product.objects.count() == len(files["products"])
    assert Purchase.objects.count() == len(files["purchases"]) == 8_135
    assert PurchaseLine.objects.count() == len(files["purchase_lines"])
    assert PurchaseLine.objects.filter(product=None).count() == 0
    assert Purchase.objects.aggregate(total=Sum("amount"))["total"] == sum(totals.values())
    assert GivenScore.objects.count() == len(files["scores"])
    cancelled = sum(1 for row in files["purchases"] if row["order_status"] in gone)
    assert Purchase.objects.filter(state="cancelled").count() == cancelled
    sample = files["purchases"][0]
    bought = Purchase.objects.select_related("customer").get(number=sample["order_id"])
    assert bought.customer is not None
    assert bought.customer.name == people[sample["customer_id"]]

    for name, kind in OLIST:
        again = importing(real_file(name), kind)
        assert (kind, again.new, again.changed, again.wrong, again.beside) == (kind, 0, 0, 0, {})
    assert Customer.objects.count() == 8_016
