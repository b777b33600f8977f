"""An agent makes visits by keyboard alone, and a low score becomes a case without leaving the page (ui.md)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from huiyin.cases.public import Case
from huiyin.questionnaires.public import answers_on
from huiyin.visits.models import Attempt, Visit, VisitRecord
from tests.conftest import Company

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_normal_visit_takes_no_mouse_and_leads_to_the_next(
    visiting: Company, visit_for: Callable, visit: Callable[..., Page], language: str
) -> None:
    first, second = visit_for(name="甲客户"), visit_for(name="乙客户")
    page = visit("agent", language=language)
    page.goto(f"/visits/{first.pk}/")
    page.keyboard.press("c")
    page.locator('a[href="tel:13800000001"]').wait_for()
    for key in "55454":
        page.keyboard.press(key)
    page.keyboard.press("a")
    page.keyboard.press("Control+Enter")
    page.get_by_role("heading", name="乙客户").wait_for()
    done = Visit.objects.get(pk=first.pk)
    assert (done.state, VisitRecord.objects.get().emotion) == ("done", "satisfied")
    assert list(answers_on(done)[0].scores.values()) == [5, 5, 4, 5, 4]
    page.keyboard.press("n")
    page.wait_for_url("**/visits/")
    assert Attempt.objects.get(visit=second).line == "no_answer"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_low_score_opens_the_probe_and_then_the_case_on_the_same_page(
    visiting: Company, visit_for: Callable, visit: Callable[..., Page], language: str
) -> None:
    first = visit_for()
    page = visit("agent", language=language)
    page.goto(f"/visits/{first.pk}/")
    probe = page.locator('[name="product.why"]')
    assert not probe.is_visible()
    page.keyboard.press("2")
    probe.wait_for(state="visible")
    page.keyboard.type("密封条漏水 3 次")
    page.keyboard.press("Enter")
    for key in "4445":
        page.keyboard.press(key)
    page.keyboard.press("Control+Enter")
    page.locator(".note-soon a").wait_for()
    page.wait_for_url(f"**/visits/{first.pk}/")
    case = Case.objects.get()
    page.get_by_role("link", name=case.number).first.wait_for()
    assert "密封条漏水 3 次" in case.description
    assert dict(answers_on(Visit.objects.get(pk=first.pk))[0].scores)["product"] == 2


def test_the_workstation_and_the_plan_fit_a_phone(
    visiting: Company, visit_for: Callable, visit: Callable[..., Page]
) -> None:
    first = visit_for()
    page = visit("service_manager", size="phone")
    for address in (f"/visits/{first.pk}/", "/visits/?tab=open", "/plan/", "/visits/policies/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") == 390, address
