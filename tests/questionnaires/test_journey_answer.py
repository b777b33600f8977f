"""A customer with a phone, one thumb and no account (VIS-29)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.conftest import Company, MovableClock
from tests.questionnaires.conftest import asked

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.journey

WORDS = {
    "zh-hans": ("提交评价", "请回答此题。", "谢谢您"),
    "en": ("Send my answers", "Please answer this question.", "Thank you"),
}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_customer_answers_on_the_phone(
    shipped: Company, visit: Callable[..., Page], clock: MovableClock, language: str
) -> None:
    send, missing, thanks = WORDS[language]
    asking = asked(shipped, form="quick")
    page = visit(language=language, size="phone")
    page.goto(f"/q/{asking.token}/")
    assert not page.locator(".probe textarea").first.is_visible()
    with page.expect_response(lambda answer: answer.url.endswith("/part/") and answer.status == 204):
        page.locator('input[name="overall"][value="2"]').check()
    assert page.locator(".probe textarea").first.is_visible()
    asking.refresh_from_db()
    assert (asking.state, asking.answers.get(current=True).number) == ("partial", 2)

    page.fill('[name="overall.why"]', "等太久")
    page.get_by_role("button", name=send).click()
    page.get_by_text(missing).wait_for()
    assert page.locator('input[name="overall"][value="2"]').is_checked()
    assert page.locator('[name="overall.why"]').input_value() == "等太久"
    page.locator('input[name="recommend"][value="3"]').check()
    page.get_by_role("button", name=send).click()
    page.get_by_role("heading", name=thanks).wait_for()
    asking.refresh_from_db()
    assert (asking.state, asking.way) == ("complete", "self")
    assert asking.answers.get(question__code="overall", current=True).why == "等太久"


def test_every_target_is_large_enough_for_a_thumb(shipped: Company, visit: Callable[..., Page]) -> None:
    page = visit(size="phone")
    page.goto(f"/q/{asked(shipped).token}/")
    boxes = [tap.bounding_box() for tap in page.locator(".tap, .ask-end .btn").all()]
    assert len(boxes) == 5 * 5 + 4 + 1
    assert min(box["height"] for box in boxes if box) >= 48
    assert min(box["width"] for box in boxes if box) >= 44
    assert page.evaluate("document.documentElement.scrollWidth") == 390
