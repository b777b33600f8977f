"""The gift check from the upload to the mended error (VIS-5): a store hands its list in, recipients answer by SMS."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from openpyxl import Workbook, load_workbook
from playwright.sync_api import expect

from huiyin.channels.models import SmsAccount, SmsTemplate
from huiyin.customers.public import Customer
from huiyin.promotions.tasks import ask_about_gifts
from huiyin.visits.tasks import plan_visit_links, send_visit_links
from tests.channels.sms_servers import Peer
from tests.journeys.purchases_come_in import counts
from tests.journeys.walk import Walk, words
from tests.visits.link_fixtures import sms as sms  # noqa: PLC0414 - a fixture, shared

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

HEADINGS = ("领取人", "手机号", "礼品名称", "单价", "数量", "领取日期", "小票号")
PEOPLE = ["王丽华", "李建国", "张桂英", "刘志强", "陈秀兰", "杨海涛", "赵敏", "黄丽娟", "周俊杰", "吴春梅"]
VALUES = (59, 399, 129, 39, 899, 59, 199, 39, 299, 19)
DEAREST = ("陈秀兰", "李建国", "周俊杰", "赵敏")
WRONG = "刘志强"
TEXT = "${store}登记您已领取${gift}，请告诉我们是否收到：https://hy.example/q/${token}/"


def test_from_the_upload_to_the_mended_error(walk: Walk, sms: Peer, site: str) -> None:
    walk.clock.set("2026-09-15 09:30")
    Client().get("/accounts/login/")  # the first page of a process loads everything: a busy machine takes its time
    account = SmsAccount.objects.get()
    variables = ["store", "gift", "token"]
    SmsTemplate.objects.create(
        account=account, kind="promotions.gift_check", code="SMS_9", text=TEXT, variables=variables
    )
    _numbers_and_form(walk)
    _uploaded(walk)
    _handed_in(walk)
    _dearest_first(walk, sms)
    _not_received(walk, sms, site)
    _others_answer(walk, sms, site)
    _owed_and_mended(walk)
    _asked_again(walk)
    _complete_and_signed(walk)


def _numbers_and_form(walk: Walk) -> None:
    """The manager sees the numbers that hold, and the form for a list of few lines."""
    page = walk.open("service_manager", "/gift-lists/rules/")
    assert page.locator("[name=gift_share]").input_value() == "40"
    walk.picture(page, "numbers")
    walk.picture(walk.open("store_manager", "/gift-lists/new/"), "new-list")


def _file(path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADINGS)
    for number, (name, value) in enumerate(zip(PEOPLE, VALUES, strict=True), 1):
        phone = "1380012" if name == WRONG else f"1380012{number:04}"
        sheet.append((name, phone, "电饭煲" if value > 100 else "保温杯", value, 1, "2026-09-12", f"N{number}"))
    book.save(path)
    return path


def _uploaded(walk: Walk) -> None:
    """The store's manager brings the file; a trial run counts, the import keeps the line with the wrong phone."""
    page = walk.open("store_manager", "/imports/")
    page.locator("[name=kind]").select_option("gift_lists")
    page.locator("[name=file]").set_input_files(_file(walk.folder / "中秋礼品.xlsx"))
    page.locator("main form .btn-primary").click()
    page.wait_for_url("**/imports/*/")
    assert page.locator("[name=field_value]").input_value() == "3"
    page.locator("[name=option_promotion]").fill("中秋礼品")
    walk.picture(page, "import-columns")
    for what in ("trial", "import"):
        page.locator(f"button[name=do][value={what}]").click()
        page.locator("#progress").wait_for()
        walk.work()
        page.locator("#progress").wait_for(state="detached")
        shown = counts(page)
        assert shown[walk.say("新增", "Added")] == "10"
        assert shown[walk.say("电话有误但已保留的行", "Lines kept that have a wrong phone")] == "1"
    walk.picture(page, "import-done")
    page.get_by_role("link", name=walk.say("继续处理导入内容", "Go on with what came in")).click()
    page.wait_for_url("**/gift-lists/")
    walk.picture(page, "lists")
    page.get_by_role("link", name="中秋礼品").click()
    page.wait_for_url("**/gift-lists/*/")
    walk.notes["list"] = page.url


def _handed_in(walk: Walk) -> None:
    """The wrong line says so; handed in, nothing can be changed and the promise runs."""
    page = walk.page("store_manager")
    wrong = page.locator("tr[data-row]", has_text=WRONG)
    assert walk.say("电话有误", "This is no number that can be reached") in words(wrong)
    walk.picture(page, "list-draft")
    page.locator("button[name=do][value=submit]").click()
    page.locator("dialog[open] .btn-primary, dialog[open] .btn-danger").first.click()
    page.locator("dl.facts .clock").wait_for()
    assert words(page.locator("dl.facts .clock-at")) == walk.say("9月29日 09:30", "29 Sep 09:30")
    assert page.locator("[name=gift]").count() == 0
    walk.work()


def _dearest_first(walk: Walk, sms: Peer) -> None:
    """Forty percent of ten are asked, the dearest gift today, one more each working day."""
    page = walk.open("store_manager", f"{walk.notes['list']}?which=drawn")
    names = [words(row.locator("td").nth(1)).split(" ")[0] for row in page.locator("tr[data-row]").all()]
    assert names == list(DEAREST)
    walk.job(plan_visit_links)
    walk.job(send_visit_links)
    assert [one.number for one in sms.accepted] == ["13800120005"]
    assert sms.accepted[0].values["store"] == "人民路店"
    assert sms.accepted[0].values["gift"] == "电饭煲×1"
    assert Customer.objects.count() == 9
    walk.picture(page, "list-checking")


def _link(sms: Peer, site: str, number: int) -> str:
    return f"{site}/q/{sms.accepted[number].values['token']}/"


def _not_received(walk: Walk, sms: Peer, site: str) -> None:
    """On the phone: one tap for no, a word, and it is sent."""
    walk.at("2026-09-15 12:05")
    phone = walk.open("customer", _link(sms, site, 0))
    walk.picture(phone, "question")
    phone.locator("#q-received label", has=phone.locator("[value=no]")).tap()
    expect(phone.locator("#q-right")).to_be_hidden()
    phone.locator("#q-note textarea").fill("店员说没有货，让我等电话")
    walk.picture(phone, "not-received")
    phone.locator(".ask-end button").tap()
    phone.locator(".public-done").wait_for()


def _others_answer(walk: Walk, sms: Peer, site: str) -> None:
    """The three others are asked on the days that follow and have what the list says."""
    for number, day in enumerate(("16", "17", "18"), 1):
        walk.at(f"2026-09-{day} 09:40")
        walk.job(ask_about_gifts)
        walk.job(plan_visit_links)
        walk.job(send_visit_links)
        assert len(sms.accepted) == number + 1
        phone = walk.open(f"customer-{number}", _link(sms, site, number))
        for code in ("received", "right", "all", "good"):
            phone.locator(f"#q-{code} label", has=phone.locator("[value=yes]")).tap()
        phone.locator(".ask-end button").tap()
        phone.locator(".public-done").wait_for()
        if day == "16":
            _owed(walk)


def _owed(walk: Walk) -> None:
    """The error stands in the day of the store's manager, with its clock."""
    page = walk.open("store_manager", "/")
    row = page.locator("tr[data-row]", has_text="中秋礼品")
    assert walk.say("补正礼品差错", "Mend the error of a gift list") in words(row)
    assert words(row.locator(".clock-at")) == walk.say("9月18日 13:00", "18 Sep 13:00")
    walk.picture(page, "store-today")


def _owed_and_mended(walk: Walk) -> None:
    """The manager of the store says how it came about and what was done; late stays on record, had it been late."""
    walk.at("2026-09-18 10:30")
    page = walk.open("store_manager", "/gift-errors/")
    walk.picture(page, "errors")
    page.get_by_role("link", name=walk.say("未收到", "Not received")).click()
    page.wait_for_url("**/gift-errors/*/")
    walk.notes["error"] = page.url
    assert page.get_by_text("店员说没有货，让我等电话").count() > 0
    page.locator("[name=explanation]").fill("当天缺货，登记后忘了补发")
    page.locator("main button.btn-primary").click()
    page.locator(".field-error").wait_for()
    assert page.locator("[name=explanation]").input_value() == "当天缺货，登记后忘了补发"
    walk.picture(page, "error-to-mend")
    page.locator("[name=evidence]").fill("9月18日送货上门，客户已签收")
    page.locator("main button.btn-primary").click()
    page.locator(".badge", has_text=walk.say("已补正，待核实", "Mended, to be verified")).wait_for()
    walk.picture(page, "error-mended")

    page = walk.open("service_manager", walk.notes["list"])
    assert walk.say("差错待补正", "Errors to be mended") in words(page.locator(".sheet-lead"))
    assert page.locator("button[name=do][value=sign]").count() == 0


def _asked_again(walk: Walk) -> None:
    """An agent asks the recipient again at the ordinary workstation; the answer closes the error."""
    walk.at("2026-09-18 14:10")
    page = _visit_of(walk, walk.say("礼品补正核实", "Gift asked about again"))
    assert page.get_by_text("9月18日送货上门，客户已签收").count() > 0
    page.keyboard.press("c")
    page.locator(".dial-number").wait_for()
    for code in ("received", "right", "all", "good"):
        page.locator(f"[name={code}][value=yes]").check()
    walk.picture(page, "asked-again")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda url: url != walk.notes["visit"])

    error = walk.open("store_manager", walk.notes["error"])
    error.locator(".badge", has_text=walk.say("已补正并核实", "Mended and verified")).wait_for()
    assert error.get_by_text(walk.say("领取人已确认。", "The recipient confirmed it.")).count() > 0
    walk.picture(error, "error-closed")


def _visit_of(walk: Walk, kind: str) -> Page:
    for who in ("agent", "agent2"):
        page = walk.open(who, "/visits/?tab=open")
        row = page.locator("tr[data-row]", has_text=kind)
        if row.count() and row.get_by_text(who).count() + page.locator("tr[data-row]").count():
            row.locator("a").first.click()
            page.wait_for_url(re.compile(r"/visits/\d+/"))
            walk.notes["visit"] = page.url
            return page
    raise AssertionError("nobody has the visit")


def _complete_and_signed(walk: Walk) -> None:
    """Nothing is open any more: the list is complete, a manager signs, and the sheet is taken away."""
    page = walk.open("service_manager", walk.notes["list"])
    assert words(page.locator("dl.facts .clock-left")) == walk.say("按时完成", "Kept in time")
    walk.picture(page, "list-complete")
    page.locator("button[name=do][value=sign]").click()
    page.locator("dialog[open] .btn-primary, dialog[open] .btn-danger").first.click()
    page.locator(".sheet-lead .badge", has_text=walk.say("已签核", "Signed off")).wait_for()
    page.get_by_role("link", name=walk.say("结果表", "Result sheet")).click()
    page.wait_for_url("**/result/")
    walk.picture(page, "result")
    shares = [
        [words(cell) for cell in row.locator("td").all()]
        for row in page.locator("table").first.locator("tbody tr").all()
    ]
    assert [row[1:] for row in shares] == [
        ["3", "4", "75.0", "30.1–95.4"],
        ["1", "4", "25.0", "4.6–69.9"],
        ["0", "4", "0.0", "0.0–49.0"],
        ["0", "4", "0.0", "0.0–49.0"],
    ]
    with page.expect_download() as loading:
        page.get_by_role("link", name="Excel").click()
    path = walk.folder / "result.xlsx"
    loading.value.save_as(path)
    cells = [cell for row in load_workbook(path).worksheets[0].iter_rows(values_only=True) for cell in row]
    assert walk.say("已补正并核实（元）", "Mended and verified, yuan") in cells
    assert "899.00" in cells
