"""Step 4: an agent works through the afternoon by keyboard alone (VIS-20, VIS-22..24, VIS-26, VIS-27)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.journeys.walk import Walk, words

if TYPE_CHECKING:
    from playwright.sync_api import Page

WHY = "压缩机十分钟就停机"


def by_keyboard(walk: Walk) -> None:
    """No answer, then a content customer, then the first one again: connected, one low score, a case."""
    walk.at("2026-09-21 14:05")
    page = walk.open("agent", "/")
    walk.picture(page, "today")
    heading = words(page.locator(".table-group").first)
    assert heading == walk.say("现在可办 3", "Can be done right now 3")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/visits/*/")
    walk.notes["visit"] = address = visit_of(page)
    walk.picture(page, "workstation")
    assert page.locator(".work .card-body > .say:visible").count() == 1, "what to say first"
    assert page.locator("[data-dial]").count() == 5

    page.keyboard.press("c")
    page.locator(".dial-number").wait_for()
    assert re.fullmatch(r"138 \d{4} \d{4}", words(page.locator(".dial-number a")))
    walk.picture(page, "workstation-number")
    page.keyboard.press("n")
    page.wait_for_url(lambda url: address not in url)

    second = visit_of(page)
    _talk(walk, page, "5", "4", "5", "5", "4", mood="a")
    page.wait_for_url(lambda url: second not in url)
    walk.notes["third"] = visit_of(page)

    walk.at("2026-09-21 14:30")
    page = walk.open("agent", address)
    page.keyboard.press("c")
    page.locator(".dial-number").wait_for()
    page.keyboard.press("n")
    expect(page.locator(".form-errors, .note-late").first).to_be_visible()
    walk.picture(page, "workstation-too-soon")

    walk.at("2026-09-21 15:05")
    page = walk.open("agent", address)
    _talk(walk, page, "1", "3", "4", "4", "4", mood="d", why=WHY)
    case = page.locator(".note a[href^='/cases/']")
    case.wait_for()
    walk.notes["case"] = str(case.get_attribute("href"))
    assert [words(score) for score in page.locator(".answers .score").all()] == ["1", "3", "4", "4", "4"]
    assert page.locator(".answers").get_by_text(WHY).count() == 1
    dials = [words(each) for each in page.locator(".timeline").first.locator("strong").all()]
    assert dials == [walk.say("无人接听", "No answer"), walk.say("已完成", "Completed")], "two dials, one record"
    walk.picture(page, "visit-done")


def visit_of(page: Page) -> str:
    """The address of the visit that is open."""
    found = re.search(r"/visits/\d+/", page.url)
    assert found, page.url
    return found.group()


def _talk(walk: Walk, page: Page, *scores: str, mood: str, why: str = "") -> None:
    """Dials, scores, notes the mood and saves, twice at once as impatient people do."""
    page.keyboard.press("c")
    page.locator(".dial-number").wait_for()
    for score in scores:
        page.keyboard.press(score)
        if int(score) <= 2:
            expect(page.locator(".probe input:focus")).to_be_visible()
            page.keyboard.type(why)
            page.keyboard.press("Enter")
    page.keyboard.press(mood)
    if mood in "df":
        expect(page.locator(".emotion .probe input:focus")).to_be_visible()
        page.keyboard.type(why)
        walk.picture(page, "workstation-answered")
    page.keyboard.press("Control+Enter")
    page.keyboard.press("Control+Enter")
