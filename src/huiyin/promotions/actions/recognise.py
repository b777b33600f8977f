"""Finds out who the recipients are: customers we know, or new files for the store."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.customers.public import ContactDraft, register_customer
from huiyin.foundation.actions import Act, action
from huiyin.kernel.actor import SYSTEM
from huiyin.kernel.call import Call
from huiyin.promotions.models import GiftLine, GiftList
from huiyin.promotions.queries.recipients import Known
from huiyin.promotions.rules.words import Hindrance, ListState

AT_ONCE = 200


@action("promotions.recognise")
def recognise_some(act: Act, list_id: int) -> int:
    """Recognises the next recipients of a list that was handed in; returns how many, 0 when all are known.

    Each call is one transaction, so that a killed worker goes on where it was.
    """
    gifts = act.lock(GiftList.objects.visible_to(act.actor), list_id)
    if gifts.state != ListState.SUBMITTED:
        return 0
    free = GiftLine.objects.filter(list=gifts, customer=None, hindrance=Hindrance.NONE).order_by("position")
    lines = list(free[:AT_ONCE])
    _recognise(act, gifts, lines)
    GiftLine.objects.bulk_update(lines, ["customer"])
    return len(lines)


def _recognise(act: Act, gifts: GiftList, lines: Sequence[GiftLine]) -> None:
    known = Known([line.number for line in lines])
    for line in lines:
        line.customer_id = known.find(line.number, line.name)
        if line.customer_id is None:
            line.customer_id = _register(act, gifts, line)
            known.learn(line.number, line.name, line.customer_id)


def _register(act: Act, gifts: GiftList, line: GiftLine) -> int:
    """A new file for the store; whoever handed the list in may not be allowed to open one, the list still comes in."""
    customer = register_customer(
        Call(SYSTEM, act.now),
        values={"name": line.name, "home_store_id": gifts.store_id},
        contacts=[ContactDraft(name=line.name, phone=line.number)],
    )
    return customer.pk
