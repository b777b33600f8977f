"""Two gift lists of the demo company: one that a store still enters, one with results and an error to be mended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from huiyin.customers.models import Contact
from huiyin.foundation.actions import Act, action
from huiyin.kernel.actor import SYSTEM
from huiyin.kernel.call import Call
from huiyin.organisation.public import Store
from huiyin.promotions.actions.begin_check import begin_check
from huiyin.promotions.actions.drawing import go_on
from huiyin.promotions.actions.owe_error import owe_error
from huiyin.promotions.actions.recognise import recognise_some
from huiyin.promotions.models import GiftLine, GiftList
from huiyin.promotions.public import Check, LineDraft, Standing, make_list, submit_list

GIFTS = (("电饭煲", 399), ("电热水壶", 129), ("保温杯", 59), ("晴雨伞", 39))
DRAFT, CHECKED = 8, 10
HANDED_IN = timedelta(days=6)
GIVEN = timedelta(days=12)
SAID = "店员说当天没有货，让我改天再来"
SEED = 2026


def load_promotions(act: Act) -> int:
    """Makes the two lists, of the first two stores; returns how many lines they have. Without stores none."""
    stores = list(Store.objects.order_by("code")[:2])
    people = list(Contact.objects.exclude(phone="").order_by("pk")[: DRAFT + CHECKED])
    if len(stores) < 2 or len(people) < DRAFT + CHECKED:
        return 0
    day = timezone.localtime(act.now - GIVEN).date()
    drafts = [
        LineDraft(each.name, each.phone, each.phone, GIFTS[n % 4][0], Decimal(GIFTS[n % 4][1]), 1, day)
        for n, each in enumerate(people)
    ]
    return _draft(act, stores[0], drafts[:DRAFT]) + _checked(act, stores[1], drafts[DRAFT:])


def _draft(act: Act, store: Store, lines: Sequence[LineDraft]) -> int:
    """One phone is wrong, and one line stands on the list twice."""
    wrong = LineDraft("刘洋", "1380013", "1380013", "保温杯", Decimal(59), 2, lines[0].given_on)
    every = [*lines, wrong, lines[0]]
    make_list(act.call, name="国庆会员礼", check=Check.GIFTS, store_id=store.pk, lines=every)
    return len(every)


def _checked(act: Act, store: Store, lines: Sequence[LineDraft]) -> int:
    then = Call(SYSTEM, act.now - HANDED_IN)
    made = make_list(then, name="周年庆礼品", check=Check.SETTLEMENT, store_id=store.pk, lines=lines)
    submit_list(then, made.pk, seed=SEED)
    while recognise_some(then, made.pk):
        pass
    begin_check(then, made.pk)
    _answered(Call(SYSTEM, act.now - timedelta(days=1)), made.pk)
    return len(lines)


@action("demo.answer_gifts")
def _answered(act: Act, list_id: int) -> None:
    """Everybody was asked: one says that nothing came, one could not be reached."""
    gifts = GiftList.objects.select_for_update().get(pk=list_id)
    for line in GiftLine.objects.filter(list=gifts, standing=Standing.DRAWN).order_by("rank"):
        line.standing = {1: Standing.NOT_RECEIVED, 4: Standing.NOT_REACHED}.get(line.rank or 0, Standing.REAL)
        line.asked_at = act.now
        line.answered_at = None if line.standing == Standing.NOT_REACHED else act.now
        line.save()
        if line.standing == Standing.NOT_RECEIVED:
            owe_error(act, gifts, line, SAID)
    go_on(act, gifts)
