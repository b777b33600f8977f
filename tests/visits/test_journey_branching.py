"""The workstation asks a question only where its condition holds (QST-1)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from huiyin.questionnaires.actions.edit_draft import save_question
from huiyin.questionnaires.actions.make_draft import make_draft
from huiyin.questionnaires.actions.publish_draft import publish_draft
from huiyin.questionnaires.public import answers_on
from huiyin.questionnaires.rules.branching import Condition
from huiyin.questionnaires.rules.form import FormQuestion, Option
from huiyin.visits.models import Visit
from tests.conftest import Company

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.journey

PARTS = (Option("seal", "密封条", "Seal"), Option("noise", "噪音", "Noise"))
WHICH = FormQuestion(
    *("which", "choice", "是哪个部位？", "Which part?"),
    required=True,
    options=PARTS,
    only_if=Condition("product", at_most=2),
)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_low_score_opens_its_question_for_the_agent(
    visiting: Company, visit_for: Callable, visit: Callable[..., Page], language: str
) -> None:
    call = visiting.call("director")
    make_draft(call, "service", 1)
    save_question(call, "service", WHICH)
    publish_draft(call, "service")
    first = visit_for()
    page = visit("agent", language=language)
    page.goto(f"/visits/{first.pk}/")
    which = page.locator("[data-question=which]")
    assert not which.is_visible()
    page.keyboard.press("c")
    page.locator('a[href^="tel:"]').wait_for()
    page.keyboard.press("2")
    which.wait_for(state="visible")
    which.get_by_label("Seal" if language == "en" else "密封条").check()
    page.locator("#work [name=product][value='5']").check()
    assert not which.is_visible()
    for code in ("response", "staff", "process", "value"):
        page.locator(f"#work [name={code}][value='5']").check()
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/visits/**")
    page.locator("[data-save]").wait_for(state="detached")
    done = Visit.objects.get(pk=first.pk)
    assert (done.state, "which" in answers_on(done)[0].answers) == ("done", False)
