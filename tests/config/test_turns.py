"""Pages of a web process are made in turn: so many at once, the others in the order they came."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import Any

from huiyin.config.serving.turns import Turns
from tests.config.waiting import until

LONG = 60.0


def waits(turns: Turns, then: Callable[[], Any]) -> Thread:
    """Somebody who came, and stands in the queue when this returns."""
    before = len(turns._waiting)

    def come() -> None:
        turns.take()
        then()

    person = Thread(target=come, daemon=True)
    person.start()
    until(lambda: len(turns._waiting) == before + 1, "stands in the queue")
    return person


def test_as_many_as_there_are_places_go_at_once():
    turns = Turns(2, patience=0)
    assert [turns.take(), turns.take(), turns.take()] == [True, True, False]


def test_who_waits_longest_goes_next():
    turns, went = Turns(1, LONG), []
    assert turns.take()
    people = [waits(turns, lambda name=name: (went.append(name), turns.give())) for name in "abc"]
    turns.give()
    for person in people:
        person.join(LONG)
    assert went == ["a", "b", "c"]


def test_who_comes_later_does_not_slip_in_before_somebody_who_waits():
    turns = Turns(1, LONG)
    assert turns.take()
    waiting = waits(turns, lambda: None)
    turns.give()
    waiting.join(LONG)
    turns._patience = 0
    assert not turns.take()


def test_who_lost_patience_goes_without_a_place_and_is_handed_none():
    turns = Turns(1, patience=0.001)
    assert turns.take()
    assert not turns.take()
    turns.give()
    assert turns.take()
    assert not turns.take()


def test_a_place_that_comes_in_the_moment_patience_ends_is_not_lost():
    turns = Turns(1, LONG)
    assert turns.take()
    waiting = waits(turns, lambda: None)
    mine = turns._waiting[0]
    turns.give()
    waiting.join(LONG)
    assert turns._came_at_last(mine)
