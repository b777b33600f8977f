"""A prepared read gives what Django gives, anew each time, for any values."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import QuerySet

from huiyin.foundation.models import ActEntry
from huiyin.foundation.prepared import Given, prepared
from tests.conftest import MovableClock

pytestmark = pytest.mark.django_db


@prepared
def entries(customer: Given, since: Given) -> QuerySet[ActEntry, tuple[Any, ...]]:
    return (
        ActEntry.objects.filter(customer_id=customer, at__gte=since, verb__in=["test.a", "test.b"])
        .order_by("-at")
        .values_list("verb", "data", "at")
    )


def written(clock: MovableClock, verb: str, customer: int, **data: object) -> None:
    ActEntry.objects.create(
        at=clock.now, verb=verb, actor_kind="system", subject="test", subject_id=1, customer_id=customer, data=data
    )


def test_it_reads_anew_and_for_each_value(clock: MovableClock) -> None:
    written(clock, "test.a", 7, words=["早", 1])
    written(clock, "test.c", 7)
    start = clock.now
    assert entries(7, start) == [("test.a", {"words": ["早", 1]}, start)]
    assert entries(8, start) == []
    clock.advance(hours=1)
    written(clock, "test.b", 7, by={"x": None})
    assert entries(7, start) == [("test.b", {"by": {"x": None}}, clock.now), ("test.a", {"words": ["早", 1]}, start)]
    assert entries(7, start + timedelta(minutes=1)) == [("test.b", {"by": {"x": None}}, clock.now)]


def test_values_are_values_and_never_sql(clock: MovableClock) -> None:
    @prepared
    def by_verb(verb: Given) -> QuerySet[ActEntry, tuple[Any, ...]]:
        return ActEntry.objects.filter(verb=verb).values_list("pk")

    written(clock, "it's 100%", 1)
    assert len(by_verb("it's 100%")) == 1
    assert by_verb("' OR 1=1 --") == []


def test_a_wrong_number_of_values_is_told() -> None:
    with pytest.raises(TypeError, match="entries takes 2 values"):
        entries(7)
