"""Cases of a slice of work, locked and read together, so that no action on one of them has to read it again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from huiyin.cases.models import Case
from huiyin.foundation.actions import Act
from huiyin.kernel.actor import Actor

NAMED = ("department", "owner", "customer", "product")
"""What nearly every change to a case asks for."""


@dataclass
class Hand:
    """Locked cases by key, as they are now; which of them the actor sees, and which lie in the actor's area."""

    actor: Actor
    cases: dict[int, Case]
    sight: set[int]
    area: set[int]


_hand: ContextVar[Hand | None] = ContextVar("cases_at_hand", default=None)


def take_in_hand(act: Act, ids: Sequence[int]) -> Hand:
    """Locks these cases in the order of their keys; read once nobody else holds any of them."""
    rows = Case.objects.filter(pk__any_of=list(ids))
    list(rows.order_by("pk").select_for_update().values_list("pk", flat=True))
    seen = rows.visible_to(act.actor), rows.in_area_of(act.actor)
    sight, area = (set(each.values_list("pk", flat=True)) for each in seen)
    return Hand(act.actor, {case.pk: case for case in rows.select_related(*NAMED).order_by("pk")}, sight, area)


@contextmanager
def holding(hand: Hand) -> Iterator[None]:
    """Inside, actions of the same actor find these cases at hand."""
    token = _hand.set(hand)
    try:
        yield
    finally:
        _hand.reset(token)


def at_hand(act: Act, case_id: int, *, works: bool) -> Case | None:
    """The case if it is at hand and the actor may work on it, or (without ``works``) see it."""
    hand = _hand.get()
    if hand is None or hand.actor is not act.actor or case_id not in (hand.area if works else hand.sight):
        return None
    return hand.cases.get(case_id)


def put_down(case_id: int) -> None:
    """The case is not as it was any more: it was given away, or its changes were taken back. It is read anew."""
    if (hand := _hand.get()) is not None:
        hand.cases.pop(case_id, None)
