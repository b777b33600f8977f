"""An administrator closes a day in the browser, and a deadline explains itself with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

WORDS = {
    "zh-hans": ("2026年9月30日（星期三）10:00", "2026年9月29日（星期二）停业（台风），不计。", "第 2 版：例外日期"),
    "en": ("Wed 30 Sep 2026, 10:00", "Tue 29 Sep 2026 is closed: 台风.", "Version 2: Exceptional days"),
}


@pytest.mark.parametrize(("language", "size"), [("zh-hans", "desk"), ("en", "phone")])
def test_a_day_is_closed_and_the_calculator_tells_why(visit: Callable[..., Page], language: str, size: str) -> None:
    deadline, reason, version = WORDS[language]
    page = visit("administrator", language=language, size=size)
    page.goto("/calendar/?year=2026")
    page.locator("td.day a[href$='day=2026-09-29']").click()
    page.locator("[name=name]").fill("台风")
    page.locator("[name=note]").fill("台风停工")
    page.locator("main form .btn-primary").click()
    page.wait_for_url("**/calendar/?code=standard&year=2026")
    assert page.locator(".day-closure[title*=台风]").count() == 1
    assert version in page.locator("#versions").inner_text()

    page.locator("#calculator [name=start]").fill("2026-09-28T17:00")
    page.locator("#calculator [name=amount]").fill("2")
    page.locator("#calculator button").click()
    answer = page.locator(".deadline-answer")
    answer.wait_for()
    assert answer.locator(".deadline-at").inner_text().strip() == deadline
    assert reason in answer.inner_text()
