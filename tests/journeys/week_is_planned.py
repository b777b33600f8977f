"""Step 3: purchases make visits fall due; the week is drawn by seed, explained and published (VIS-1, VIS-10..17)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from huiyin.visits.tasks import draw_due_visits
from tests.journeys.walk import Walk, words

if TYPE_CHECKING:
    from playwright.sync_api import Page

GAVE_WAY = {
    "zh-hans": (
        "本周只有 4 个工作日：安排 200 个，低于下限 250 个。",
        "其他金额段不足，1 个名额由最低段补足。",
        "轮到的门店客户不足，12 个回访给了未轮到的门店。",
        "200 个名额中安排了 24 个，空缺 176 个。",
        "1 家小店本月回访客户不足 15 位。",
    ),
    "en": (
        "Only 4 working days: 200 visits instead of at least 250.",
        "Filled from the lowest band because the others ran dry: 1.",
        "12 visits go to stores without a turn, as those with a turn had too few customers.",
        "24 of 200 visits could be filled; 176 places stay open.",
        "Small stores that stay below 15 customers this month: 1.",
    ),
}


def drawn_and_published(walk: Walk) -> None:
    """The hourly job makes the visits; the manager draws the week, reads why, and publishes it."""
    walk.job(draw_due_visits)
    page = walk.open("service_manager", "/visits/?tab=open")
    assert page.locator("tr[data-row]").count() == 24
    walk.picture(page, "visits-due")

    page = walk.open("service_manager", "/plan/?week=2026-W39")
    walk.picture(page, "plan-none")
    page.locator("[name=seed]").fill("7")
    page.locator("button[name=do][value=draw]").click()
    worked_off(walk, page)
    page.locator(".plan-board").wait_for()
    assert _tiles(page) == ["24", "200", "0", "24"]
    assert _bars(page, 0) == ["13 / 100", "7 / 60", "4 / 40"], "one from the lowest band fills a place of the highest"
    assert _bars(page, 1) == ["12 / 12", "12 / 12"]
    assert [words(each) for each in page.locator(".note-soon li").all()] == list(GAVE_WAY[walk.language])
    assert heads(page) == ["6 / 50"] * 4, "spread evenly over the four working days"
    walk.picture(page, "plan-draft")

    page.locator("#why [name=text]").fill("王丽华")
    page.locator("#why button").click()
    page.locator("#why .card-list").wait_for()
    why = words(page.locator("#why .card-list"))
    assert re.search(walk.say(r"在所属金额段 12 人中第 \d+ 个抽中", r"drawn as number \d+ of 12"), why), why
    walk.picture(page, "plan-why")
    page.locator("button[name=do][value=publish]").click()
    worked_off(walk, page)
    page.locator(".badge-kept").first.wait_for()
    assert page.locator("button[name=do][value=publish]").count() == 0
    walk.picture(page, "plan-published")


def worked_off(walk: Walk, page: Page) -> None:
    """The page shows the work waiting; the worker does it; the page comes again by itself."""
    page.locator("#plan-work").wait_for()
    walk.work()
    page.locator("#plan-work").wait_for(state="detached")


def heads(page: Page) -> list[str]:
    """What stands at the days of the board."""
    return [words(each) for each in page.locator(".plan-board thead .num").all()]


def _tiles(page: Page) -> list[str]:
    return [words(tile) for tile in page.locator(".grid-tiles .stat-value").all()]


def _bars(page: Page, card: int) -> list[str]:
    """What stands at the end of the bars of a card."""
    return [words(bar) for bar in page.locator(".columns .card").nth(card).locator(".bar-value").all()]
