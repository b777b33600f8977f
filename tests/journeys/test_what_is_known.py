"""A repeat complainer over mail and phone, and an article from a solved case, in Chinese and English (CAS-12, KNO-1)."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from huiyin.cases.actions.finish import finish_work
from huiyin.cases.actions.open_case import open_case
from huiyin.cases.actions.receive_message import receive_message
from huiyin.cases.actions.start import start_work
from huiyin.cases.actions.tell import tell_result
from huiyin.cases.actions.verify import verify_case
from huiyin.cases.public import Case
from huiyin.customers.public import Contact, Customer
from huiyin.foundation.calls import system_call
from tests.journeys.walk import Walk, words

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
ARTICLE = re.compile(r"/articles/\d+/")
LEAK = "净水器滤芯座漏水,厨房地板泡坏了,前天打过热线没有人回"


def test_a_repeat_complainer_over_mail_and_phone_is_recognised_and_joined(walk: Walk) -> None:
    walk.clock.set("2026-09-28 09:10")
    a_mail_comes_in()
    walk.at("2026-09-29 10:00")
    the_customer_calls_and_the_form_knows_it(walk)
    the_managers_are_told(walk)
    the_two_are_joined(walk)


def a_mail_comes_in() -> None:
    buyer = Customer.objects.create(number="CS1", name="林悦", sort_key="lin", registered_at="2026-09-01T00:00:00Z")
    Contact.objects.create(customer=buyer, name="林悦", phone="+8613800000042", email="lin@x.example", is_primary=True)
    told = {"message_id": 1, "channel": "email", "sender": "lin@x.example", "subject": "净水器漏水", "thread_of": None}
    receive_message(system_call(), text=LEAK, **told)
    Case.objects.update(kind="complaint")


def the_customer_calls_and_the_form_knows_it(walk: Walk) -> None:
    page = walk.open("service_manager", "/cases/new/")
    page.get_by_label(walk.say("事情经过", "What happened")).fill(
        "厨房净水器滤芯座一直漏水,地板都泡坏了,热线没人回我"
    )
    page.get_by_label(walk.say("电话", "Phone"), exact=True).fill("13800000042")
    known = page.locator(".note-soon")
    expect(known).to_contain_text("GD20260928-0001")
    expect(known).to_contain_text(walk.say("同一客户", "same customer"))
    walk.picture(page, "known-already")
    page.get_by_role("button", name=walk.say("提交工单", "Open the case")).click()
    page.wait_for_url(re.compile(r"/cases/\d+/$"))
    walk.notes["case"] = page.url
    case = Case.objects.get(number="GD20260929-0001")
    assert (case.repeated, case.earlier_complaints, case.needs_senior) == (True, 1, True)


def the_managers_are_told(walk: Walk) -> None:
    page = walk.open("service_manager", walk.notes["case"])
    same = page.locator("#alike")
    expect(same).to_contain_text(walk.say("是否同一件事", "The same matter?"))
    expect(same).to_contain_text(walk.say("同一客户", "same customer"))
    walk.picture(page, "the-same-matter")


def the_two_are_joined(walk: Walk) -> None:
    page = walk.page("service_manager")
    page.locator("#alike").get_by_role("button", name=walk.say("合并", "Merge"), exact=True).click()
    page.locator("dialog[open] .btn-danger, dialog[open] .btn-primary").first.click()
    page.wait_for_load_state("networkidle")
    assert Case.objects.get(number="GD20260929-0001").state == "merged"


def test_an_article_is_made_reviewed_found_and_suggested(walk: Walk) -> None:
    walk.clock.set("2026-09-28 09:10")
    solved = a_solved_case(walk)
    page = walk.open("agent", f"/cases/{solved}/")
    page.get_by_role("button", name=walk.say("生成知识文章", "Make an article of it")).click()
    page.wait_for_url(ARTICLE)
    expect(page.locator(".article-text")).to_contain_text("【号码】")
    walk.picture(page, "draft")
    page.get_by_role("button", name=walk.say("提交", "Hand in"), exact=True).click()
    page.wait_for_url(ARTICLE)
    article = page.url
    reviewer = walk.open("quality", article)
    reviewer.get_by_role("button", name=walk.say("发布", "Publish"), exact=True).click()
    expect(reviewer.locator(".sheet-lead .badge")).to_have_text(walk.say("已发布", "Published"))
    reader = walk.open("store_manager", "/articles/")
    reader.locator("input[name=text]").press_sequentially("漏水", delay=30)
    expect(reader.locator("#articles li")).to_have_count(1)
    walk.picture(reader, "found")
    another = open_case(
        walk.company.call("agent"),
        kind="repair",
        topic="technical",
        channel="phone",
        description="净水器滤芯座又漏水了",
    )
    page = walk.open("agent", f"/cases/{another.pk}/")
    page.locator("#alike").get_by_role("button", name=walk.say("采用", "Use this"), exact=True).click()
    expect(page.locator("#alike .tag").first).to_contain_text(walk.say("采用", "Used"))
    assert "净水器" in words(page.locator("#alike"))
    walk.picture(page, "used")


def a_solved_case(walk: Walk) -> int:
    call = walk.company.call("agent")
    told = {"kind": "repair", "topic": "technical", "channel": "phone", "title": "净水器滤芯座漏水"}
    case = open_case(call, description=f"{LEAK},电话13800000042", **told)
    verify_case(call, case.pk, note="已核对")
    start_work(call, case.pk)
    finish_work(call, case.pk, test="试水三十分钟无渗漏")
    tell_result(walk.company.call("agent"), case.pk, result="更换滤芯座密封圈")
    return case.pk
