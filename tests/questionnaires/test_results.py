"""The results page says each measure with n, interval and response rate, and tells the ways apart (QST-2, QST-4)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from huiyin.foundation import clock as clocks
from huiyin.questionnaires.actions.answer_asking import answer_asking, answer_by_link
from huiyin.questionnaires.actions.edit_draft import save_question
from huiyin.questionnaires.actions.make_draft import make_draft
from huiyin.questionnaires.actions.publish_draft import publish_draft
from huiyin.questionnaires.queries.results import Results, results_of
from huiyin.questionnaires.rules import scores
from huiyin.questionnaires.rules.form import FormQuestion, Option
from huiyin.questionnaires.rules.kinds.handling import STEPS
from tests.conftest import Company, MovableClock
from tests.questionnaires.conftest import asked

PHONE = [(5, 10), (5, 9), (4, 8), (4, 9)]
SELF = [(3, 6), (4, 7), (2, 3)]


def results(company: Company, clock: MovableClock, who: str = "director") -> Results:
    start = clocks.now()
    for number, (overall, recommend) in enumerate([*PHONE, *SELF, (1, 0)], 1):
        asking = asked(company, form="quick", subject=("organisation.store", number))
        said = {"overall": overall, "recommend": recommend}
        if number <= len(PHONE):
            answer_asking(company.call("agent"), asking.pk, answers=said)
        elif number <= len(PHONE) + len(SELF):
            answer_by_link(company.call("agent"), asking.token or "", answers=said)
    clock.advance(days=1)
    return results_of(company.call(who).actor, "quick", start, clocks.now())


def test_measures_equal_their_definitions_over_single_answers(shipped: Company, clock: MovableClock) -> None:
    found = results(shipped, clock)
    whole = [*PHONE, *SELF]
    overall, recommend = found.scored
    assert (found.asked, found.rate) == (8, scores.response_rate(7, 8))
    assert overall.figure == scores.csat([score for score, _ in whole])
    assert overall.centre.value == pytest.approx(scores.dimension_mean([score for score, _ in whole]).value)
    assert recommend.figure == scores.nps([score for _, score in whole])
    assert {way: one.n for way, one in overall.by_way.items()} == {"phone": 4, "self": 3}
    assert overall.by_way["phone"].value == pytest.approx(87.5)
    apart = scores.mode_effect(scores.sums_of([5, 5, 4, 4]), scores.sums_of([3, 4, 2]), 1, 5)
    assert (overall.effect.value, overall.effect.low) == pytest.approx((apart.value, apart.low))
    assert found.weighing.weighted.figure.value == pytest.approx(27 / 7)
    assert (found.weighing.by.code, found.weighing.known, found.weighing.without) == ("store", False, 0)


def test_nobody_sees_figures_of_others(shipped: Company, clock: MovableClock) -> None:
    assert results(shipped, clock, who="agent2").asked == 0


def test_the_handling_scale_and_servqual_are_read_from_their_questions(shipped: Company, clock: MovableClock) -> None:
    call, start = shipped.call("director"), clocks.now()
    make_draft(call, "quick", 1)
    steps = tuple(Option(step, step) for step in STEPS)
    save_question(call, "quick", FormQuestion("done", "choice", "处理满意吗？", measure="handling", options=steps))
    for half in ("e", "p"):
        save_question(call, "quick", FormQuestion(f"r_{half}", "scale7", "可靠吗？", measure=f"reliability_{half}"))
    publish_draft(call, "quick")
    said = {"overall": 4, "recommend": 8, "done": "satisfied", "r_e": 7, "r_p": 5}
    answer_asking(shipped.call("agent"), asked(shipped, form="quick").pk, answers=said)
    clock.advance(days=1)
    found = results_of(call.actor, "quick", start, clocks.now())
    assert (found.handling.value, found.gaps["reliability"].value, found.gaps["overall"].value) == (100, -2, -2)


def test_the_page_shows_them(shipped: Company, clock: MovableClock, sign_in: Callable[[str], Client]) -> None:
    results(shipped, clock)
    page = sign_in("director").get("/questionnaires/quick/results/").content.decode()
    assert "电话减自助" in page
    assert "71.4 %" in page  # CSAT: five of seven
    assert sign_in("director").get("/questionnaires/none/results/").status_code == 404
