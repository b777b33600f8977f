"""Doubtful answers are left out of figures as the company decides, and every page says how many (QST-5)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from huiyin.foundation import clock as clocks
from huiyin.kernel.refusal import Conflict, Forbidden, Invalid
from huiyin.questionnaires.actions.answer_asking import answer_asking
from huiyin.questionnaires.actions.save_figure_rules import save_figure_rules
from huiyin.questionnaires.models import Asking, FigureRules
from huiyin.questionnaires.queries.figure_rules import figure_rules_on
from huiyin.questionnaires.queries.results import Results, left_out_of, results_of
from huiyin.questionnaires.rules import scores
from tests.api.conftest import Caller, caller
from tests.conftest import Company, MovableClock
from tests.questionnaires.conftest import asked

__all__ = ["caller"]

TODAY = date(2026, 9, 28)
FLAGGED: list[tuple[int, list[str]]] = [
    (5, []),
    (4, ["fast"]),
    (2, []),
    (5, ["own_work", "staff_number"]),
    (5, ["same_phone"]),
    (5, ["staff_hand"]),
]


@pytest.fixture
def answered(shipped: Company, clock: MovableClock) -> Company:
    for number, (overall, flags) in enumerate(FLAGGED, 1):
        asking = asked(shipped, form="quick", subject=("organisation.store", number))
        answer_asking(shipped.call("agent"), asking.pk, answers={"overall": overall, "recommend": 9})
        Asking.objects.filter(pk=asking.pk).update(flags=flags)
    clock.advance(minutes=5)
    return shipped


def found(company: Company) -> Results:
    now = clocks.now()
    return results_of(company.call("director").actor, "quick", now - timedelta(days=1), now)


def decide(company: Company, flags: list[str], least: int = 80, who: str = "director", **how: Any) -> FigureRules:
    more = {"effective_from": TODAY, "reason": "统一口径", **how}
    return save_figure_rules(company.call(who), {"left_out": flags, "least_covered": least}, **more)


def test_voices_that_are_not_the_customers_own_are_left_out_and_quick_ones_count(answered: Company) -> None:
    results = found(answered)
    overall = results.scored[0]
    assert (results.left_out, overall.figure) == (3, scores.csat([5, 4, 2]))
    assert (results.asked, results.rate) == (6, scores.response_rate(6, 6))
    assert results.weighing.weighted.figure.n == 3


def test_the_company_decides_otherwise_and_nothing_is_lost(answered: Company) -> None:
    decide(answered, [])
    assert (found(answered).left_out, found(answered).scored[0].figure.n) == (0, 6)
    decide(answered, ["fast"])
    assert (found(answered).left_out, found(answered).scored[0].figure.n) == (1, 5)
    assert Asking.objects.exclude(flags=[]).count() == 4


def test_a_decision_holds_from_its_day_on(answered: Company) -> None:
    decide(answered, [], effective_from=TODAY + timedelta(days=3))
    assert figure_rules_on(TODAY).version == 0
    assert figure_rules_on(TODAY + timedelta(days=3)).left_out == []


def test_what_is_refused_decides_nothing(answered: Company) -> None:
    with pytest.raises(Forbidden):
        decide(answered, [], who="agent")
    with pytest.raises(Invalid) as flag:
        decide(answered, ["ugly"])
    with pytest.raises(Invalid) as least:
        decide(answered, [], least=101)
    with pytest.raises(Invalid) as silent:
        decide(answered, [], reason=" ")
    with pytest.raises(Conflict):
        decide(answered, ["own_work", "staff_number", "staff_hand", "same_phone"])
    fields = [list(each.value.fields) for each in (flag, least, silent)]
    assert (fields, FigureRules.objects.count()) == ([["left_out"], ["least_covered"], ["reason"]], 0)


def test_the_results_page_says_how_many_and_opens_them(answered: Company, sign_in: Callable[[str], Client]) -> None:
    client = sign_in("director")
    assert "3 份存疑答卷" in client.get(reverse("questionnaire-results", args=["quick"])).content.decode()
    page = client.get(reverse("questionnaire-left-out", args=["quick"]))
    shown = [one.flags for one, _why in page.context["page"].rows]
    assert sorted(shown) == sorted(flags for _score, flags in FLAGGED if flags not in ([], ["fast"]))
    now = clocks.now()
    behind = left_out_of(answered.call("director").actor, "quick", now - timedelta(days=1), now)
    assert {one.pk for one in behind} == {one.pk for one, _why in page.context["page"].rows}
    assert sign_in("agent2").get(reverse("questionnaire-left-out", args=["quick"])).context["page"].rows == []


def test_the_page_decides_and_shows_what_changed(answered: Company, sign_in: Callable[[str], Client]) -> None:
    client, address = sign_in("service_manager"), reverse("figure-rules")
    sent = {"left_out": ["fast"], "least_covered": "70", "effective_from": "2026-09-28", "version": "0", "once": "a"}
    assert client.post(address, {**sent, "reason": ""}).status_code == 422
    assert client.post(address, {**sent, "reason": "试"}).status_code == 302
    assert client.post(address, {**sent, "reason": "试"}).status_code == 302
    page = client.get(address).context["page"]
    assert [(each.before.count("\n"), each.after) for each in page.differences] == [(3, "作答过快"), (0, "70")]
    assert FigureRules.objects.count() == 1
    assert sign_in("auditor").post(address, {**sent, "reason": "试", "once": "b"}).status_code == 403


def test_the_api_reads_and_decides(answered: Company, caller: Callable[..., Caller]) -> None:
    director = caller("director")
    assert director("GET", "/questionnaires/figure-rules").json() == []
    content = {"left_out": ["fast"], "least_covered": 90}
    sent = {"content": content, "effective_from": "2026-09-28", "reason": "试", "expected": 0}
    saved = director("PUT", "/questionnaires/figure-rules", sent).json()
    assert (saved["version"], saved["content"]) == (1, content)
    assert director("PUT", "/questionnaires/figure-rules", sent).status_code == 409
    assert caller("agent")("PUT", "/questionnaires/figure-rules", sent).status_code == 403
