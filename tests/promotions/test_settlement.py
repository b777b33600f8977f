"""The settlement check (VIS-6): by phone on the ordinary workstation, signed off when it is complete."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from huiyin.channels.models import OutgoingMessage
from huiyin.kernel.refusal import Conflict, Forbidden
from huiyin.promotions.actions.sign import sign_list
from huiyin.promotions.models import GiftLine, GiftList
from huiyin.promotions.queries.sheet import sheet_of
from huiyin.visits.actions.complete import complete_visit
from huiyin.visits.actions.log_attempt import log_attempt
from huiyin.visits.models import Visit
from tests.conftest import Company, MovableClock
from tests.promotions.conftest import ask_all, gift, standings

pytestmark = pytest.mark.django_db
REAL = {"received": "yes", "right": "yes", "all": "yes"}
FOUR = [gift(n, value) for n, value in enumerate((100, 200, 300, 400), 1)]


def test_every_recipient_is_called_by_an_agent_day_by_day(
    shop: Company, handed_in: Callable[..., GiftList], clock: MovableClock
) -> None:
    gifts = handed_in(*FOUR, check="settlement")
    assert gifts.wanted == 4
    assert standings(gifts) == ["drawn", "drawn", "drawn", "asked"]
    clock.set("2026-09-18 10:05")
    ask_all()
    assert standings(gifts) == ["asked"] * 4
    visits = Visit.objects.order_by("pk")
    assert {(visit.kind, visit.store, visit.sampled) for visit in visits} == {
        ("settlement_check", shop.stores["S01"], False)
    }
    assert not OutgoingMessage.objects.filter(kind="sms").exists()


def test_the_sheet_says_what_came_of_it_with_shares_and_intervals_and_is_signed_by_a_manager(
    shop: Company, handed_in: Callable[..., GiftList], clock: MovableClock
) -> None:
    gifts = handed_in(*FOUR, check="settlement")
    clock.set("2026-09-18 10:05")
    ask_all()
    by_value = {int(line.value): line.visit_id for line in GiftLine.objects.all()}
    complete_visit(shop.call("agent"), by_value[400], answers=REAL)
    complete_visit(shop.call("agent"), by_value[300], answers=REAL)
    complete_visit(shop.call("agent"), by_value[200], answers=REAL)
    with pytest.raises(Conflict, match="still asked"):
        sign_list(shop.call("service_manager"), gifts.pk)
    log_attempt(shop.call("agent"), by_value[100], line="out_of_service")
    gifts.refresh_from_db()
    assert (gifts.state, standings(gifts)) == ("complete", ["not_reached", "real", "real", "real"])

    with pytest.raises(Forbidden):
        sign_list(shop.call("store_manager"), gifts.pk)
    signed = sign_list(shop.call("service_manager"), gifts.pk)
    sheet = sheet_of(signed)
    assert [(share.code, share.count, share.of, share.percent, share.low, share.high) for share in sheet.shares] == [
        ("real", 3, 3, 100.0, 43.9, 100.0),
        ("not_received", 0, 3, 0.0, 0.0, 56.1),
        ("differs", 0, 3, 0.0, 0.0, 56.1),
        ("not_reached", 1, 4, 25.0, 4.6, 69.9),
    ]
    assert sheet.amounts == {
        "listed": "1000.00",
        "duplicates": "0.00",
        "confirmed": "900.00",
        "mended": "0.00",
        "disputed": "0.00",
    }
    assert (signed.state, len(signed.digest)) == ("signed", 64)
    with pytest.raises(Conflict):
        sign_list(shop.call("director"), gifts.pk)


def test_who_handed_a_list_in_does_not_sign_it(shop: Company) -> None:
    from huiyin.promotions.public import make_list, submit_list
    from huiyin.promotions.tasks import prepare_list

    lines = [gift(1, 10, phone="123")]
    gifts = make_list(
        shop.call("service_manager"), name="x", check="settlement", store_id=shop.stores["S01"].pk, lines=lines
    )
    submit_list(shop.call("service_manager"), gifts.pk)
    prepare_list(gifts.pk)
    gifts.refresh_from_db()
    assert gifts.state == "complete"  # nobody can be asked: the sheet says so
    with pytest.raises(Conflict, match="cannot sign it off"):
        sign_list(shop.call("service_manager"), gifts.pk)
    assert sign_list(shop.call("director"), gifts.pk).state == "signed"


def test_a_visit_that_somebody_cancelled_does_not_hold_the_list_up(
    shop: Company, handed_in: Callable[..., GiftList]
) -> None:
    gifts = handed_in(gift(1, 10), check="settlement")
    Visit.objects.update(state="cancelled")
    ask_all()
    assert standings(gifts) == ["not_reached"]
