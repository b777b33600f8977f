"""A case on a phone: the next step stands there, all the others lie in a sheet, with and without JavaScript."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.cases.conftest import Cases

pytestmark = pytest.mark.django_db
Visit = Callable[..., Page]
WORDS = [("zh-hans", "更多", "转部门"), ("en", "More", "Pass to a department")]


@pytest.mark.parametrize(("language", "more", "chosen"), WORDS)
def test_the_other_steps_open_in_a_sheet_and_close_again(
    visit: Visit, cases: Cases, language: str, more: str, chosen: str
) -> None:
    page = visit("agent", language=language, size="phone")
    page.goto(f"/cases/{cases.open().pk}/")
    opener = page.locator("summary", has_text=more)
    step = page.locator("main").get_by_role("link", name=chosen, exact=True)
    expect(page.locator("main .btn-primary").first).to_be_visible()
    expect(step).to_have_count(0)

    opener.focus()
    page.keyboard.press("Enter")
    expect(step).to_be_visible()
    page.keyboard.press("Tab")
    expect(step).to_be_visible()
    page.keyboard.press("Escape")
    expect(step).to_have_count(0)
    expect(opener).to_be_focused()

    opener.click()
    step.click()
    expect(page.locator("#step form")).to_be_visible()
    expect(step).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_the_sheet_opens_without_scripts(visit: Visit, cases: Cases) -> None:
    page = visit("agent", size="phone")
    page.route("**/*.js", lambda route: route.abort())
    page.goto(f"/cases/{cases.open().pk}/")
    page.locator("summary", has_text="更多").click()
    page.locator("main").get_by_role("link", name="转部门", exact=True).click()
    expect(page.locator("main form").first).to_be_visible()
    assert page.url.endswith("/route/")


def test_the_desk_shows_every_step_at_once(visit: Visit, cases: Cases) -> None:
    page = visit("agent")
    page.goto(f"/cases/{cases.open().pk}/")
    expect(page.locator("main").get_by_role("link", name="转部门")).to_be_visible()
    expect(page.locator("main summary", has_text="更多")).to_be_hidden()
