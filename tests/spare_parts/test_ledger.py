"""The ledger of spare parts: every movement leaves one account and enters another, and nothing is lost (CAS-9)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin.channels.models import StaffNotice
from huiyin.kernel.refusal import Conflict, Invalid, NotFound, Refused
from huiyin.promises.public import Promise
from huiyin.spare_parts.actions.correct import count_parts, scrap_parts, set_least
from huiyin.spare_parts.actions.handling import give_back_parts, issue_parts, release_parts, use_parts
from huiyin.spare_parts.actions.transfer import transfer_parts
from huiyin.spare_parts.models import Movement, Need, Stock
from huiyin.spare_parts.queries.books import faults_of_books
from huiyin.spare_parts.rules.ledger import WAYS, Kind
from tests.spare_parts.conftest import Shelf

pytestmark = pytest.mark.django_db


def ledger() -> list[tuple[str, str, str, str]]:
    """Every entry: what, how much, from where, to where."""
    rows = Movement.objects.order_by("id").values_list("kind", "quantity", "source", "target")
    return [(kind, f"{quantity.normalize():f}", source, target) for kind, quantity, source, target in rows]


def test_a_part_goes_from_the_supplier_over_shelf_and_hand_to_the_customer(shelf: Shelf) -> None:
    shelf.receive(5)
    need = shelf.reserve(3)
    assert shelf.there() == ("2", "3", "0")
    issue_parts(shelf.company.call("service_manager"), need.pk)
    assert shelf.there() == ("2", "0", "3")
    use_parts(shelf.company.call("service_manager"), need.pk, quantity=Decimal(2))
    give_back_parts(shelf.company.call("service_manager"), need.pk)
    assert shelf.there() == ("3", "0", "0")
    assert ledger() == [
        ("receive", "5", "supplier", "free"),
        ("reserve", "3", "free", "reserved"),
        ("issue", "3", "reserved", "issued"),
        ("use", "2", "issued", "customer"),
        ("return", "1", "issued", "free"),
    ]
    need.refresh_from_db()
    assert (need.wanted, need.used, need.returned, need.state) == (3, 2, 1, "done")
    assert faults_of_books() == []


def test_what_is_not_there_is_missing_and_owed_and_goes_to_whoever_asked_first(shelf: Shelf) -> None:
    shelf.receive(1)
    first, second = shelf.reserve(2, 1), shelf.reserve(1, 2)
    assert (first.reserved, first.missing, second.missing) == (1, 1, 1)
    owed = Promise.objects.filter(kind="spare_parts.bring").order_by("id")
    assert [str(each.title) for each in owed] == ["YSJ-12 压缩机 × 1 · GD1", "YSJ-12 压缩机 × 1 · GD2"]
    assert {each.owner_id for each in owed} == {shelf.company.staff["service_manager"].pk}
    assert owed[0].due_at.isoformat() == "2026-10-08T01:00:00+00:00", "three working days over the national holiday"
    shelf.receive(1)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.missing, second.missing) == (0, 1)
    assert [each.state for each in owed.all()] == ["kept", "open"]
    release_parts(shelf.company.call("service_manager"), first.pk)
    second.refresh_from_db()
    assert (second.reserved, second.missing) == (1, 0), "what is let go goes to the next who waits"
    assert shelf.there() == ("1", "1", "0")
    assert faults_of_books() == []


def test_nothing_is_booked_that_is_not_there(shelf: Shelf) -> None:
    shelf.receive(1)
    need = shelf.reserve(1)
    call = shelf.company.call("service_manager")
    before = ledger()
    with pytest.raises(Conflict):
        use_parts(call, need.pk, quantity=Decimal(1))
    with pytest.raises(Conflict):
        issue_parts(call, need.pk, quantity=Decimal(2))
    with pytest.raises(Conflict):
        scrap_parts(
            shelf.company.call("service_manager"),
            place_id=shelf.warehouse.pk,
            part_id=shelf.part.pk,
            quantity=Decimal(1),
            reason="受潮",
        )
    for wrong in ("0", "-1", "0.0001", "NaN", "Infinity", "9999999"):
        with pytest.raises(Invalid):
            shelf.receive(wrong)
    assert (ledger(), shelf.there()) == (before, ("0", "1", "0"))


def test_counting_books_the_difference_with_its_reason_and_transfer_moves_between_places(shelf: Shelf) -> None:
    manager = shelf.company.call("service_manager")
    shelf.receive(4)
    here = {"place_id": shelf.warehouse.pk, "part_id": shelf.part.pk}
    assert count_parts(manager, **here, counted=Decimal(4), reason="月底盘点") is None
    count_parts(manager, **here, counted=Decimal(3), reason="月底盘点")
    with pytest.raises(Invalid):
        count_parts(manager, **here, counted=Decimal(5), reason=" ")
    transfer_parts(manager, **here, to_place_id=shelf.van.pk, quantity=Decimal(2))
    assert (shelf.there(), shelf.there(shelf.van)) == (("1", "0", "0"), ("2", "0", "0"))
    engineer = shelf.company.call("engineer")
    scrap_parts(engineer, place_id=shelf.van.pk, part_id=shelf.part.pk, quantity=Decimal(1), reason="摔坏")
    with pytest.raises(NotFound):
        scrap_parts(engineer, **here, quantity=Decimal(1), reason="不是我的库")
    assert ledger()[1:] == [
        ("count_down", "1", "free", "counted"),
        ("transfer", "2", "free", "free"),
        ("scrap", "1", "free", "scrap"),
    ]
    assert faults_of_books() == []


def test_the_keepers_hear_once_that_a_part_runs_low(shelf: Shelf) -> None:
    manager = shelf.company.call("service_manager")
    set_least(manager, place_id=shelf.warehouse.pk, part_id=shelf.part.pk, least=Decimal(3))
    shelf.receive(4)
    shelf.reserve(1)
    shelf.reserve(1)
    shelf.reserve(1)
    told = StaffNotice.objects.filter(staff=shelf.company.staff["service_manager"])
    assert [notice.params for notice in told] == [
        {"part": "YSJ-12 压缩机", "place": "中心库", "free": "2", "least": "3"}
    ]


def test_the_ledger_is_only_ever_added_to_and_the_database_refuses_less_than_nothing(shelf: Shelf) -> None:
    shelf.receive(1)
    refused = (
        "UPDATE spare_parts_movement SET quantity = 7",
        "DELETE FROM spare_parts_movement",
        "UPDATE spare_parts_stock SET free = -1",
        "UPDATE spare_parts_movement SET reason = ''",
    )
    for statement in refused:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    Stock.objects.update(free=2)
    assert [(fault.account, fault.booked, fault.kept) for fault in faults_of_books()] == [("free", 1, 2)]


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["receive", "reserve", "issue", "use", "return", "waste", "release", "scrap", "count", "move"]),
        st.integers(0, 5),
        st.sampled_from(["0.5", "1", "2", "3"]),
    ),
    max_size=25,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_after_any_sequence_the_balances_equal_the_ledger_and_nothing_is_lost(shelf: Shelf, steps: Any) -> None:
    with transaction.atomic():
        needs: list[Need] = []
        for what, which, quantity in steps:
            try:
                _take(shelf, needs, what, which, Decimal(quantity))
            except Refused:
                continue
        assert faults_of_books() == []
        _nothing_is_lost(shelf)
        transaction.set_rollback(True)


def _take(shelf: Shelf, needs: list[Need], what: str, which: int, quantity: Decimal) -> None:
    manager = shelf.company.call("director")
    here = {"place_id": shelf.warehouse.pk, "part_id": shelf.part.pk}
    need = needs[which % len(needs)].pk if needs else 0
    with transaction.atomic():
        match what:
            case "receive":
                shelf.receive(quantity)
            case "reserve":
                needs.append(shelf.reserve(quantity, which))
            case "issue":
                issue_parts(manager, need, quantity=quantity)
            case "use":
                use_parts(manager, need, quantity=quantity)
            case "return" | "waste":
                give_back_parts(manager, need, quantity=quantity, broken=what == "waste")
            case "release":
                release_parts(manager, need)
            case "scrap":
                scrap_parts(manager, **here, quantity=quantity, reason="坏")
            case "count":
                count_parts(manager, **here, counted=quantity, reason="盘点")
            case "move":
                transfer_parts(manager, **here, to_place_id=shelf.van.pk, quantity=quantity)


def _nothing_is_lost(shelf: Shelf) -> None:
    """What came in from outside, less what went out, lies inside; and nobody waits for what lies free."""
    inside = {"free", "reserved", "issued"}
    moved = Decimal(0)
    for kind, quantity in Movement.objects.values_list("kind", "quantity"):
        way = WAYS[Kind(kind)]
        moved += quantity * ((way.target in inside) - (way.source in inside))
    stock = Stock.objects.filter(part=shelf.part)
    assert moved == sum((row.free + row.reserved + row.issued for row in stock), Decimal(0))
    for row in stock:
        waiting = Need.objects.filter(place=row.place_id, missing__gt=0).exists()
        assert not (waiting and row.free > 0)
        of_needs = Need.objects.filter(place=row.place_id)
        assert row.reserved == sum((need.reserved for need in of_needs), Decimal(0))
        assert row.issued == sum((need.issued for need in of_needs), Decimal(0))
