"""Locks an error together with its list, the list first, so that nobody waits for each other."""

from __future__ import annotations

from huiyin.foundation.actions import Act
from huiyin.kernel.refusal import NotFound
from huiyin.promotions.models import GiftError, GiftList


def locked_error(act: Act, error_id: int) -> tuple[GiftList, GiftError]:
    """The list and the error.

    Raises:
        NotFound: there is none in the actor's area.
    """
    list_id = GiftError.objects.visible_to(act.actor).values_list("line__list", flat=True).filter(pk=error_id).first()
    if list_id is None:
        raise NotFound
    gifts = act.lock(GiftList.objects.all(), list_id)
    error = GiftError.objects.select_for_update().get(pk=error_id)
    return gifts, error
