"""A paid repair: declined, planned anew, agreed to in writing on a phone; a date moved in time; the tracking table."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from huiyin.cases.models import Case, CasePlan
from huiyin.cases.public import open_case
from huiyin.customers.public import Contact, Customer
from tests.journeys.case_is_handled import clocks, stat, step
from tests.journeys.walk import Walk, words

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

HEAVIEST = 100_000  # bytes of a page on a slow phone


def test_a_paid_repair_is_agreed_to_in_writing_and_tracked(walk: Walk) -> None:
    walk.clock.set("2026-09-21 09:00")
    _reported(walk)
    _planned_and_declined(walk)
    _planned_anew_and_agreed(walk)
    _steps_done(walk)
    _deadline_moves_in_time_only(walk)
    _finished_and_judged(walk)
    _tracked(walk)
    _sheet(walk)


def _reported(walk: Walk) -> None:
    """A repair of a known customer."""
    buyer = Customer.objects.create(
        number="CS202609001",
        name=walk.say("周敏", "Zhou Min"),
        sort_key="zhoumin",
        registered_at=walk.clock.now,
        language=walk.say("zh-hans", "en"),
    )
    Contact.objects.create(
        customer=buyer, name=buyer.name, phone="+8613900001111", email="zhou@customer.example", is_primary=True
    )
    case = open_case(
        walk.company.call("agent"),
        kind="repair",
        topic="technical",
        channel="phone",
        description=walk.say("冷柜不制冷，需上门维修", "The freezer does not cool and needs a repair"),
        customer_id=buyer.pk,
        level="important",
    )
    walk.notes["case"] = f"/cases/{case.pk}/"
    step(walk, "agent", "verify", note=walk.say("已核实型号", "Model checked"))


def _planned_and_declined(walk: Walk) -> None:
    """Two steps with people and cost; the customer declines on the phone, with words, and a new plan is owed."""
    walk.at("2026-09-21 10:00")
    engineer = str(walk.company.staff["engineer"].pk)
    page = step(
        walk,
        "agent",
        "plan",
        steps=walk.say("上门更换压缩机", "Replace the compressor on site"),
        person=engineer,
        due_on="2026-09-23",
        cost="680",
        steps_2=walk.say("与您一起试机", "Test it together with you"),
        person_2=engineer,
        due_at="2026-09-24T18:00",
        risk=walk.say("需断电约一小时", "The power is off for an hour"),
    )
    assert page.locator(".plan-steps > li").count() == 2
    assert page.get_by_role("button", name=walk.say("开始处理", "Start the work")).is_disabled()
    walk.picture(page, "planned")
    page = step(walk, "agent", "send_plan")
    walk.notes["link"] = str(page.locator("a[href*='/c/']").first.get_attribute("href"))

    walk.at("2026-09-21 12:00")
    phone = walk.page("customer-1")
    weight: list[int] = []
    phone.on("response", lambda answer: weight.append(len(answer.body())) if answer.status == 200 else None)
    phone.goto(walk.notes["link"], wait_until="networkidle")
    assert 3_000 < sum(weight) < HEAVIEST
    assert phone.evaluate("innerWidth") == 390
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    assert "¥ 680.00" in words(phone.locator("#plan"))
    walk.picture(phone, "customer-plan")
    phone.locator("button[value=no]").tap()
    phone.locator("#plan [role=alert]").first.wait_for()
    assert CasePlan.objects.get().answer == "", "a no without words is asked for its reasons"
    phone.locator("#plan [name=words]").fill(walk.say("太贵了，能修不换吗？", "Too dear. Can it be mended?"))
    phone.locator("button[value=no]").tap()
    phone.get_by_text(walk.say("您未同意此方案", "You declined this plan")).first.wait_for()
    walk.picture(phone, "customer-declined")
    page = walk.open("agent", walk.notes["case"])
    assert clocks(page) == {walk.say("制定方案", "Make a plan"): walk.say("明天 12:00", "Tomorrow 12:00")}


def _planned_anew_and_agreed(walk: Walk) -> None:
    """The new plan says what is new; a page opened before confirms nothing; then the customer agrees, once."""
    walk.at("2026-09-21 14:00")
    step(walk, "agent", "plan", steps=walk.say("上门修复压缩机", "Mend the compressor on site"), cost="280", reason="x")
    step(walk, "agent", "send_plan")
    before = walk.open("customer-2", walk.notes["link"])
    step(walk, "agent", "plan", cost="240", reason=walk.say("配件降价", "The part is cheaper"))
    step(walk, "agent", "send_plan")
    before.locator("button[value=yes]").tap()
    refused = walk.say("您看到的方案已有新版本，本次未作确认", "Nothing was confirmed")
    before.get_by_text(refused).first.wait_for()
    assert set(CasePlan.objects.values_list("answer", flat=True)) == {"declined", ""}
    walk.picture(before, "customer-newer-plan")
    phone = walk.open("customer-1", walk.notes["link"])
    new = words(phone.locator("#plan"))
    assert (
        walk.say("由您承担的费用由 280.00 元改为 240.00 元", "Cost for you: 240.00 yuan instead of 280.00 yuan") in new
    )
    phone.locator("button[value=yes]").tap()
    phone.locator("#plan .note-kept").wait_for()
    walk.picture(phone, "customer-agreed")
    before.locator("button[value=yes]").tap()
    before.locator("#plan .note-kept").wait_for()
    plan = CasePlan.objects.get(answer="confirmed")
    assert (plan.version, plan.way, plan.cost) == (3, "link", 240)


def _steps_done(walk: Walk) -> None:
    """Work starts; the steps are tasks of the engineer, who finds them on Today and ticks one off."""
    walk.at("2026-09-22 09:00")
    page = step(walk, "agent", "start")
    assert page.locator(".plan-steps form").count() == 2
    page = walk.open("engineer", "/")
    assert walk.say("上门修复压缩机", "Mend the compressor on site") in words(page.locator("main"))
    page = walk.open("engineer", walk.notes["case"])
    page.locator(".plan-steps form button").first.click()
    page.wait_for_load_state("networkidle")
    assert page.locator(".plan-steps form").count() == 1
    walk.picture(page, "step-done")


def _deadline_moves_in_time_only(walk: Walk) -> None:
    """The head moves the date with a reason, the customer reads it; once it has passed it is refused in words."""
    walk.at("2026-09-23 10:00")
    reason = walk.say("配件周五到货", "The part comes on Friday")
    page = step(walk, "technical_head", "move_deadline", due_at="2026-09-25T18:00", reason=reason)
    solve = walk.say("解决或答复", "Solve or answer")
    assert clocks(page)[solve] == walk.say("9月25日 18:00", "25 Sep 18:00")
    phone = walk.open("customer-1", walk.notes["link"])
    assert reason in words(phone.locator(".timeline"))
    walk.picture(phone, "customer-new-date")
    walk.at("2026-09-25 18:00")
    page = walk.open("technical_head", f"{walk.notes['case']}move_deadline/")
    page.locator("main form [name=due_at]").fill("2026-09-28T18:00")
    page.locator("main form [name=reason]").fill(reason)
    page.locator("main .form-end button").click()
    refused = walk.say("只能在时限到期之前", "before it passes")
    page.get_by_text(refused).first.wait_for()
    walk.picture(page, "too-late-to-move")


def _finished_and_judged(walk: Walk) -> None:
    page = walk.open("engineer", walk.notes["case"])
    page.locator(".plan-steps form button").first.click()
    page.wait_for_load_state("networkidle")
    step(walk, "agent", "finish", test=walk.say("制冷正常", "It cools"))
    step(walk, "agent", "tell", result=walk.say("压缩机已修复", "The compressor is mended"))
    phone = walk.open("customer-1", walk.notes["link"])
    phone.locator("[name=verdict][value=mostly]").check()
    phone.locator("form[action*=verdict] button.btn-primary").tap()
    phone.locator("form[action*=verdict]").wait_for(state="detached")


def _tracked(walk: Walk) -> None:
    """The table's tiles, its row, and the Excel file say the same."""
    page = walk.open("director", "/cases/tracking/?first=2026-09-01&last=2026-09-30")
    walk.picture(page, "tracking-table")
    labels = {
        "total": walk.say("问题数", "Number of problems"),
        "finished": walk.say("已完成", "Finished"),
        "late": walk.say("超过计划", "Later than planned"),
        "mostly": walk.say("基本满意", "Mostly satisfied"),
    }
    shown = {name: stat(page, label) for name, label in labels.items()}
    assert shown == {"total": "1", "finished": "1", "late": "0", "mostly": "1"}
    head, rows = _excel(page)
    assert {name: head[label] for name, label in labels.items()} == shown
    case = Case.objects.get()
    assert [row[0] for row in rows] == [case.number]
    assert (f"{rows[0][7]:%Y-%m-%d %H:%M}", f"{rows[0][8]:%Y-%m-%d %H:%M}") == ("2026-09-25 18:00", "2026-09-25 18:00")
    page.locator("tr[data-row] a").first.click()
    page.wait_for_url(f"**{walk.notes['case']}")


def _excel(page: Page) -> tuple[dict[str, str], list[list[object]]]:
    with page.expect_download() as download:
        page.get_by_role("link", name="Excel").click()
    sheet = load_workbook(io.BytesIO(download.value.path().read_bytes())).active
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = {str(line[0]): str(line[1]) for line in lines if line[0] and line[1] is not None}
    return head, [line for line in lines if str(line[0]).startswith("GD")]


def _sheet(walk: Walk) -> None:
    page = walk.open("agent", f"{walk.notes['case']}sheet/")
    text = words(page.locator(".paper"))
    assert walk.say("上门修复压缩机", "Mend the compressor on site") in text
    assert "240.00" in text
    assert "13900001111" not in text
    walk.picture(page, "handling-sheet")
