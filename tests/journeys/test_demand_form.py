"""A demand form in the browser, in Chinese and in English: signed up, merged, visited, answered; another unit is chased
(VIS-9, VIS-15, VIS-20).
"""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from huiyin.customers.public import Contact, Customer, Product, Purchase, PurchaseLine
from huiyin.demand_forms.tasks import tend_demand_forms
from huiyin.promises.tasks import sweep
from huiyin.visits.public import Visit
from tests.conftest import SHANGHAI
from tests.journeys.walk import Walk, words

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
ONE_FORM = re.compile(r"/demand-forms/\d+/$")
SHARED, OTHER = "王大海", "李小河"


def test_a_demand_form_is_signed_up_merged_and_visited(walk: Walk) -> None:
    walk.clock.set("2026-09-01 09:00")
    two_buyers(walk)
    walk.job(tend_demand_forms)
    the_store_signs_up(walk)
    rnd_asks_a_group(walk)
    customer_service_confirms_and_merges(walk)
    the_agent_asks_for_both(walk)
    the_answers_come_back(walk)
    another_unit_is_chased(walk)


def two_buyers(walk: Walk) -> None:
    """Both bought the same model in August, the first at the large store."""
    product = Product.objects.create(model="HW-80P", name="双胆电热水器")
    bought_at = datetime(2026, 8, 12, 15, 0, tzinfo=SHANGHAI)
    for number, (name, store) in enumerate(((SHARED, "S01"), (OTHER, "S02")), start=1):
        home = walk.company.stores[store]
        person = Customer.objects.create(
            number=f"CS20260800{number}", name=name, sort_key=f"{number}", registered_at=bought_at, home_store=home
        )
        Contact.objects.create(customer=person, name=name, phone=f"+861380000110{number}", is_primary=True)
        purchase = Purchase.objects.create(
            customer=person,
            source="shop",
            number=f"N{number}",
            store=home,
            bought_at=bought_at,
            amount=Decimal(2899),
            recorded_at=bought_at,
        )
        PurchaseLine.objects.create(purchase=purchase, line_no=1, product=product, description="热水器")


def the_store_signs_up(walk: Walk) -> None:
    """From Today to the month, to the form; the customer is found by name while typing."""
    page = walk.open("store_manager", "/")
    page.get_by_role("link", name="2026-09 人民路店").click()
    page.wait_for_url("**/demand-forms/months/*/")
    assert words(page.locator(".sheet-lead .badge")) == walk.say("未到期", "Still time")
    walk.picture(page, "month-owed")
    page.get_by_role("link", name=walk.say("新建需求单", "New demand form")).click()
    page.wait_for_url("**/demand-forms/new/*")
    page.get_by_label(walk.say("主题", "What it is about")).fill("安装服务")
    page.locator("#id_find").press_sequentially("王大", delay=30)
    found = page.locator("#whom").get_by_label(SHARED)
    found.wait_for()
    assert page.locator("#whom").get_by_text(OTHER).count() == 0
    found.check()
    page.get_by_label(walk.say("问题 1", "Question 1")).fill("安装师傅准时吗？")
    page.get_by_label(walk.say("希望反馈日期", "Answers by")).fill("2026-09-11")
    walk.picture(page, "form-new")
    page.get_by_role("button", name=walk.say("提交", "Hand the form in"), exact=True).click()
    page.wait_for_url(ONE_FORM)
    walk.notes["store"] = page.url
    assert words(page.locator(".sheet-lead")) == walk.say(
        "人民路店 · 待客服确认", "人民路店 · Waits for customer service"
    )
    board = walk.open("store_manager", "/demand-forms/months/")
    assert words(board.locator(".demand-board tbody tr td:last-child")) == walk.say("已提交", "Handed in")


def rnd_asks_a_group(walk: Walk) -> None:
    """R&D describes whom it means; it hears how many there are, not who they are."""
    page = walk.open("rnd_head", "/demand-forms/new/")
    page.get_by_label(walk.say("主题", "What it is about")).fill("夜间噪音")
    page.get_by_label(walk.say("按条件选一批客户", "A group of buyers")).check()
    page.get_by_label(walk.say("产品", "Product")).fill("HW-80")
    page.get_by_label(walk.say("购买日期从", "Bought from")).fill("2026-08-01")
    page.get_by_label(walk.say("购买日期到", "Bought until")).fill("2026-08-31")
    page.get_by_role("button", name=walk.say("符合条件的有几位？", "How many are there?")).click()
    expect(page.get_by_role("status").filter(has_text="2")).to_have_text(
        walk.say("将回访 2 位客户。", "2 customers would be asked.")
    )
    page.get_by_label(walk.say("问题 1", "Question 1")).fill("夜里听得到声音吗？")
    page.get_by_label(walk.say("希望反馈日期", "Answers by")).fill("2026-09-14")
    walk.picture(page, "form-group")
    page.get_by_role("button", name=walk.say("提交", "Hand the form in"), exact=True).click()
    page.wait_for_url(ONE_FORM)
    walk.notes["rnd"] = page.url
    text = page.locator("main").inner_text()
    assert (SHARED in text, OTHER in text, "CS2026080" in text) == (False, False, False)


def customer_service_confirms_and_merges(walk: Walk) -> None:
    """Two forms wait. The first makes a visit; in the second the wish about the same customer is merged with it."""
    walk.at("2026-09-01 09:40")
    page = walk.open("service_manager", "/demand-forms/")
    assert [words(row.locator("a").first) for row in page.locator("tbody tr").all()] == ["安装服务", "夜间噪音"]
    walk.picture(page, "inbox")
    page.get_by_role("link", name="安装服务").click()
    page.get_by_role("button", name=walk.say("确认", "Confirm"), exact=True).click()
    expect(page.locator(".sheet-lead .badge")).to_have_text(walk.say("回访中", "Being visited"))
    page = walk.open("service_manager", walk.notes["rnd"])
    shared, other = (page.locator("tbody tr").filter(has_text=name) for name in (SHARED, OTHER))
    chosen = shared.locator("label.choice", has=page.locator("input:checked"))
    assert words(chosen).startswith(walk.say("并入人民路店的回访", "Merge with the visit for 人民路店"))
    chosen = other.locator("label.choice", has=page.locator("input:checked"))
    assert words(chosen) == walk.say("单独回访", "A visit of its own")
    walk.picture(page, "merge")
    page.get_by_role("button", name=walk.say("确认", "Confirm"), exact=True).click()
    expect(page.locator(".sheet-lead .badge")).to_have_text(walk.say("回访中", "Being visited"))
    assert Visit.objects.filter(kind="demand").count() == 2, "three wishes, two calls"


def the_agent_asks_for_both(walk: Walk) -> None:
    """The card says for whom, the talk has both forms' questions; one call by keyboard, from the dial to the save."""
    visit = Visit.objects.select_related("agent").get(customer__name=SHARED)
    assert visit.agent is not None
    assert visit.window_start is not None
    walk.clock.set(visit.window_start)
    page = walk.open(visit.agent.name, f"/visits/{visit.pk}/")
    card = words(page.locator(".workstation .card").first)
    assert "人民路店：安装服务" in card
    assert walk.say("代研发部一并询问：夜间噪音", "Asked along for 研发部: 夜间噪音") in card
    page.keyboard.press("c")
    page.locator(".dial-number").wait_for()
    page.keyboard.press("5")
    page.get_by_label("安装师傅准时吗？").focus()
    page.keyboard.type("提前十分钟到的")
    page.keyboard.press("Tab")
    page.keyboard.type("清理得也干净")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.labels[0].textContent") == "夜里听得到声音吗？"
    page.keyboard.type("关上门听不到")
    walk.picture(page, "workstation-both")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda url: f"/visits/{visit.pk}/" not in url)
    page = walk.open(visit.agent.name, f"/visits/{visit.pk}/")
    assert page.locator(".note-kept").count() == 2
    walk.picture(page, "visit-done")


def the_answers_come_back(walk: Walk) -> None:
    """The store sees the answer and who gave it; R&D sees its answer, the name masked; the rest is still to come."""
    page = walk.open("store_manager", walk.notes["store"])
    assert words(page.locator(".sheet-lead .badge")) == walk.say("已回答", "Answered")
    assert words(page.locator(".demand-answers")) == walk.say(
        "安装师傅准时吗？ 提前十分钟到的 其他 清理得也干净", "安装师傅准时吗？ 提前十分钟到的 Beside that 清理得也干净"
    )
    assert page.get_by_role("link", name=SHARED).count() == 1
    walk.picture(page, "answered")
    notice = walk.open("store_manager", "/notices/").locator("main").inner_text()
    assert walk.say("《安装服务》已有结果：1 位客户中 1 位作答。", "安装服务 is answered: 1 of 1 customers.") in notice
    page = walk.open("rnd_head", walk.notes["rnd"])
    assert words(page.locator(".sheet-lead .badge")) == walk.say("回访中", "Being visited")
    assert words(page.locator(".demand-answers")) == "夜里听得到声音吗？ 关上门听不到"
    assert SHARED not in page.locator("main").inner_text()


def another_unit_is_chased(walk: Walk) -> None:
    """After the fifth working day the operations department is late: told itself, and its manager's director."""
    walk.at("2026-09-08 09:00")
    walk.job(sweep)
    page = walk.open("service_manager", "/demand-forms/months/")
    rows = {words(row.locator("td").first): words(row.locator("td").last) for row in page.locator("tbody tr").all()}
    in_time, missing = walk.say("已提交", "Handed in"), walk.say("未交", "Missing")
    chased = dict.fromkeys(("运营部", "技术部", "滨江店"), missing)
    assert rows == {"人民路店": in_time, "研发部": in_time, **chased}
    walk.picture(page, "chase-board")
    late = walk.say(
        "已超时：提交本月回访需求单 · 2026-09 运营部", "Late: Hand in the month's demand form · 2026-09 运营部"
    )
    for who in ("operations_head", "director"):
        assert late in walk.open(who, "/notices/").locator("main").inner_text()
    page = walk.open("operations_head", "/")
    walk.picture(page, "today-chased")
    page.get_by_role("link", name="2026-09 运营部").click()
    page.get_by_label(walk.say("原因", "Reason")).fill("本月无新品上市")
    page.get_by_role("button", name=walk.say("申报本月无需求", "Nothing is needed")).click()
    expect(page.locator(".sheet-lead .badge")).to_have_text(walk.say("迟交", "Handed in late"))
