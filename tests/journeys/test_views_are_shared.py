"""A view is put together row by row, shared, and used by a colleague, who opens one case after the other (CAS-15)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from huiyin.cases.public import open_case
from huiyin.kernel.call import Call
from tests.journeys.walk import Walk, words

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


SEEN_BY_SERVICE = ["冷柜停机，肉已化冻", "空调漏水泡坏地板"]


def test_a_view_is_made_shared_and_used(walk: Walk) -> None:
    walk.clock.set("2026-09-22 10:00")
    there_are_cases(walk)
    the_manager_makes_it(walk)
    a_colleague_uses_it(walk)
    another_department_does_not_see_it(walk)
    what_is_personal_stays_so(walk)
    the_rules_say_who_gets_what(walk)


def there_are_cases(walk: Walk) -> None:
    """Four pressing ones, one of them with the technical department and one about something else; and a calm one."""
    for description, level, topic, by in (
        (SEEN_BY_SERVICE[0], "urgent", "other", "agent"),
        (SEEN_BY_SERVICE[1], "urgent", "other", "agent"),
        ("冷柜压缩机烧坏", "urgent", "technical", "technical_head"),
        ("热水器打不着火", "urgent", "other", "agent"),
        ("想了解空调保养", "general", "other", "agent"),
    ):
        call = Call(actor=walk.company.actor(by), now=walk.clock.now)
        open_case(call, kind="repair", topic=topic, channel="phone", description=description, level=level)


def the_manager_makes_it(walk: Walk) -> None:
    """Fields are added one by one, a group within, the count follows; an unfinished row is named, nothing is lost."""
    page = walk.open("director", "/cases/views/new/")
    page.locator("[name=name]").fill("冷柜空调急修")
    page.locator("[name=name_en]").fill("Urgent cooling")
    page.locator("[name=audience]").select_option("team")
    page.locator("[name=department_id]").select_option(label="客户服务部")
    page.locator("[name=condition-0-new]").select_option("level")
    page.locator("[name=condition-0-0-is]").wait_for()
    page.locator("main .btn-primary").click()
    page.locator(".field-error").first.wait_for()
    wanted = walk.say("请选择“级别”可以是哪些值。", "Choose what “Level” may be.")
    assert words(page.locator(".field-error").first) == wanted
    assert page.locator("[name=name]").input_value() == "冷柜空调急修"
    walk.picture(page, "view-unfinished-row")
    page.locator("[name=condition-0-0-value][value=urgent]").check()
    counted(walk, page, "目前有 4 张工单符合条件。", "4 cases match now.")
    page.locator("[name=condition-edit][value=group]").click()
    page.locator("[name=condition-1-mode]").select_option("any")
    for place, word in enumerate(("冷柜", "空调")):
        page.locator("[name=condition-1-new]").select_option("text")
        typed(page, f"[name=condition-1-{place}-text]", word)
    counted(walk, page, "目前有 3 张工单符合条件。", "3 cases match now.")
    walk.picture(page, "view-put-together")
    page.locator("main .form-end .btn-primary").click()
    page.wait_for_url("**/cases/?tab=*")
    assert tab_of(page) == walk.say("冷柜空调急修 3", "Urgent cooling 3")
    walk.notes["view"] = page.url.partition("tab=")[2]


def counted(walk: Walk, page: Page, chinese: str, english: str) -> None:
    page.locator(".condition-count", has_text=walk.say(chinese, english)).wait_for()


def typed(page: Page, place: str, word: str) -> None:
    """Types a word and leaves the field."""
    page.locator(place).fill(word)
    page.locator(place).press("Tab")


def tab_of(page: Page) -> str:
    """The view that is open, with its count."""
    tab = page.locator("#case-views [aria-current]")
    tab.locator(".count").wait_for()
    return words(tab)


def a_colleague_uses_it(walk: Walk) -> None:
    """The agent finds the view among the tabs, with the cases of the own department alone, and walks it by a key."""
    page = walk.open("agent", "/cases/")
    page.locator("#case-views").get_by_role("link", name=walk.say("冷柜空调急修", "Urgent cooling")).click()
    page.wait_for_url(f"**/cases/?tab={walk.notes['view']}")
    assert tab_of(page) == walk.say("冷柜空调急修 2", "Urgent cooling 2")
    titles = [words(each) for each in page.locator("tbody td.wide > a").all()]
    assert sorted(titles) == SEEN_BY_SERVICE
    walk.picture(page, "view-of-a-colleague")
    assert page.locator(f'a[href="/cases/views/{walk.notes["view"]}/"]').count() == 0, "it is not the agent's to change"
    page.locator("tbody td.wide > a").first.click()
    page.wait_for_url("**/cases/*/?tab=*")
    assert words(page.locator("h1")) == titles[0]
    for title in (titles[1], titles[0]):
        page.keyboard.press("w")
        page.wait_for_function("title => document.querySelector('h1').textContent.trim() === title", arg=title)


def another_department_does_not_see_it(walk: Walk) -> None:
    """What was shared with one department is no tab of another, nor behind its address."""
    page = walk.open("technical_head", "/cases/")
    assert page.get_by_text(walk.say("冷柜空调急修", "Urgent cooling")).count() == 0
    assert walk.status("technical_head", f"/cases/?tab={walk.notes['view']}") in (200, 404)
    assert page.locator("h1").count() == 1
    assert page.get_by_text(SEEN_BY_SERVICE[0]).count() == 0


def what_is_personal_stays_so(walk: Walk) -> None:
    """A view of one's own needs no right to share, and nobody else has it."""
    page = walk.open("agent", "/cases/views/new/")
    page.locator("[name=name]").fill("我的空调单")
    page.locator("[name=condition-0-new]").select_option("text")
    typed(page, "[name=condition-0-0-text]", "空调")
    page.locator("main .form-end .btn-primary").click()
    page.wait_for_url("**/cases/?tab=*")
    assert tab_of(page) == "我的空调单 2"
    mine = page.url.partition("tab=")[2]
    for other in ("agent2", "director"):
        assert walk.open(other, "/cases/").get_by_text("我的空调单").count() == 0
        assert walk.status(other, f"/cases/views/{mine}/") == 404


def the_rules_say_who_gets_what(walk: Walk) -> None:
    """Before a rule is kept its page says how many open cases it would take; afterwards the list says so."""
    page = walk.open("director", "/cases/routing/new/")
    page.locator("[name=name]").fill("冷柜归技术部")
    page.locator("[name=condition-0-new]").select_option("text")
    typed(page, "[name=condition-0-0-text]", "冷柜压缩机")
    page.locator(".condition-count", has_text=walk.say("目前有 1 张工单符合条件。", "1 case matches now.")).wait_for()
    page.locator("[name=department]").select_option("technical")
    page.locator("[name=who]").select_option("turn")
    page.locator("[name=position]").fill("1")
    page.locator("[name=reason]").fill("冷柜要技术人员")
    walk.picture(page, "routing-rule")
    page.locator("main .form-end .btn-primary").click()
    page.wait_for_url("**/cases/routing/")
    first = page.locator("tbody tr").first
    assert words(first.locator("td").last) == "1"
    walk.picture(page, "routing-rules")
