"""Many rows at once: what is copied, updated and looked up is exactly what was given."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from huiyin.customers.models import Purchase
from huiyin.foundation.copying import copy_columns, update_rows
from huiyin.organisation.public import Store
from tests.conftest import Company

ODD = ["plain", "tab\there", "line\nbreak", "back\\slash", "\\N", "回车\r", "", "\\.", "'quoted', \"twice\""]


@pytest.mark.django_db
def test_columns_are_copied_as_they_are() -> None:
    at = datetime(2026, 9, 28, 1, 2, 3, 456789, tzinfo=UTC)
    count = len(ODD)
    columns = {
        "source": [f"s{place}" for place in range(count)],
        "number": ODD,
        "bought_at": [at] * count,
        "delivered_at": [None, *[at] * (count - 1)],
        "store_id": [None] * count,
        "amount": [Decimal("1.50")] * count,
        "currency": ["CNY"] * count,
        "is_return": [True, *[False] * (count - 1)],
        "state": ["done"] * count,
        "recorded_at": [at] * count,
        "digest": [""] * count,
        "lines_digest": [""] * count,
    }
    copy_columns(Purchase, columns)
    rows = Purchase.objects.order_by("id").values_list(*columns)
    assert list(rows) == list(zip(*columns.values(), strict=True))


@pytest.mark.django_db
def test_no_rows_are_copied_or_updated_without_harm() -> None:
    copy_columns(Purchase, {"source": [], "number": []})
    update_rows(Purchase, {"id": [], "number": []})
    assert not Purchase.objects.exists()


def test_rows_are_updated_each_to_its_own_values(company: Company) -> None:
    first, second = company.stores["S01"], company.stores["S02"]
    update_rows(
        Store, {"id": [second.pk, first.pk], "name": ["二", "一"], "manager_id": [None, company.staff["agent"].pk]}
    )
    names = dict(Store.objects.values_list("pk", "name"))
    assert (names[first.pk], names[second.pk]) == ("一", "二")
    assert Store.objects.get(pk=first.pk).manager == company.staff["agent"]


def test_any_of_finds_the_same_rows_as_in(company: Company) -> None:
    for wanted in (["S01", "S02"], ["S01", "none", "'"], []):
        assert set(Store.objects.filter(code__any_of=wanted)) == set(Store.objects.filter(code__in=wanted))
    assert list(Store.objects.filter(manager__id__any_of=[company.stores["S01"].manager_id])) == [company.stores["S01"]]
