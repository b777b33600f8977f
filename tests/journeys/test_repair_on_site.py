"""A paid repair: the plan is agreed in writing, the part is short, comes in, goes out and partly back, and the customer
signs the engineer's report on a phone (CAS-8, CAS-9, CAS-10).
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from huiyin.cases.models import Case
from huiyin.cases.public import open_case
from huiyin.customers.models import Address, Contact, Customer
from huiyin.field_service.models import SiteVisit
from huiyin.spare_parts.models import Movement, Place
from huiyin.spare_parts.public import receive_parts, save_part, save_place
from huiyin.spare_parts.queries.books import faults_of_books
from tests.journeys.case_is_handled import step
from tests.journeys.walk import Walk, words

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_paid_repair_with_part_and_signature(walk: Walk) -> None:
    _set_up(walk)
    _agreed(walk)
    _short_and_waiting(walk)
    _comes_in(walk)
    _appointment(walk)
    _on_site(walk)
    _signed(walk)
    _books_balance(walk)


def _set_up(walk: Walk) -> None:
    """A customer with an address, a part of which one piece is there, and a case at the technical department."""
    walk.at("2026-09-28 09:00")
    staff = walk.company.staff
    customer = Customer.objects.create(
        number="CS202609001", name="林悦", sort_key="lin yue", registered_at="2026-09-01T00:00:00Z"
    )
    Contact.objects.create(
        customer=customer, name="林悦", phone="+8613800000042", email="lin@customer.example", is_primary=True
    )
    Address.objects.create(
        customer=customer,
        province="上海市",
        city="上海市",
        district="徐汇区",
        line="漕溪路 100 号 501",
        is_primary=True,
    )
    manager = walk.company.call("service_manager")
    part = save_part(manager, number="YSJ-12", name="压缩机", name_en="Compressor", unit="台", price=Decimal(480))
    place = save_place(manager, code="W1", name="中心备件库")
    save_place(manager, code="V1", name="工程师车载库", kind="van", holder_id=staff["engineer"].pk)
    receive_parts(manager, place_id=place.pk, part_id=part.pk, quantity=Decimal(1))
    case = open_case(
        walk.company.call("agent"),
        kind="repair",
        topic="technical",
        channel="phone",
        description="冷柜压缩机不启动",
        customer_id=customer.pk,
    )
    walk.notes |= {"case": f"/cases/{case.pk}/", "part": str(part.pk), "place": str(place.pk)}


def _agreed(walk: Walk) -> None:
    """The repair costs money: the customer agrees by link, on the phone."""
    step(walk, "agent", "verify", note="核对无误")
    case = Case.objects.get()
    walk.at("2026-09-28 09:30")
    from huiyin.cases.actions.plan import plan_case
    from huiyin.cases.actions.send_plan import send_plan
    from huiyin.foundation import clock

    call = walk.company.call("agent")
    due = clock.now().replace(day=30)
    plan_case(call, case.pk, steps="上门更换压缩机", due_at=due, cost=Decimal(960))
    send_plan(call, case.pk)
    page = walk.open("agent", walk.notes["case"])
    link = str(page.locator("a[href*='/c/']").first.get_attribute("href"))
    phone = walk.open("customer-1", link)
    phone.locator("button[name=answer][value=yes]").tap()
    phone.locator(".note-kept").wait_for()
    assert Case.objects.get().state == "confirmed"


def _short_and_waiting(walk: Walk) -> None:
    """Two are wanted, one is there: the other is owed, and the case waits for it by itself."""
    walk.at("2026-09-28 10:00")
    page = step(walk, "agent", "need_part", part_id=walk.notes["part"], place_id=walk.notes["place"], quantity="2")
    assert page.get_by_text(walk.say("等待备件", "Waiting for a spare part"), exact=True).count() >= 1
    panel = page.locator("#parts")
    assert walk.say("压缩机 × 2", "Compressor × 2") in words(panel)
    walk.picture(page, "case-waits-for-part")
    assert Case.objects.get().state == "waiting"
    page = walk.open("service_manager", "/spare-parts/needs/?tab=missing")
    row = page.locator("tr[data-row]")
    assert row.count() == 1
    walk.picture(page, "needs-missing")


def _comes_in(walk: Walk) -> None:
    """Two come from the supplier: the one that was missing is reserved, and the case goes on."""
    walk.at("2026-09-28 14:00")
    page = walk.open("service_manager", f"/spare-parts/{walk.notes['part']}/do/receive/")
    page.locator("[name=place_id]").select_option(walk.notes["place"])
    page.locator("[name=quantity]").fill("2")
    page.locator("[name=reason]").fill("送货单 8812")
    page.locator("main .form-end button").click()
    page.wait_for_url(f"**/spare-parts/{walk.notes['part']}/")
    walk.picture(page, "part-came-in")
    assert Case.objects.get().state == "confirmed"
    assert list(Movement.objects.order_by("id").values_list("kind", "quantity"))[1:] == [
        ("reserve", 1),
        ("receive", 2),
        ("reserve", 1),
    ]


def _appointment(walk: Walk) -> None:
    """A free time of the engineer is chosen; the customer moves it by the link in the mail."""
    walk.at("2026-09-28 14:30")
    case = Case.objects.get()
    page = walk.open("agent", f"/site-visits/new/{case.pk}/")
    slot = page.locator("input[name=slot]").nth(3)
    slot.check(force=True)
    walk.picture(page, "new-site-visit")
    page.locator("main .form-end button").click()
    page.wait_for_url("**/site-visits/*/")
    visit = SiteVisit.objects.get()
    assert visit.state == "planned"
    assert words(page.locator(".visit-where")).count("****") == 2, "place and phone are masked"
    walk.picture(page, "appointment")
    phone = walk.open("customer-1", f"/sv/{visit.token}/")
    walk.picture(phone, "customer-appointment")
    free = phone.locator("input[name=start][value*='2026-09-29T']").first
    free.check(force=True)
    with phone.expect_navigation():
        phone.locator("form button[name=do][value=move]").tap()
    visit.refresh_from_db()
    assert visit.moved_times == 1
    assert visit.start_at.isoformat().startswith("2026-09-29")


def _on_site(walk: Walk) -> None:
    """The engineer's phone: the day in order, address on record, arrival, checks, parts out, used, one back."""
    visit = SiteVisit.objects.get()
    walk.at("2026-09-29 09:10")
    page = walk.visit("engineer", language=walk.language, size="phone")
    walk.pages["engineer-phone"] = page
    walk.open("engineer-phone", "/site-visits/")
    assert page.locator("tr[data-row]").count() == 1
    walk.picture(page, "my-day")
    walk.open("engineer-phone", f"/site-visits/{visit.pk}/")
    page.locator("form[action*='/show/address/'] button").tap()
    page.get_by_text("漕溪路 100 号 501").wait_for()
    walk.at("2026-09-29 10:05")
    walk.open("engineer-phone", f"/site-visits/{visit.pk}/")
    _press(page, "arrive")
    begin = page.locator("form[action*='/do/begin/']")
    begin.locator(".form-end button").tap()
    page.locator("[role=alert]").first.wait_for()
    walk.picture(page, "checks-open")
    for box in page.locator("form[action*='/do/begin/'] input[value=yes]").all():
        box.check(force=True)
    _press(page, "begin")
    walk.open("engineer-phone", f"/site-visits/{visit.pk}/")
    page.locator("form[action*='/issue/'] button").tap()
    page.locator("form[action*='/use/'] [name=quantity]").wait_for()
    page.locator("form[action*='/use/'] [name=quantity]").fill("1")
    page.locator("form[action*='/use/'] button").first.tap()
    page.wait_for_function("document.querySelector(\"form[action*='/use/'] [name=quantity]\")?.value === '1'")
    page.wait_for_load_state()
    page.locator("button[formaction*='/return/']").tap()
    page.locator("form[action*='/use/']").wait_for(state="detached")
    page.locator("form[action*='/do/log/'] [name=text]").fill("抽真空 30 分钟，充注制冷剂")
    _press(page, "log")
    walk.picture(page, "on-site")


def _signed(walk: Walk) -> None:
    """The report on the phone, signed with the finger; a second tap changes nothing; the customer has it by link."""
    visit, page = SiteVisit.objects.get(), walk.pages["engineer-phone"]
    walk.at("2026-09-29 11:40")
    walk.open("engineer-phone", f"/site-visits/{visit.pk}/report/")
    page.locator("[name=found]").fill("压缩机线圈烧毁")
    page.reload()
    assert page.locator("[name=found]").input_value() == "压缩机线圈烧毁", "what was typed stays on the phone"
    page.locator("[name=done]").fill("更换压缩机，充注制冷剂")
    page.locator("[name=test]").fill("试机一小时，温度 -18 ℃")
    page.locator("[name=tested_with_customer]").check()
    page.locator("[name=cleaned_up]").check()
    _draw(page)
    walk.picture(page, "report")
    page.locator("button[name=do][value=sign]").tap()
    page.locator(".sign-shown").wait_for()
    walk.picture(page, "report-signed")
    visit.refresh_from_db()
    assert (visit.state, Case.objects.get().state) == ("done", "done")
    assert visit.report.sheet["parts"] == [["YSJ-12", "压缩机", "台", "1", "1"]]
    phone = walk.open("customer-1", f"/sv/{visit.token}/")
    phone.locator(".sign-shown").wait_for()
    walk.picture(phone, "customer-report")
    answer = phone.request.get(f"{phone.url}report/")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    step(walk, "agent", "tell", result="压缩机已更换，运行正常")
    assert Case.objects.get().state == "told"


def _books_balance(walk: Walk) -> None:
    """Three came, one is built in, two lie on the shelf; the page says that the books balance."""
    page = walk.open("service_manager", "/spare-parts/places/")
    assert page.locator(".note-kept").count() == 1
    walk.picture(page, "books-balance")
    stock = Place.objects.get(code="W1").stock.get()
    assert (stock.free, stock.reserved, stock.issued) == (2, 0, 0)
    assert faults_of_books() == []
    kinds = list(Movement.objects.order_by("id").values_list("kind", flat=True))
    assert kinds == ["receive", "reserve", "receive", "reserve", "issue", "use", "return"]


def _press(page: Page, verb: str) -> None:
    """Takes a step on the visit's page."""
    page.locator(f"form[action*='/do/{verb}/'] button").last.tap()
    page.wait_for_url("**/site-visits/*/?taken=*")


def _draw(page: Page) -> None:
    """Signs in the field with the mouse as with a finger."""
    box = page.locator("canvas").bounding_box()
    assert box is not None
    page.locator("canvas").scroll_into_view_if_needed()
    box = page.locator("canvas").bounding_box()
    assert box is not None
    x, y = box["x"], box["y"]
    page.mouse.move(x + 20, y + 20)
    page.mouse.down()
    for dx, dy in ((60, 80), (110, 30), (180, 90), (260, 40)):
        page.mouse.move(x + dx, y + dy, steps=4)
    page.mouse.up()
    assert page.locator("[name=signature]").input_value().startswith("data:image/png")
