"""Which visits fall together, who leads, and what is asked in their one talk (VIS-15, VIS-22)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.kernel.windows import OpenWindow
from huiyin.visits.rules.one_talk import Form, Question, talk_of
from huiyin.visits.rules.together import Due, Means, OneCall, calls_of, joins, leads_before, time_of_call

ZONE = ZoneInfo("Asia/Shanghai")
GAP = timedelta(days=7)


def day(number: int, hour: int = 0, minute: int = 0) -> datetime:
    """A moment of September 2026, the 1st being a Tuesday."""
    return datetime(2026, 9, 1, hour, minute, tzinfo=ZONE) + timedelta(days=number - 1)


WINDOWS = tuple(
    OpenWindow(day(number, 14), day(number, 16, 30)) for number in range(1, 31) if day(number).weekday() < 5
)
MEANS = Means(WINDOWS, GAP)


def due(number: int, kind: str, first: int, last: int, **more: object) -> Due:
    """A visit due from the beginning of one day to the end of another."""
    return Due(number, kind, day(first), day(last + 1), **more)


def told(calls: tuple[OneCall, ...]) -> list[list[int]]:
    return [[call.leader.id, *(each.id for each in call.others)] for call in calls]


REGULAR = due(1, "regular", 7, 15)
MEMBER = due(2, "member", 10, 30)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        pytest.param(REGULAR, MEMBER, [[1, 2]], id="their times overlap: what is due first leads"),
        pytest.param(REGULAR, due(2, "member", 1, 9), [[2, 1]], id="what is due first leads, whatever its number"),
        pytest.param(REGULAR, due(2, "member", 1, 30, owed=True), [[2, 1]], id="what is owed leads what is drawn"),
        pytest.param(
            REGULAR,
            due(2, "member", 1, 9, place=None),
            [[2, 1]],
            id="neither has a place",
        ),
        pytest.param(
            replace(REGULAR, place=(day(8, 14), day(8, 16, 30))),
            due(2, "member", 1, 9),
            [[1, 2]],
            id="what has been drawn keeps its place and leads",
        ),
        pytest.param(
            replace(REGULAR, owed=True, place=(day(11, 14), day(11, 16, 30))),
            due(2, "member", 1, 9),
            [],
            id="the place of the leader lies after the other's time",
        ),
        pytest.param(REGULAR, replace(REGULAR, id=2), [], id="two of a kind are two calls"),
        pytest.param(REGULAR, replace(MEMBER, merges=False), [], id="the policy forbids it"),
        pytest.param(replace(REGULAR, merges=False), MEMBER, [], id="the leader's policy forbids it"),
        pytest.param(REGULAR, replace(MEMBER, department=4), [[1, 2]], id="one names a department"),
        pytest.param(replace(REGULAR, department=3), replace(MEMBER, department=4), [], id="two departments"),
        pytest.param(replace(REGULAR, skill="pump"), replace(MEMBER, skill="heat"), [], id="two skills"),
        pytest.param(replace(REGULAR, skill="pump"), MEMBER, [[1, 2]], id="one skill is enough for both"),
        pytest.param(replace(REGULAR, not_agent=7), replace(MEMBER, not_agent=8), [], id="two handlers kept away"),
        pytest.param(replace(REGULAR, not_agent=7), replace(MEMBER, not_agent=7), [[1, 2]], id="the same handler"),
        pytest.param(REGULAR, due(2, "member", 16, 22), [[1, 2]], id="all of its time lies within the gap after"),
        pytest.param(REGULAR, due(2, "member", 16, 23), [], id="a day of its time lies after the gap"),
        pytest.param(REGULAR, due(2, "agreed", 16, 22, agreed=True), [], id="an agreed day is not pulled ahead"),
        pytest.param(due(1, "regular", 1, 4), due(2, "member", 5, 20), [], id="they only touch, and there is time"),
        pytest.param(due(1, "regular", 1, 6), due(2, "member", 5, 20), [], id="only a weekend in common: no window"),
        pytest.param(
            due(1, "complaint", 5, 5, owed=True),
            due(2, "member", 6, 8),
            [[1, 2]],
            id="owed and late on a weekend: made on Monday, with what is due then",
        ),
    ],
)
def test_which_visits_fall_together_and_which_leads(first: Due, second: Due, expected: list[list[int]]) -> None:
    assert told(calls_of([first, second], MEANS)) == expected
    assert told(calls_of([second, first], MEANS)) == expected, "the order in which they come does not matter"


def test_three_kinds_are_one_call_and_a_second_of_a_kind_is_another() -> None:
    complaint = due(3, "complaint", 8, 9, owed=True, not_agent=5)
    calls = calls_of([REGULAR, MEMBER, complaint, replace(REGULAR, id=4), replace(MEMBER, id=5)], MEANS)
    assert told(calls) == [[3, 1], [4, 2]]
    assert told(calls_of([REGULAR, due(2, "member", 8, 30), complaint], MEANS)) == [[3, 1, 2]]


def test_the_call_is_made_in_the_time_of_all_but_those_pulled_ahead() -> None:
    assert time_of_call(REGULAR, [due(2, "member", 10, 12)], GAP) == (day(10), day(13))
    assert time_of_call(REGULAR, [due(2, "member", 16, 22)], GAP) == (day(7), day(16))


@st.composite
def visits(draw: st.DrawFn) -> list[Due]:
    made = []
    for number in range(draw(st.integers(2, 7))):
        first = draw(st.integers(1, 20))
        visit = due(
            number,
            draw(st.sampled_from(["a", "b", "c", "d"])),
            first,
            first + draw(st.integers(0, 9)),
            owed=draw(st.booleans()),
            merges=draw(st.integers(0, 5)) > 0,
            department=draw(st.sampled_from([None, 1, 2])),
            skill=draw(st.sampled_from(["", "x", "y"])),
            not_agent=draw(st.sampled_from([None, 8, 9])),
        )
        made.append(visit)
    return made


@given(visits(), st.randoms())
def test_a_visit_is_in_one_call_at_most_and_all_in_a_call_suit_each_other(each: list[Due], shuffle: object) -> None:
    calls = calls_of(each, MEANS)
    ids = [number for call in told(calls) for number in call]
    assert len(ids) == len(set(ids))
    for call in calls:
        every = [call.leader, *call.others]
        assert call.leader == min(every, key=leads_before)
        assert all(visit.merges for visit in every)
        assert len({visit.kind for visit in every}) == len(every)
        assert len({visit.not_agent for visit in every} - {None}) <= 1
        assert len({visit.department for visit in every} - {None}) <= 1
    shuffle.shuffle(each)
    assert calls_of(each, MEANS) == calls


@given(visits())
def test_calls_stay_as_they_are_when_nothing_changes(each: list[Due]) -> None:
    for call in calls_of(each, MEANS):
        assert calls_of([call.leader, *call.others], MEANS) == (call,)
        assert all(joins([call.leader], other, MEANS) or len(call.others) > 1 for other in call.others)


def scale(code: str, dimension: str = "", *, required: bool = True) -> Question:
    return Question(code, "scale5", f"{code}?", dimension or code, required=required)


def text(code: str, **more: object) -> Question:
    return Question(code, "text", f"{code}?", **more)


MOOD = Question("emotion", "emotion", "?")
SERVICE = Form(1, "service", (scale("product"), scale("staff"), text("need", purpose="need"), MOOD))
QUICK = Form(2, "quick", (scale("overall"), scale("quality", "product"), text("wish", purpose="need"), text("more")))


def test_the_same_question_is_asked_once_and_its_answer_counts_for_each() -> None:
    talk = talk_of([SERVICE, QUICK])
    assert [once.key for once in talk.questions] == ["product", "staff", "need", "emotion", "overall", "more"]
    answers = {"product": 2, "product.why": "漏水", "staff": 5, "overall": 4, "need": "滤芯", "emotion": "angry"}
    assert talk.answers_of(2, answers) == {"overall": 4, "quality": 2, "quality.why": "漏水", "wish": "滤芯"}
    assert talk.answers_of(1, answers) == {key: value for key, value in answers.items() if key != "overall"}
    assert talk.shared_by(2) == {"quality", "wish"}
    assert talk.shared_by(1) == frozenset()


def test_what_others_ask_beyond_the_number_is_spare_but_never_what_they_need() -> None:
    spare = {once.key for once in talk_of([SERVICE, QUICK], 3).questions if once.spare}
    assert spare == {"more"}
    assert not any(once.spare for once in talk_of([SERVICE, QUICK], 5).questions)
    assert not any(once.spare for once in talk_of([SERVICE], 1).questions), "the leader's own questions all stay"


def test_a_question_that_any_visit_needs_is_needed() -> None:
    talk = talk_of([Form(1, "a", (scale("product", required=False),)), Form(2, "b", (scale("product"),))])
    assert [(once.key, once.required) for once in talk.questions] == [("product", True)]


def test_the_same_code_with_other_words_is_another_question() -> None:
    other = Form(2, "quick", (Question("more", "text", "Anything about the shop?"),))
    talk = talk_of([Form(1, "service", (text("more"),)), other], 5)
    assert [once.key for once in talk.questions] == ["more", "quick.more"]
    assert talk.answers_of(2, {"more": "甲", "quick.more": "乙"}) == {"more": "乙"}


def test_a_condition_follows_its_question() -> None:
    branch = Question("why_low", "text", "?", only_if={"question": "quality", "at_most": 2})
    talk = talk_of([SERVICE, Form(2, "quick", (scale("quality", "product"), branch))], 9)
    assert talk.questions[-1].only_if == {"question": "product", "at_most": 2}


@given(
    st.lists(st.lists(st.sampled_from("abcdef"), unique=True, min_size=1), min_size=1, max_size=4), st.integers(0, 9)
)
def test_every_question_of_every_visit_has_its_place(codes: list[list[str]], most: int) -> None:
    forms = [
        Form(number, f"form{number}", tuple(scale(code) if code < "d" else text(code) for code in each))
        for number, each in enumerate(codes)
    ]
    talk = talk_of(forms, most)
    keys = [once.key for once in talk.questions]
    assert len(keys) == len(set(keys)) == len({code for each in codes for code in each})
    assert keys[: len(codes[0])] == codes[0]
    assert all(set(talk.keys[form.visit]) == {question.code for question in form.questions} for form in forms)
