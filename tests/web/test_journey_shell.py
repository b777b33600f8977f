"""The shell under the fingers: everything by keyboard, on the desk and on the phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from pytest_django import Settings

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.journey


@pytest.fixture(autouse=True)
def demo(settings: Settings) -> None:
    """The gallery is there only in the demo."""
    settings.DEMO = True


def focused_row(page: Page) -> int:
    """Which row of the list has the focus, from 0; -1 for none."""
    return int(page.evaluate("[...document.querySelectorAll('[data-row]')].indexOf(document.activeElement)"))


def test_rows_help_fold_and_scores_work_by_keyboard(visit: Callable[..., Page]):
    page = visit("agent")
    page.goto("/components/")
    page.keyboard.press("j")
    assert focused_row(page) == 0
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert focused_row(page) == 1

    page.keyboard.press("?")
    assert page.locator("#keys-help").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#keys-help").is_visible()

    page.keyboard.press("[")
    assert page.locator("html").get_attribute("data-nav") == "rail"
    page.reload()
    assert page.locator("html").get_attribute("data-nav") == "rail"
    page.keyboard.press("[")
    assert page.locator("html").get_attribute("data-nav") is None

    page.keyboard.press("4")
    assert page.locator("input[name=q2]:checked").get_attribute("value") == "4"


def test_letters_are_letters_while_one_writes(visit: Callable[..., Page]):
    page = visit("agent")
    page.goto("/components/")
    note = page.locator("#id_note")
    note.focus()
    page.keyboard.type("j?[5 gc")
    assert note.input_value() == "j?[5 gc"
    assert page.locator("input[name=q2]:checked").count() == 0
    page.keyboard.press("Escape")
    page.keyboard.press("5")
    assert page.locator("input[name=q2]:checked").get_attribute("value") == "5"


def test_g_and_a_letter_goes_to_an_entry(visit: Callable[..., Page]):
    page = visit("service_manager")
    page.goto("/components/")
    entry = page.locator(".nav [data-go]").first
    target = entry.get_attribute("href")
    page.keyboard.press("g")
    page.keyboard.press(str(entry.get_attribute("data-go")))
    page.wait_for_url(f"**{target}")


def test_the_theme_switches_at_once_and_stays(visit: Callable[..., Page]):
    page = visit("agent")
    page.goto("/components/")
    page.locator("summary").click()
    with page.expect_response("**/theme/"):
        page.locator("[name=theme][value=dark]").click()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.reload()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert page.evaluate("getComputedStyle(document.body).colorScheme") == "dark"


@pytest.mark.parametrize(("language", "word"), [("zh-hans", "退出登录"), ("en", "Sign out")])
def test_a_person_signs_out_by_keyboard_alone(visit: Callable[..., Page], language: str, word: str):
    page = visit("agent", language=language)
    page.goto("/components/")
    page.locator("summary").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name=word).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/accounts/login/")


def test_an_open_menu_closes_on_escape_and_gives_the_focus_back(visit: Callable[..., Page]):
    page = visit("agent")
    page.goto("/components/")
    page.locator("summary").click()
    page.keyboard.press("Escape")
    assert page.locator("details[data-menu][open]").count() == 0
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_the_first_tab_skips_to_the_content(visit: Callable[..., Page]):
    page = visit("agent")
    page.goto("/components/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("size", ["desk", "phone"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("address", ["/components/", "/accounts/login/"])
def test_nothing_runs_out_of_the_screen(visit: Callable[..., Page], address: str, language: str, size: str):
    page = visit("agent" if address == "/components/" else None, language=language, size=size)
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("innerWidth")


def test_on_the_phone_the_menu_opens_from_the_bottom_bar_and_closes(visit: Callable[..., Page]):
    page = visit("agent", size="phone")
    page.goto("/components/")
    assert not page.locator(".nav").is_visible()
    page.locator(".bottom a").last.click()
    assert page.locator(".nav").is_visible()
    page.locator(".nav-close a").click()
    assert not page.locator(".nav").is_visible()


def test_targets_on_the_phone_are_large_enough(visit: Callable[..., Page]):
    """WCAG 2.5.8: at least 24 by 24 pixels for whatever one taps, inline links aside."""
    page = visit("agent", size="phone")
    page.goto("/components/")
    small = page.evaluate(
        """[...document.querySelectorAll("button, .btn, summary, .bottom a, .tabs a, input:not([type=hidden])")]
            .filter((x) => x.offsetParent && !x.closest("dialog") && x.closest("label") === null)
            .filter((x) => x.getBoundingClientRect().width < 24 || x.getBoundingClientRect().height < 24)
            .map((x) => x.outerHTML.slice(0, 80))"""
    )
    assert small == []
