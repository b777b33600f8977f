"""What is known already, in both languages: one matter told by mail and by phone is found, told to whoever the table
names, and made one case; what solved a case becomes an article and helps with the next (CAS-12, CAS-15, KNO-1).
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from huiyin.cases.actions.finish import finish_work
from huiyin.cases.actions.open_case import open_case
from huiyin.cases.actions.start import start_work
from huiyin.cases.actions.tell import tell_result
from huiyin.cases.actions.verify import verify_case
from huiyin.cases.models import CaseEscalation
from huiyin.cases.public import Case
from huiyin.cases.reactions import take_message
from huiyin.channels.public import MessageReceived
from huiyin.customers.public import Contact, Customer
from huiyin.foundation.calls import system_call
from tests.journeys.case_is_handled import step
from tests.journeys.walk import Walk, words

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
BY_MAIL, BY_PHONE = "GD20260928-0001", "GD20260929-0001"
LEAK = "净水器滤芯座漏水，厨房地板泡坏了，前天打过热线没有人回"
CALLED = "厨房净水器滤芯座一直漏水，地板都泡坏了，热线没人回我"
ARTICLE = re.compile(r"/articles/\d+/$")


def test_a_repeat_complainer_over_mail_and_phone_is_recognised_and_joined(walk: Walk) -> None:
    a_complaint_comes_by_mail(walk)
    the_customer_calls_and_the_form_knows(walk)
    whom_the_table_names_is_told_once(walk)
    the_two_are_joined_by_a_click(walk)
    the_file_shows_one_case(walk)


def a_complaint_comes_by_mail(walk: Walk) -> None:
    """The sender is in a customer's file; a mail does not say that it is a complaint, the manager does."""
    walk.clock.set("2026-09-28 09:10")
    buyer = Customer.objects.create(number="CS1", name="林悦", sort_key="lin", registered_at="2026-09-01T00:00:00Z")
    Contact.objects.create(customer=buyer, name="林悦", phone="+8613800000042", email="lin@x.example", is_primary=True)
    mail = MessageReceived(1, "email_in", "lin@x.example", "净水器漏水", LEAK, None)
    take_message(system_call(), mail)
    case = Case.objects.get(number=BY_MAIL)
    assert (case.customer, case.repeated) == (buyer, False)
    walk.notes["case"] = f"/cases/{case.pk}/"
    step(walk, "service_manager", "triage", kind="complaint", level="important", reason="客户来信投诉漏水")


def the_customer_calls_and_the_form_knows(walk: Walk) -> None:
    """While the agent types words and number, the form names the mail's case; the new one is known as a repetition."""
    walk.at("2026-09-29 10:00")
    page = walk.open("agent", "/cases/new/")
    page.locator("[name=kind]").select_option("complaint")
    page.locator("[name=topic]").select_option("other")
    page.locator("[name=description]").press_sequentially(CALLED, delay=5)
    page.locator("[name=reporter_phone]").press_sequentially("13800000042", delay=5)
    known = page.locator("form .note-soon")
    expect(known).to_contain_text(walk.say("同一客户", "same customer"))
    expect(known.get_by_role("link")).to_have_text(f"{BY_MAIL} 净水器漏水")
    walk.picture(page, "known-while-typing")
    page.get_by_role("button", name=walk.say("提交工单", "Open the case")).click()
    page.wait_for_url(re.compile(r"/cases/\d+/$"))
    expect(page.get_by_role("link", name=BY_MAIL, exact=True)).to_be_visible()
    case = Case.objects.get(number=BY_PHONE)
    assert (case.customer.number if case.customer else "", case.channel) == ("CS1", "phone")
    assert (case.repeated, case.earlier_complaints, case.needs_senior) == (True, 1, True)
    assert case.repeat_of == Case.objects.get(number=BY_MAIL)
    walk.notes["case"] = f"/cases/{case.pk}/"


def whom_the_table_names_is_told_once(walk: Walk) -> None:
    """The department's head is its service manager: named twice, told once, also after the level is decided anew."""
    manager = walk.company.staff["service_manager"]
    assert list(CaseEscalation.objects.filter(why="repeated").values_list("case__number", "told")) == [
        (BY_PHONE, [manager.pk])
    ]
    step(walk, "service_manager", "triage", level="important", reason="第二次投诉")
    told = walk.say("为该客户第 2 次投诉", "complaint number 2 of this customer")
    page = walk.open("service_manager", "/notices/")
    expect(page.locator("main").get_by_text(told)).to_have_count(1)
    walk.picture(page, "told")
    for who in ("agent", "quality"):
        expect(walk.open(who, "/notices/").locator("main").get_by_text(told)).to_have_count(0)


def the_two_are_joined_by_a_click(walk: Walk) -> None:
    """Beside the case stands the other one with the reasons; the mail's case gets the words of the call."""
    page = walk.open("agent", walk.notes["case"])
    same = page.locator("#alike section").first
    expect(same.get_by_role("heading")).to_have_text(walk.say("是否同一件事？", "The same matter?"))
    expect(same.locator(".alike-why")).to_contain_text(walk.say("同一客户", "same customer"))
    walk.picture(page, "the-same-matter")
    same.get_by_role("button", name=walk.say("合并", "Merge"), exact=True).click()
    expect(page.locator("#ask")).to_contain_text(BY_MAIL)
    page.locator("#ask button[value=yes]").click()
    expect(page.locator(".sheet-lead .badge")).to_have_text(walk.say("已并入其他工单", "Merged into another case"))
    case = Case.objects.get(number=BY_PHONE)
    assert (case.state, case.merged_into) == ("merged", Case.objects.get(number=BY_MAIL))
    walk.picture(page, "merged")


def the_file_shows_one_case(walk: Walk) -> None:
    page = walk.open("agent", f"/customers/{Customer.objects.get().pk}/")
    panel = page.locator("section", has=page.get_by_role("heading", name=re.compile(walk.say("^工单", "^Cases"))))
    expect(panel.locator(".count")).to_have_text("1")
    expect(panel.locator("li")).to_have_count(1)
    expect(panel.locator("li")).to_contain_text(BY_MAIL)
    walk.picture(page, "one-case")
    panel.get_by_role("link").first.click()
    expect(page.locator(".talk")).to_contain_text(CALLED)
    expect(page.locator("#alike")).not_to_contain_text(BY_PHONE)
    walk.picture(page, "joined")


def test_an_article_of_a_solved_case_is_reviewed_found_and_helps_with_the_next(walk: Walk) -> None:
    walk.clock.set("2026-09-28 09:10")
    article = a_solved_case_becomes_an_article(walk)
    another_person_publishes_it(walk, article)
    two_characters_find_it(walk)
    it_helps_with_the_next_case(walk)


def a_solved_case_becomes_an_article(walk: Walk) -> str:
    """Without the customer's number; handed in for review."""
    page = walk.open("agent", f"/cases/{solved_case(walk)}/")
    page.get_by_role("button", name=walk.say("生成知识文章", "Make an article of it")).click()
    page.wait_for_url(ARTICLE)
    expect(page.locator(".article-text")).to_contain_text("【号码】")
    expect(page.locator(".article-text")).to_contain_text("更换滤芯座密封圈")
    expect(page.locator("main")).not_to_contain_text("13800000042")
    walk.picture(page, "draft")
    page.get_by_role("button", name=walk.say("提交审核", "Hand in for review"), exact=True).click()
    expect(page.locator(".sheet-lead .badge")).to_have_text(walk.say("审核中", "In review"))
    return page.url


def solved_case(walk: Walk) -> int:
    call = walk.company.call("agent")
    told = {"kind": "repair", "topic": "technical", "channel": "phone", "title": "净水器滤芯座漏水"}
    case = open_case(call, description=f"{LEAK}，电话13800000042", **told)
    verify_case(call, case.pk, note="已核对")
    start_work(call, case.pk)
    finish_work(call, case.pk, test="试水三十分钟无渗漏")
    tell_result(call, case.pk, result="更换滤芯座密封圈")
    return case.pk


def another_person_publishes_it(walk: Walk, article: str) -> None:
    """Who wrote it has no button for that."""
    publish = walk.say("发布", "Publish")
    expect(walk.page("agent").get_by_role("button", name=publish, exact=True)).to_have_count(0)
    page = walk.open("quality", article)
    page.get_by_role("button", name=publish, exact=True).click()
    expect(page.locator(".sheet-lead .badge")).to_have_text(walk.say("已发布", "Published"))
    walk.picture(page, "published")


def two_characters_find_it(walk: Walk) -> None:
    page = walk.open("store_manager", "/articles/")
    walk.picture(page, "articles")
    page.locator("main input[name=text]").press_sequentially("漏水", delay=30)
    expect(page.locator("#articles li")).to_have_count(1)
    expect(page.locator("#articles li a")).to_have_text("净水器滤芯座漏水")
    walk.picture(page, "found")


def it_helps_with_the_next_case(walk: Walk) -> None:
    call = walk.company.call("agent")
    told = {"kind": "repair", "topic": "technical", "channel": "phone"}
    case = open_case(call, description="净水器滤芯座又漏水了", **told)
    page = walk.open("agent", f"/cases/{case.pk}/")
    beside = page.locator("#alike")
    beside.get_by_role("button", name=walk.say("采用", "Use this"), exact=True).click()
    expect(beside.locator(".tag")).to_have_text(walk.say("已采用", "Used here"))
    assert "净水器滤芯座漏水" in words(beside)
    walk.picture(page, "used")
