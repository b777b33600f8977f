"""A prepared read gives what Django gives, anew each time, for any values."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.test.utils import CaptureQueriesContext

from huiyin.foundation.lookups import beginning
from huiyin.foundation.models import ActEntry
from huiyin.foundation.prepared import Given, Statement, compiled, prepared
from huiyin.kernel.actor import NOBODY, Actor, ActorKind
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


@prepared
def of_verb(verb: Given) -> QuerySet[ActEntry, ActEntry]:
    return ActEntry.objects.filter(verb=verb).only("verb", "data", "at").order_by("pk")


def test_it_gives_models_as_a_queryset_does(clock: MovableClock) -> None:
    written(clock, "test.a", 7, words=["早", 1])
    [entry] = of_verb("test.a")
    assert (type(entry), entry.data, entry.at) == (ActEntry, {"words": ["早", 1]}, clock.now)
    assert entry == ActEntry.objects.get()
    assert entry.get_deferred_fields() == of_verb.__wrapped__("test.a").get().get_deferred_fields()  # type: ignore[attr-defined]
    assert entry.customer_id == 7  # read when asked for
    assert not entry._state.adding


@prepared
def about(viewer: Actor, verb: Given) -> QuerySet[ActEntry, tuple[Any, ...]]:
    if viewer.kind is ActorKind.CUSTOMER:
        return ActEntry.objects.none()
    mine = Q(subject_id=viewer.id) if viewer.id else Q(subject_id=99)
    own = mine | Q(customer_id__in=viewer.department_ids)
    return ActEntry.objects.filter(own, verb=verb).order_by("customer_id").values_list("customer_id")


def test_each_viewer_has_an_area(clock: MovableClock) -> None:
    for customer in (3, 4, 5):
        written(clock, "test.a", customer)  # of subject 1
    staff = partial(Actor, ActorKind.STAFF)
    assert about(staff(id=1), "test.a") == [(3,), (4,), (5,)]
    assert about(staff(id=2), "test.a") == []
    assert about(staff(id=2, department_ids=frozenset({4})), "test.a") == [(4,)]
    assert about(staff(id=3, department_ids=frozenset({4, 5})), "test.a") == [(4,), (5,)]
    assert about(staff(id=1, department_ids=frozenset({4, 5})), "test.b") == []
    assert about(staff(), "test.a") == []
    assert about(NOBODY, "test.a") == []


def test_models_with_something_beside_are_refused() -> None:
    @prepared
    def counted(verb: Given) -> QuerySet[ActEntry, ActEntry]:
        return ActEntry.objects.filter(verb=verb).annotate(of_all=Count("pk"))

    with pytest.raises(TypeError, match="with nothing beside"):
        counted("test.a")


def test_what_is_asked_stays_known_when_the_server_has_it_prepared() -> None:
    with CaptureQueriesContext(connection) as asked:
        for _again in range(8):
            of_verb("test.a")
    assert [bool(query["sql"]) for query in asked] == [True] * 8


def test_parts_of_a_statement_have_written_out_what_is_known(clock: MovableClock) -> None:
    written(clock, "100% 'x'", 7)
    known = ActEntry.objects.filter(verb__like=beginning("100%"), customer_id=Given(0))
    part = compiled(known.exclude(verb__contains="%s").values_list("verb"))
    assert len(part.params) == 1
    assert Statement(f"SELECT * FROM ({part.sql}) AS found", part.params).ask([7]) == [("100% 'x'",)]
    assert part.ask([8], planned=False) == []
