"""The gift check (VIS-5): a share of the list, dearer gifts first, asked by SMS, errors followed to the end."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from huiyin.channels.models import OutgoingMessage, SmsTemplate
from huiyin.customers.public import Customer
from huiyin.promises.models import Promise
from huiyin.promotions.models import GiftError, GiftLine, GiftList
from huiyin.visits.actions.complete import complete_visit
from huiyin.visits.models import Visit, VisitPolicy
from tests.conftest import Company, MovableClock
from tests.promotions.conftest import GOOD, answer, ask_all, gift, standings
from tests.visits.conftest import shanghai

pytestmark = pytest.mark.django_db
TEN = [gift(n, value) for n, value in enumerate((50, 300, 120, 80, 500, 60, 200, 90, 70, 40), 1)]


def test_forty_percent_are_asked_dearer_gifts_first_spread_over_the_days(handed_in: Callable[..., GiftList]) -> None:
    gifts = handed_in(*TEN)
    assert (gifts.state, gifts.wanted) == ("checking", 4)
    drawn = GiftLine.objects.filter(list=gifts).exclude(standing="listed").order_by("rank")
    assert [(line.position, int(line.value), str(line.asked_on)) for line in drawn] == [
        (5, 500, "2026-09-15"),
        (2, 300, "2026-09-16"),
        (7, 200, "2026-09-17"),
        (3, 120, "2026-09-18"),
    ]
    assert [line.standing for line in drawn] == ["asked", "drawn", "drawn", "drawn"]
    message = OutgoingMessage.objects.get()
    assert (message.to, message.template) == ("13800200005", "promotions.gift_check")
    assert (message.values["store"], message.values["gift"]) == ("人民路店", "电饭煲×1")


def test_recipients_are_recognised_or_registered_for_the_store(
    shop: Company, handed_in: Callable[..., GiftList]
) -> None:
    handed_in(*TEN[:2])
    again = handed_in(gift(1, 30), gift(3, 20), name="国庆礼品")
    assert Customer.objects.count() == 3
    known = Customer.objects.get(name="客户1")
    assert known.home_store == shop.stores["S01"]
    assert GiftLine.objects.get(list=again, position=1).customer == known


def test_the_promise_of_customer_service_is_kept_when_everybody_was_asked(
    shop: Company, handed_in: Callable[..., GiftList], clock: MovableClock
) -> None:
    gifts = handed_in(*TEN[:2])
    owed = Promise.objects.get(kind="promotions.answer")
    assert (owed.department, shanghai(owed.due_at)) == (shop.departments["service"], "2026-09-29 10:05")
    line = GiftLine.objects.get(list=gifts, standing="asked")
    answer(line)
    gifts.refresh_from_db()
    owed.refresh_from_db()
    assert (gifts.state, owed.state, standings(gifts)) == ("complete", "kept", ["listed", "real"])
    assert Visit.objects.get().state == "done"


def test_who_does_not_answer_in_time_counts_as_not_reached_and_the_next_dearest_is_asked(
    handed_in: Callable[..., GiftList], clock: MovableClock
) -> None:
    gifts = handed_in(*TEN[:2])
    clock.set("2026-09-18 10:04")
    ask_all()
    assert standings(gifts) == ["listed", "asked"]
    clock.set("2026-09-18 10:05")
    ask_all()
    assert standings(gifts) == ["drawn", "not_reached"]
    clock.set("2026-09-18 10:15")
    ask_all()
    assert standings(gifts) == ["asked", "not_reached"]
    assert [visit.state for visit in Visit.objects.order_by("pk")] == ["not_reached", "due"]
    clock.set("2026-09-21 10:15")
    ask_all()
    gifts.refresh_from_db()
    assert (standings(gifts), gifts.state) == (["not_reached", "not_reached"], "complete")


def test_where_the_kind_says_so_an_agent_calls_who_did_not_answer(
    shop: Company, handed_in: Callable[..., GiftList], clock: MovableClock
) -> None:
    VisitPolicy.objects.filter(code="gift_check").update(channels=["sms", "phone"])
    gifts = handed_in(*TEN[:2])
    clock.set("2026-09-18 10:06")
    ask_all()
    assert standings(gifts) == ["listed", "asked"]
    visit = Visit.objects.get()
    assert (visit.state, visit.self_way) == ("planned", "")
    complete_visit(shop.call("agent"), visit.pk, answers={**GOOD, "all": "no"})
    assert standings(gifts) == ["listed", "fewer"]


def test_without_an_sms_account_lines_wait_and_say_so(handed_in: Callable[..., GiftList]) -> None:
    SmsTemplate.objects.all().delete()
    gifts = handed_in(*TEN[:2])
    line = GiftLine.objects.get(list=gifts, standing="drawn")
    assert line.note == "No SMS can be sent yet: an account with a template for this question is missing."


def test_who_was_contacted_lately_is_asked_when_the_gap_is_over_or_replaced(
    shop: Company, handed_in: Callable[..., GiftList], clock: MovableClock
) -> None:
    earlier = handed_in(TEN[1], name="店庆礼品")
    assert standings(earlier) == ["asked"]
    gifts = handed_in(TEN[1], gift(9, 20))
    assert standings(gifts) == ["drawn", "listed"]
    assert GiftLine.objects.get(list=gifts, position=1).note == "The customer was contacted a short while ago."
    clock.set("2026-09-18 00:00")
    ask_all()
    assert standings(gifts)[0] == "not_reached"


def test_an_answer_that_comes_after_all_still_counts(handed_in: Callable[..., GiftList], clock: MovableClock) -> None:
    gifts = handed_in(TEN[1])
    clock.set("2026-09-18 10:05")
    ask_all()
    gifts.refresh_from_db()
    assert (standings(gifts), gifts.state) == (["not_reached"], "complete")
    answer(GiftLine.objects.get(), received="no")
    gifts.refresh_from_db()
    assert (standings(gifts), gifts.state) == (["not_received"], "mending")
    assert GiftError.objects.get().state == "owed"
