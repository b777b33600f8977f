"""Two colleagues over one case, in Chinese and in English: a name in a note, who follows, words kept while they are
typed, and a colleague who was faster (CAS-15).
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from huiyin.cases.actions.open_case import open_case
from huiyin.cases.models import CaseWatcher, Draft
from huiyin.organisation.public import Staff
from tests.journeys.walk import Walk, words

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
NEVER_SENT = "压缩机要等到周四"


def test_colleagues_work_on_one_case(walk: Walk) -> None:
    case = begin(walk)
    a_colleague_is_named(walk, case)
    the_colleague_follows(walk, case)
    words_outlive_a_reload(walk, case)
    a_second_device_goes_on(walk, case)
    both_are_there(walk, case)
    the_colleague_was_faster(walk, case)


def begin(walk: Walk) -> str:
    """A case of the agent's; the colleague's name is a Chinese one."""
    Staff.objects.filter(pk=walk.company.staff["agent2"].pk).update(name="单晓红")
    Staff.objects.filter(pk=walk.company.staff["agent"].pk).update(name="王芳")
    call = walk.company.call("agent")
    case = open_case(
        call,
        kind="repair",
        topic="other",
        channel="phone",
        description="冷柜不制冷，店里的货要坏了",
        reporter_name="赵强",
    )
    return f"/cases/{case.pk}/"


def a_colleague_is_named(walk: Walk, case: str) -> None:
    """Typed by the first letters of her name; the list offers her, Enter takes her."""
    assert walk.status("agent2", case) == 404
    page = walk.open("agent", case)
    typing = page.locator("#composer textarea")
    typing.press_sequentially("请 @sxh", delay=20)
    choice = page.locator("[data-mention]")
    expect(choice).to_have_count(1)
    expect(choice).to_contain_text("单晓红")
    walk.picture(page, "name-offered")
    typing.press("Enter")
    number = walk.company.staff["agent2"].username
    expect(typing).to_have_value(f"请 @单晓红({number}) ")
    typing.press_sequentially("看看库存", delay=5)
    expect(page.locator("#composer .draft")).to_contain_text(walk.say("草稿已保存", "Draft kept"))
    page.get_by_role("button", name=walk.say("内部备注", "Internal note"), exact=True).click()
    expect(page.locator(".talk-note .mention")).to_have_text("@单晓红")
    expect(page.get_by_role("heading", name=walk.say("关注人", "Followers"), exact=True)).to_be_visible()
    walk.picture(page, "named")


def the_colleague_follows(walk: Walk, case: str) -> None:
    """She is told, sees the case, may note but not work; both see that the other is there."""
    page = walk.open("agent2", "/notices/")
    told = page.locator("main").get_by_text(walk.say("在工单", "names you in"))
    assert words(told.first).startswith(walk.say("王芳 在工单 GD", "王芳 names you in GD"))
    page = walk.open("agent2", case)
    expect(page.get_by_text(walk.say("您是此工单的关注人", "You follow this case"))).to_be_visible()
    assert page.get_by_role("button", name=walk.say("发送", "Send"), exact=True).count() == 0
    expect(page.locator(".here")).to_have_text(walk.say("王芳 也在查看此工单。", "王芳 is also looking at this case."))
    walk.picture(page, "follower")
    assert CaseWatcher.objects.get().why == "mention"


def words_outlive_a_reload(walk: Walk, case: str) -> None:
    """What was typed and not sent is there after a reload; the colleague sees that somebody writes."""
    page = walk.open("agent", case)
    page.locator("#composer textarea").press_sequentially(NEVER_SENT, delay=5)
    expect(page.locator("#composer .draft")).to_contain_text(walk.say("草稿已保存", "Draft kept"))
    page.reload()
    expect(page.locator("#composer textarea")).to_have_value(NEVER_SENT)
    other = walk.open("agent2", case)
    expect(other.locator(".here")).to_have_text(
        walk.say("王芳 正在此工单中输入。", "王芳 is writing in this case right now.")
    )


def a_second_device_goes_on(walk: Walk, case: str) -> None:
    """The same person's phone goes on from the same words, while the desk goes on as well."""
    walk.pages["phone"] = walk.visit("agent", language=walk.language, size="phone")
    phone, desk = walk.open("phone", case), walk.page("agent")
    expect(phone.locator("#composer textarea")).to_have_value(NEVER_SENT)
    for page in (desk, phone):
        page.locator("#composer textarea").press("Control+End")
    desk.locator("#composer textarea").press_sequentially("，已订货", delay=5)
    expect(desk.locator('#composer [name="draft_version"]')).to_have_value(re.compile("^[2-9]$"))
    phone.locator("#composer textarea").press_sequentially("下午", delay=5)
    expect(phone.locator(".draft-other")).to_be_visible()
    walk.picture(phone, "two-drafts")


def both_are_there(walk: Walk, case: str) -> None:
    """Both drafts are kept; one is thrown away."""
    assert sorted(Draft.objects.values_list("values__text", flat=True)) == sorted(
        [f"{NEVER_SENT}，已订货", f"{NEVER_SENT}下午"]
    )
    page = walk.open("agent", case)
    page.get_by_role("button", name=walk.say("丢弃", "Throw away")).click()
    expect(page.locator(".draft-other")).to_have_count(0)
    assert Draft.objects.count() == 1


def the_colleague_was_faster(walk: Walk, case: str) -> None:
    """The head of the department writes to the customer; the agent's answer is refused once, its words stay."""
    page = walk.open("agent", case)
    typing = page.locator("#composer textarea")
    typing.fill("明天上午十点上门")
    head = walk.open("service_manager", case)
    head.locator("#composer textarea").fill("师傅今天下午到")
    head.get_by_role("button", name=walk.say("发送", "Send"), exact=True).click()
    expect(head.locator(".talk-ours").last).to_contain_text("师傅今天下午到")
    page.get_by_role("button", name=walk.say("发送", "Send"), exact=True).click()
    refused = walk.say("刚刚给客户发了消息", "has written to the customer in the meantime")
    expect(page.locator("form").get_by_text(refused)).to_be_visible()
    field = page.get_by_role("textbox", name=walk.say("回复客户", "Write to the customer"))
    expect(field).to_have_value("明天上午十点上门")
    walk.picture(page, "colleague-was-faster")
    field.fill("师傅下午到，明天再回访")
    page.locator("main form .btn-primary").click()
    expect(page.locator(".talk-ours").last).to_contain_text("师傅下午到，明天再回访")
    assert Draft.objects.count() == 0
