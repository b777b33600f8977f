"""Answers are read strictly: what is good is kept, what is wrong says why."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.questionnaires.rules.reading import (
    LONGEST_TEXT,
    Ask,
    Given,
    Low,
    emotion_of,
    lows,
    missing,
    problem_of,
    read_answers,
)

ASKS = (
    Ask("product", "scale5", required=True, dimension="product", probe_at=2),
    Ask("recommend", "scale11"),
    Ask("problem", "text", purpose="problem"),
    Ask("way", "choice", options=("a", "b")),
    Ask("many", "multi", options=("a", "b", "c")),
    Ask("emotion", "emotion"),
)


@pytest.mark.parametrize("value", [6, 0, -1, "6", "x", "4.5", 4.5, True, "五", "４", [3], "99999999999999999999"])
def test_a_score_off_the_scale_is_refused(value: object) -> None:
    reading = read_answers(ASKS, {"product": value})
    assert reading.good == {}
    assert str(reading.wrong["product"]) == "Choose a number from 1 to 5."


@pytest.mark.parametrize(("value", "number"), [(1, 1), ("5", 5), (" 3 ", 3), ("", None), (None, None)])
def test_a_score_on_the_scale_is_read(value: object, number: int | None) -> None:
    assert read_answers(ASKS, {"product": value}).good["product"].number == number


def test_zero_is_an_answer_on_a_scale_from_zero() -> None:
    given = read_answers(ASKS, {"recommend": "0"}).good["recommend"]
    assert (given.number, given.empty) == (0, False)


def test_why_is_kept_for_low_scores_only() -> None:
    low = read_answers(ASKS, {"product": 2, "product.why": " 坏了 "}).good["product"]
    high = read_answers(ASKS, {"product": 3, "product.why": "坏了"}).good["product"]
    assert (low, high) == (Given(number=2, why="坏了"), Given(number=3))


def test_good_answers_stay_good_beside_wrong_ones() -> None:
    reading = read_answers(ASKS, {"product": 4, "recommend": 11, "stranger": 1})
    assert set(reading.good) == {"product"}
    assert set(reading.wrong) == {"recommend", "stranger"}


def test_a_text_that_is_too_long_is_refused_with_its_length() -> None:
    wrong = read_answers(ASKS, {"problem": "长" * (LONGEST_TEXT + 1)}).wrong["problem"]
    assert str(wrong) == "The text has 2001 characters; at most 2000 fit."


def test_only_offered_choices_count() -> None:
    assert read_answers(ASKS, {"way": "a"}).good["way"].choices == ("a",)
    assert read_answers(ASKS, {"many": ["a", "c", "a"]}).good["many"].choices == ("a", "c")
    assert set(read_answers(ASKS, {"way": ["a", "b"], "many": ["z"], "emotion": "bored"}).wrong) == {
        "way",
        "many",
        "emotion",
    }


def test_an_emotion_has_a_note() -> None:
    given = read_answers(ASKS, {"emotion": "angry", "emotion.why": "等了三天"}).good
    assert emotion_of(ASKS, given) == "angry"
    assert given["emotion"].text == "等了三天"


def test_low_scores_are_named_with_dimension_and_reason() -> None:
    given = {"product": Given(number=1, why="坏了"), "recommend": Given(number=0)}
    assert lows(ASKS, given) == (Low("product", "product", 1, "坏了"),)


@pytest.mark.parametrize("text", ["没有", "无。", "没问题！", "", "None", " 暂无 "])
def test_polite_nothings_name_no_problem(text: str) -> None:
    assert problem_of(ASKS, {"problem": Given(text=text)}) == ""


def test_a_problem_is_what_the_customer_named() -> None:
    assert problem_of(ASKS, {"problem": Given(text="漏水")}) == "漏水"


def test_required_questions_are_missing_until_answered() -> None:
    assert missing(ASKS, {}) == ("product",)
    assert missing(ASKS, {"product": Given(number=1)}) == ()


SAID = st.text("0159x五 -.", max_size=6) | st.integers() | st.none() | st.lists(st.sampled_from("abz"))


@given(st.dictionaries(st.sampled_from([ask.code for ask in ASKS]), SAID))
def test_whatever_comes_is_either_good_or_wrong(raw: dict[str, object]) -> None:
    reading = read_answers(ASKS, raw)
    assert set(reading.good) | set(reading.wrong) == set(raw)
    assert not set(reading.good) & set(reading.wrong)
