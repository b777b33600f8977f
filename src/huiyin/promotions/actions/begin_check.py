"""Begins to check a list whose recipients are known: whom to ask is drawn."""

from __future__ import annotations

from huiyin.foundation.actions import Act, action
from huiyin.promotions.actions.drawing import draw, go_on
from huiyin.promotions.models import GiftList
from huiyin.promotions.rules.lifecycle import LIST
from huiyin.promotions.rules.words import ListState


@action("promotions.begin_check")
def begin_check(act: Act, list_id: int) -> bool:
    """Draws the lines to be asked about; False when that was done before. Safe to run twice."""
    gifts = act.lock(GiftList.objects.visible_to(act.actor), list_id)
    if gifts.state != ListState.SUBMITTED:
        return False
    draw(act, gifts)
    gifts.state = LIST.move("begin", gifts.state).target
    gifts.save(update_fields=["state", "wanted"])
    act.record(gifts, wanted=gifts.wanted)
    go_on(act, gifts)
    return True
