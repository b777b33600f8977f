"""Many cases at once, in Chinese and in English: a macro, a choice, what would happen, the safety stop, the way back,
and the command bar (CAS-15).
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from huiyin.cases.actions.assign import assign_case
from huiyin.cases.actions.open_case import open_case
from huiyin.cases.actions.resume import resume_case
from huiyin.cases.models import Case, CaseRules
from huiyin.foundation import clock
from tests.journeys.walk import Walk

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WORK = re.compile(r"/cases/bulk/\d+/$")


def test_many_cases_are_changed_and_put_back(walk: Walk) -> None:
    three_cases(walk)
    a_macro_is_made(walk)
    it_runs_from_the_command_bar(walk)
    two_are_chosen_by_keys(walk)
    the_number_is_typed(walk)
    all_but_one_are_put_back(walk)


def three_cases(walk: Walk) -> None:
    """Of the head's own department; more than two at once ask for their number."""
    CaseRules.objects.create(kind="conduct", version=9, data={"bulk_stop": 1}, effective_from=clock.now())
    call = walk.company.call("agent")
    for place in range(3):
        text = f"第{place + 1}台热水器不出热水"
        case = open_case(call, kind="repair", topic="technical", channel="phone", description=text)
        assign_case(walk.company.call("director"), case.pk, staff_id=walk.company.staff["technical_head"].pk)
        walk.notes[str(place)] = case.number


def a_macro_is_made(walk: Walk) -> None:
    """A note and the wait for a part, under one name."""
    page = walk.open("technical_head", "/cases/macros/")
    page.get_by_label(walk.say("名称", "Name")).fill("缺件流程")
    page.get_by_role("button", name=walk.say("新建宏", "New macro")).click()
    page.get_by_role("link", name=walk.say("添加备注", "Add a note")).click()
    page.get_by_label(walk.say("内部备注", "Internal note")).fill("已向仓库要件")
    page.get_by_role("button", name=walk.say("添加此步骤", "Add the step")).click()
    page.get_by_role("link", name=walk.say("转为等待", "Set to waiting")).click()
    page.get_by_label(walk.say("等待备件", "Waiting for a spare part")).check()
    page.get_by_label(walk.say("等待内容", "What is missing")).fill("加热管")
    page.get_by_role("button", name=walk.say("添加此步骤", "Add the step")).click()
    expect(page.locator("ol.card-list li")).to_have_count(2)
    walk.picture(page, "macro")


def it_runs_from_the_command_bar(walk: Walk) -> None:
    """Ctrl K, the number of a case, Enter; then the macro from the case's own keys."""
    page = walk.page("technical_head")
    page.keyboard.press("Control+k")
    page.keyboard.type(walk.notes["0"])
    expect(page.locator("#command [data-found] [role=option]")).to_have_count(1)
    walk.picture(page, "command-bar")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/cases/\d+/"))
    page.keyboard.press("t")
    page.locator("#step").get_by_role("button", name=walk.say("执行", "Run")).click()
    expect(page.locator(".sheet-lead .badge").first).to_have_text(walk.say("等待中", "Waiting"))
    page.keyboard.press("?")
    expect(page.locator("[data-page-keys]")).to_contain_text(walk.say("添加任务", "Add a task"))
    page.keyboard.press("Escape")
    walk.picture(page, "macro-has-run")


def two_are_chosen_by_keys(walk: Walk) -> None:
    """x chooses the row one stands on; the preview says who is refused and why."""
    page = walk.open("technical_head", "/cases/?tab=mine")
    for _row in range(3):
        page.keyboard.press("j")
        page.keyboard.press("x")
    expect(page.locator("[data-picked-count]")).to_have_text("3")
    walk.picture(page, "chosen")
    page.keyboard.press("m")
    page.wait_for_url(WORK)
    page.get_by_role("button", name="缺件流程").click()
    expect(page.locator(".stats")).to_contain_text(re.compile(r"2\D+0\D+1"))
    refused = walk.say("处于“等待中”状态时不能这样操作。", "In the state “Waiting” this is not possible.")
    expect(page.get_by_text(refused)).to_be_visible()
    walk.picture(page, "preview")


def the_number_is_typed(walk: Walk) -> None:
    """The wrong number changes nothing; with the right one the worker does it."""
    page = walk.page("technical_head")
    go = page.get_by_role("button", name=walk.say("更改 2 张工单", "Change 2 cases"))
    page.get_by_label(walk.say("工单数", "Number of cases")).fill("2")
    go.click()
    expect(
        page.get_by_text(walk.say("请输入工单数 3 以继续。", "Type the number of cases, 3, to go on.")).first
    ).to_be_visible()
    assert Case.objects.filter(state="waiting").count() == 1
    page.get_by_label(walk.say("工单数", "Number of cases")).fill("3")
    go.click()
    page.wait_for_url(WORK)
    walk.work()
    expect(page.get_by_text(walk.say("可撤回至", "Possible until"))).to_be_visible(timeout=15_000)
    walk.picture(page, "result")
    assert Case.objects.filter(state="waiting").count() == 3


def all_but_one_are_put_back(walk: Walk) -> None:
    """A colleague worked on one of them meanwhile: that one stays."""
    touched = Case.objects.get(number=walk.notes["1"])
    assign_case(walk.company.call("director"), touched.pk, staff_id=walk.company.staff["engineer"].pk)
    resume_case(walk.company.call("engineer"), touched.pk)
    page = walk.page("technical_head")
    page.get_by_role("button", name=walk.say("撤回", "Take it back")).click()
    page.wait_for_url(WORK)
    walk.work()
    expect(page.get_by_text(walk.say("之后已有人改动过。", "Somebody has changed it since.")).first).to_be_visible(
        timeout=15_000
    )
    walk.picture(page, "put-back")
    states = dict(Case.objects.values_list("number", "state"))
    assert states == {walk.notes["0"]: "waiting", walk.notes["1"]: "open", walk.notes["2"]: "open"}
