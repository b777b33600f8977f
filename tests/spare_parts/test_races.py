"""Fifty hands on the last part: exactly one gets it; and two places that swap parts never wait for each other."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest
from django.db import connections

from huiyin.kernel.refusal import Conflict
from huiyin.promises.public import Promise
from huiyin.spare_parts.actions.handling import issue_parts
from huiyin.spare_parts.actions.transfer import transfer_parts
from huiyin.spare_parts.models import Movement, Need
from huiyin.spare_parts.queries.books import faults_of_books
from tests.spare_parts.conftest import Shelf

pytestmark = pytest.mark.django_db(transaction=True)
HANDS = 50


def at_once(works: list[Callable[[], Any]]) -> list[Any]:
    """What each of several threads came to: its result or its refusal."""

    def run(work: Callable[[], Any]) -> Any:
        try:
            return work()
        except Conflict as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(10) as pool:
        return list(pool.map(run, works))


def test_of_fifty_who_want_the_last_part_exactly_one_gets_it(shelf: Shelf) -> None:
    shelf.receive(1)
    at_once([lambda about=about: shelf.reserve(1, about) for about in range(HANDS)])
    assert Need.objects.filter(reserved=1, missing=0).count() == 1
    assert Need.objects.filter(reserved=0, missing=1).count() == HANDS - 1
    assert Promise.objects.filter(kind="spare_parts.bring", state="open").count() == HANDS - 1
    assert shelf.there() == ("0", "1", "0")
    assert faults_of_books() == []


def test_a_reserved_part_is_handed_out_once_whoever_asks(shelf: Shelf) -> None:
    shelf.receive(1)
    need = shelf.reserve(1)
    call = shelf.company.call("service_manager")
    found = at_once([lambda: issue_parts(call, need.pk, quantity=Decimal(1)) for _hand in range(10)])
    assert sum(isinstance(each, Need) for each in found) == 1
    assert sum(isinstance(each, Conflict) for each in found) == 9
    assert Movement.objects.filter(kind="issue").count() == 1


def test_places_that_give_each_other_parts_at_once_keep_their_books(shelf: Shelf) -> None:
    shelf.receive(10)
    shelf.receive(10, place=shelf.van)
    call = shelf.company.call("director")
    places = (shelf.warehouse.pk, shelf.van.pk)
    works = [
        lambda here=here, there=there: transfer_parts(
            call, place_id=here, to_place_id=there, part_id=shelf.part.pk, quantity=Decimal(1)
        )
        for here, there in (places, places[::-1]) * 10
    ]
    at_once(works)
    assert (shelf.there(), shelf.there(shelf.van)) == (("10", "0", "0"), ("10", "0", "0"))
    assert faults_of_books() == []
