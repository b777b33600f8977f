"""Two hands at once: a list is handed in once, drawn once, asked about once, and the last answer completes it once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections

from huiyin.foundation.calls import system_call
from huiyin.kernel.refusal import Conflict
from huiyin.promises.models import Promise
from huiyin.promotions.actions.ask_line import ask_line
from huiyin.promotions.actions.mend import mend_error
from huiyin.promotions.models import GiftError, GiftLine, GiftList
from huiyin.promotions.public import make_list, submit_list
from huiyin.promotions.tasks import prepare_list
from huiyin.visits.models import Visit
from tests.conftest import Company
from tests.promotions.conftest import answer, ask_all, gift

pytestmark = pytest.mark.django_db(transaction=True)
HANDS = 6


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """What each of several threads came to: its result or its refusal."""

    def run(work: Callable[[], Any]) -> Any:
        try:
            return work()
        except Conflict as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def test_two_people_who_hand_in_at_once_hand_in_once(shop: Company) -> None:
    gifts = make_list(shop.call("store_manager"), name="中秋", check="gifts", lines=[gift(1, 10)])
    calls = [shop.call(who) for who in ("store_manager", "director") for _hand in range(HANDS // 2)]
    found = at_once(*(lambda call=call: submit_list(call, gifts.pk) for call in calls))
    assert sum(isinstance(each, GiftList) for each in found) == 1
    assert sum(isinstance(each, Conflict) for each in found) == HANDS - 1
    assert Promise.objects.filter(kind="promotions.answer").count() == 1


def test_a_list_is_prepared_and_each_line_asked_once_however_many_workers(shop: Company) -> None:
    gifts = make_list(
        shop.call("store_manager"), name="中秋", check="settlement", lines=[gift(n, n) for n in range(1, 4)]
    )
    submit_list(shop.call("store_manager"), gifts.pk)
    at_once(*(lambda: prepare_list(gifts.pk) for _hand in range(3)))
    keys = list(GiftLine.objects.values_list("pk", flat=True))
    at_once(*(lambda key=key: ask_line(system_call(), key) for key in keys * 2))
    assert Visit.objects.filter(kind="settlement_check").count() == GiftLine.objects.filter(standing="asked").count()
    assert GiftLine.objects.exclude(standing="listed").count() == 3


def test_an_error_is_mended_once(shop: Company) -> None:
    gifts = make_list(shop.call("store_manager"), name="中秋", check="gifts", lines=[gift(1, 10)])
    submit_list(shop.call("store_manager"), gifts.pk)
    prepare_list(gifts.pk)
    ask_all()
    answer(GiftLine.objects.get(), received="no")
    error = GiftError.objects.get()
    calls = [shop.call("store_manager") for _hand in range(4)]
    at_once(*(lambda call=call: mend_error(call, error.pk, explanation="漏发", evidence="已补") for call in calls))
    assert Visit.objects.filter(kind="gift_mended").count() == 1
    assert Promise.objects.filter(kind="promotions.verify").count() == 1
