"""The page's own rule is the server's: what is hidden is not asked, and what is not asked is not kept (QST-1)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from huiyin.questionnaires.rules.branching import Condition
from huiyin.questionnaires.rules.reading import Given
from tests.conftest import Company
from tests.questionnaires.conftest import asked
from tests.questionnaires.test_branching import HOLDS
from tests.questionnaires.test_builder import branched

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.journey

SEND = {"zh-hans": "提交评价", "en": "Send my answers"}
PROBE = """([need, given]) => {
  const form = document.querySelector("form[data-branching]");
  for (const old of form.querySelectorAll(".tried")) old.remove();
  for (const value of given) {
    const input = Object.assign(document.createElement("input"), {type: "checkbox", name: "q", className: "tried"});
    input.value = value;
    form.prepend(input);
    input.checked = true;
  }
  const part = form.querySelector("[data-question=which]");
  part.dataset.if = JSON.stringify(need);
  form.dispatchEvent(new Event("change"));
  return !part.hidden;
}"""


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_low_score_opens_its_question_and_a_better_one_closes_it(
    shipped: Company, visit: Callable[..., Page], language: str
) -> None:
    branched(shipped)
    asking = asked(shipped, form="quick")
    page = visit(language=language, size="phone")
    page.goto(f"/q/{asking.token}/")
    which = page.locator("[data-question=which]")
    assert not which.is_visible()
    page.locator('input[name="overall"][value="2"]').check()
    assert which.is_visible()
    page.fill('textarea[name="which"]', "太慢")
    page.locator('input[name="overall"][value="5"]').check()
    assert not which.is_visible()
    page.locator('input[name="recommend"][value="9"]').check()
    page.get_by_role("button", name=SEND[language]).click()
    page.locator(".public-done.answered").wait_for()
    present = {one.question.code: one.shown for one in asking.answers.filter(current=True)}
    assert {code: one for code, one in present.items() if one != ""} == {"overall": 5, "recommend": 9}


def test_the_browser_decides_as_the_server_does(shipped: Company, visit: Callable[..., Page]) -> None:
    branched(shipped)
    page = visit(size="phone")
    page.goto(f"/q/{asked(shipped, form='quick').token}/")
    for need, said, expected in HOLDS:
        assert page.evaluate(PROBE, [need.as_data(), values(said)]) is expected, need
    assert page.evaluate(PROBE, [Condition("q", at_least=0).as_data(), ["0"]]) is True


def values(said: Given | None) -> list[str]:
    """An answer as ticked boxes."""
    if said is None:
        return []
    return [str(said.number)] if said.number is not None else list(said.choices)
