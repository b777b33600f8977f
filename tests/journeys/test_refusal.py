"""A customer refuses, gets one later chance, refuses again, and is left in peace: by the agent and by the planner
(VIS-28).
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from huiyin.customers.public import Contact, Customer, Purchase
from huiyin.foundation.calls import system_call
from huiyin.visits.public import Attempt, Visit, draw_due, plan_week, publish_plan
from tests.conftest import SHANGHAI
from tests.journeys.walk import Walk, words

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_refusal_and_its_one_later_chance(walk: Walk) -> None:
    walk.clock.set("2026-09-21 09:00")
    planned(walk, monday=date(2026, 9, 21))
    visit = Visit.objects.get(customer__name="赵敏")
    address = f"/visits/{visit.pk}/"

    walk.at("2026-09-21 14:05")
    page = walk.open("agent", address)
    page.keyboard.press("c")
    page.locator(".dial-number").wait_for()
    page.keyboard.press("r")
    dialog = page.locator("#choose-refused")
    expect(dialog).to_be_visible()
    expect(dialog.locator(".say")).to_have_text(
        walk.say(
            "好的，打扰您了，非常抱歉。如果之后方便，我们再联系您一次；不方便也没关系。祝您生活愉快！",
            "Of course, I am sorry to have disturbed you. We would like to try once more at a better time; if that does"
            " not suit you either, it is quite all right. Have a good day!",
        )
    )
    walk.picture(page, "refusal")
    page.keyboard.press("1")
    page.keyboard.press("t")
    page.keyboard.type("9-24 15:30")
    expect(dialog.locator(".hour-ok")).to_be_visible()
    walk.picture(page, "refusal-named")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: address not in url)
    _logged(visit, "no_time", "2026-09-24 15:30")

    walk.at("2026-09-22 14:30")
    page = walk.open("agent", address)
    expect(page.locator(".note-soon").first).to_contain_text(
        walk.say("客户约定了更晚的时间。", "The customer asked to be called later.")
    )
    walk.picture(page, "waits-for-its-hour")

    walk.at("2026-09-24 15:31")
    page = walk.open("agent", address)
    page.keyboard.press("c")
    page.locator(".dial-number").wait_for()
    page.keyboard.press("r")
    expect(page.locator("#refusal-title")).to_have_text(walk.say("客户再次拒访", "The customer refuses for good"))
    expect(page.locator("#choose-refused .pick input[name=chance]")).to_have_count(0)
    walk.picture(page, "refusal-for-good")
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: address not in url)
    visit.refresh_from_db()
    assert (visit.state, Attempt.objects.filter(visit=visit, business="refused").count()) == ("refused", 2)

    _not_planned_again(walk)


def _logged(visit: Visit, reason: str, again: str) -> None:
    visit.refresh_from_db()
    dial = Attempt.objects.get(visit=visit)
    assert (dial.business, dial.sub_result) == ("refused", reason)
    assert visit.again_at is not None
    assert (visit.state, visit.again_at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")) == ("planned", again)


def _not_planned_again(walk: Walk) -> None:
    """The customer buys again; the planner leaves the visit out and says why, and so does the workstation."""
    walk.at("2026-10-12 09:00")
    customer = Customer.objects.get(name="赵敏")
    _purchase(customer, days=8, number="N2")
    draw_due(system_call())
    visit = Visit.objects.get(customer=customer, state="due")
    drawn = plan_week(system_call(), date(2026, 10, 12), seed=7)
    page = walk.open("service_manager", f"/plan/{drawn.pk}/visits/{visit.pk}/")
    assert words(page.locator(".why")) == walk.say(
        "未入选原因：客户曾拒访，予以尊重。", "Not chosen because the customer refused visits; that is respected."
    )
    walk.picture(page, "planner-says-why")
    walk.at("2026-10-12 14:10")
    page = walk.open("service_manager", f"/visits/{visit.pk}/")
    note = words(page.locator(".note-soon").first)
    assert walk.say("客户曾拒访，予以尊重。", "The customer refused visits; that is respected.") in note
    assert re.search(walk.say("2027", "2027"), note), note
    walk.picture(page, "workstation-says-why")


def planned(walk: Walk, monday: date) -> None:
    """Two customers bought; their visits stand in this week's published plan."""
    for number, name in enumerate(("赵敏", "孙强"), 1):
        customer = Customer.objects.create(
            number=f"CS20260900{number}", name=name, sort_key=f"k{number}", registered_at=walk.clock.now
        )
        Contact.objects.create(customer=customer, name=name, phone=f"+861380000111{number}", is_primary=True)
        _purchase(customer, days=8, number=f"N{number}1")
    draw_due(system_call())
    publish_plan(system_call(), plan_week(system_call(), monday, seed=7).pk)
    Visit.objects.filter(state="planned").update(
        agent=walk.company.staff["agent"],
        planned_on=monday,
        window_start=datetime(2026, 9, 21, 14, 0, tzinfo=SHANGHAI),
        window_end=datetime(2026, 9, 21, 16, 30, tzinfo=SHANGHAI),
    )


def _purchase(customer: Customer, *, days: int, number: str) -> Purchase:
    now = system_call().now
    return Purchase.objects.create(
        customer=customer,
        source="shop",
        number=number,
        bought_at=now - timedelta(days=days),
        amount=Decimal(6000),
        recorded_at=now,
    )
