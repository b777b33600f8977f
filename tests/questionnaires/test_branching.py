"""A question is asked only where its condition holds: one rule for agents, customers and the server (QST-1)."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.questionnaires.rules.branching import Condition, asked, condition_of, without_hidden
from huiyin.questionnaires.rules.reading import Ask, Given, missing

SCORE = Ask("overall", "scale5", required=True)
WHY = Ask("why", "choice", required=True, options=("slow", "rude"), only_if=Condition("overall", at_most=2))
WHO = Ask("who", "text", required=True, only_if=Condition("why", one_of=("rude",)))
FORM = (SCORE, WHY, WHO)

HOLDS = [
    (Condition("q", at_most=2), Given(number=2), True),
    (Condition("q", at_most=2), Given(number=3), False),
    (Condition("q", at_least=9), Given(number=9), True),
    (Condition("q", at_least=3, at_most=4), Given(number=5), False),
    (Condition("q", at_most=2), Given(), False),
    (Condition("q", at_most=2), None, False),
    (Condition("q", one_of=("a", "b")), Given(choices=("c", "b")), True),
    (Condition("q", one_of=("a",)), Given(choices=("c",)), False),
    (Condition("q", at_most=2), Given(choices=("a",)), False),
]


@pytest.mark.parametrize(("need", "said", "expected"), HOLDS)
def test_a_condition_holds_for_exactly_its_answers(need: Condition, said: Given | None, expected: bool) -> None:
    assert need.holds(said) is expected
    assert condition_of(json.loads(json.dumps(need.as_data()))) == need


def codes(said: dict[str, Given]) -> list[str]:
    return [ask.code for ask in asked(FORM, said)]


def test_what_hangs_on_a_hidden_question_is_hidden_too() -> None:
    stale = {"why": Given(choices=("rude",))}
    assert codes({}) == ["overall"]
    assert codes({"overall": Given(number=1)}) == ["overall", "why"]
    assert codes({"overall": Given(number=1), **stale}) == ["overall", "why", "who"]
    assert codes({"overall": Given(number=5), **stale}) == ["overall"]


def test_a_hidden_question_is_not_required() -> None:
    assert missing(FORM, {"overall": Given(number=5)}) == ()
    assert missing(FORM, {"overall": Given(number=1)}) == ("why",)


def test_hidden_answers_are_not_kept() -> None:
    before = {"overall": Given(number=1), "why": Given(choices=("rude",)), "who": Given(text="小张")}
    kept = without_hidden(FORM, before, {"overall": Given(number=5), "who": Given(text="小李")}, Given())
    assert kept == {"overall": Given(number=5), "why": Given(), "who": Given()}


@given(
    st.none() | st.integers(1, 5),
    st.sampled_from([(), ("slow",), ("rude",)]),
    st.text(max_size=3),
)
def test_whatever_is_said_only_asked_questions_keep_answers(score: int | None, why: tuple[str, ...], who: str) -> None:
    said = {"overall": Given(number=score), "why": Given(choices=why), "who": Given(text=who)}
    kept = {code: one for code, one in without_hidden(FORM, {}, said, Given()).items() if not one.empty}
    assert set(kept) <= set(codes(kept))
