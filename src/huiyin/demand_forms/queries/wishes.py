"""Wishes on a visit: what an agent is to ask for others."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.demand_forms.models import Wish
from huiyin.demand_forms.rules.states import WishState
from huiyin.kernel.actor import Actor
from huiyin.kernel.refusal import NotFound
from huiyin.visits.public import Visit


def carries_wishes(visit_id: int) -> bool:
    """Whether some wish is asked in a visit."""
    return Wish.objects.filter(visit=visit_id).exists()


def wishes_on(visits: Sequence[int]) -> list[Wish]:
    """The wishes on the visits of a call with their forms, the visits' own ones first."""
    rows = Wish.objects.filter(visit__in=visits).exclude(state=WishState.DROPPED)
    named = rows.select_related("form__department", "form__store", "form__asked_by")
    return list(named.order_by("joined", "id"))


def wish_worked_by(actor: Actor, wish_id: int) -> Wish:
    """A wish on a visit within the actor's area.

    Raises:
        NotFound: there is none.
    """
    found = Wish.objects.filter(pk=wish_id, visit__in=Visit.objects.visible_to(actor).values("pk")).first()
    if found is None:
        raise NotFound
    return found
