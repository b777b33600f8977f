"""A questionnaire as a file comes back as it went out; contradictions are named."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.kernel.refusal import Invalid
from huiyin.questionnaires.rules.branching import Condition
from huiyin.questionnaires.rules.checking import check
from huiyin.questionnaires.rules.form import Form, FormQuestion, Option, form_as_data
from huiyin.questionnaires.rules.form_file import parse, read_form
from huiyin.questionnaires.shipped.forms import FORMS

OVERALL = FormQuestion("overall", "scale5", "满意吗？", "Satisfied?", "overall", probe_at=2, probe_zh="为什么？")
WAYS = FormQuestion(
    "ways", "multi", "怎么联系？", "How?", options=(Option("sms", "短信", "SMS"), Option("call", "电话"))
)
MORE = FormQuestion("more", "text", "还有吗？", "More?", only_if=Condition("overall", at_most=3))


def form(*questions: FormQuestion) -> Form:
    return Form("repair", "维修回访", "Repair visit", questions=questions)


def said(*questions: FormQuestion, firm: bool = True) -> list[str]:
    return [fault.why.text % fault.why.params for fault in check(form(*questions)) if fault.firm is firm]


def test_a_file_comes_back_as_it_went_out() -> None:
    whole = form(OVERALL, WAYS, MORE)
    assert parse(json.dumps(form_as_data(whole)).encode()) == whole


texts = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=40)
needs = (
    st.none()
    | st.builds(Condition, st.just("q0"), at_most=st.integers(0, 10))
    | st.just(Condition("q0", one_of=("a",)))
)
one_question = st.builds(
    FormQuestion,
    code=st.just("q"),
    kind=st.sampled_from(["scale5", "scale7", "scale11", "choice", "multi", "text", "emotion"]),
    text_zh=texts.filter(str.strip),
    text_en=texts,
    required=st.booleans(),
    probe_at=st.none() | st.integers(0, 10),
    options=st.lists(st.builds(Option, st.just("a"), texts.filter(str.strip), texts), max_size=2).map(tuple),
    only_if=needs,
)


@given(st.lists(one_question, max_size=4), st.none() | st.integers(1, 365))
def test_every_form_comes_back_as_it_went_out(rows: list[FormQuestion], remind: int | None) -> None:
    questions = tuple(replace(one, code=f"q{place}") for place, one in enumerate(rows))
    whole = replace(form(*questions), remind_after_days=remind)
    assert parse(json.dumps(form_as_data(whole), ensure_ascii=False).encode()) == whole
    check(whole)  # says what is wrong, never breaks


@pytest.mark.parametrize("shipped", FORMS, ids=lambda one: str(one["code"]))
def test_the_shipped_questionnaires_are_files_without_contradiction(shipped: dict[str, object]) -> None:
    read = read_form({name: value for name, value in shipped.items() if name != "version"})
    assert [fault for fault in check(read) if fault.firm] == []


BROKEN = [
    (b"{", "not readable"),
    (b"[1]", "not a questionnaire"),
    (b'{"format": "other/9"}', "not a questionnaire"),
    (b'{"code": "a", "title_zh": "x"}', "questions"),
    (b'{"code": "A B", "title_zh": "x", "questions": []}', "code"),
    (b'{"code": "a", "title_zh": "x", "questions": [3]}', "questions.1.code"),
    (
        b'{"code": "a", "title_zh": "x", "questions": [{"code": "q", "kind": "scale9", "text_zh": "x"}]}',
        "questions.1.kind",
    ),
    (b'{"code": "a", "title_zh": "x", "questions": [], "colour": "red"}', "colour"),
    (b"[" * 100_000, "not readable"),
    (b" " * 200_001, "too large"),
]


@pytest.mark.parametrize(("raw", "place"), BROKEN)
def test_a_broken_file_is_refused_with_the_place(raw: bytes, place: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse(raw)
    assert place in refused.value.why.text % refused.value.why.params


def test_two_questions_with_one_code_are_refused_in_a_file() -> None:
    with pytest.raises(Invalid) as refused:
        read_form(form_as_data(form(OVERALL, OVERALL)))
    assert list(refused.value.fields) == ["questions.2.code"]


def test_contradictions_are_named() -> None:
    early = replace(MORE, code="early", only_if=Condition("overall", at_most=3))
    one, two = (
        replace(MORE, code="one", only_if=Condition("two", at_most=1)),
        replace(MORE, code="two", only_if=Condition("one", at_most=1)),
    )
    assert said() == ["The questionnaire has no question yet."]
    assert said(OVERALL, WAYS, MORE) == []
    assert said(early, OVERALL) == ["early depends on overall, which is asked only afterwards."]
    assert said(MORE) == ["more depends on overall, which is not in the questionnaire."]
    assert "These questions wait for each other: one → two → one." in said(one, two)
    assert said(OVERALL, OVERALL)[0] == "2 questions have the code overall."
    assert said(OVERALL, replace(MORE, only_if=Condition("overall", at_most=0))) == [
        "more would never be asked: overall cannot be answered like that."
    ]
    assert said(WAYS, replace(MORE, only_if=Condition("ways", one_of=("fax",)))) == [
        "more would never be asked: ways cannot be answered like that."
    ]
    assert said(replace(WAYS, options=())) == ["ways needs at least two answers to choose from."]
    assert said(replace(OVERALL, kind="scale11")) == ["overall scores a dimension that is measured on another scale."]
    assert said(replace(OVERALL, probe_zh="")) == ["overall is probed, but the follow-up question has no text."]


def test_more_than_ten_questions_are_warned_of_not_forbidden() -> None:
    many = [replace(MORE, code=f"q{place}", only_if=None) for place in range(11)]
    assert said(*many) == []
    assert said(*many, firm=False) == ["11 questions: more than 10 are seldom answered to the end."]


def test_a_question_moves_at_most_to_an_end() -> None:
    whole = form(OVERALL, WAYS, MORE)
    assert [one.code for one in whole.with_moved("more", -1).questions] == ["overall", "more", "ways"]
    assert whole.with_moved("overall", -1) == whole
