"""Conditions as data: what is read, what is refused, and what holds for one row."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from huiyin.cases.rules.case_fields import CASE_FIELDS
from huiyin.foundation.forms import say
from huiyin.kernel.actor import Actor, ActorKind
from huiyin.kernel.conditions import (
    EVERYTHING,
    Field,
    Is,
    Kind,
    Test,
    fields_of,
    holds,
    in_words,
    plain,
    read_condition,
)
from huiyin.kernel.refusal import Invalid
from tests.drawn_conditions import conditions

NOW = datetime(2026, 9, 28, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


STAGES = fields_of(
    Field("stage", "Stage", Kind.CODED, "stage_id", choices={"lab": "Laboratory"}, past={"shed": "Shed"})
)


@pytest.mark.parametrize(
    ("comparison", "value", "held"),
    [
        ("in", ["lab"], [True, False, False]),
        ("in", ["lab", "shed"], [True, True, False]),
        ("not_in", ["lab"], [False, True, True]),
        ("empty", None, [False, False, True]),
        ("filled", None, [True, True, False]),
    ],
)
def test_a_coded_row_is_asked_for_by_its_code(comparison: str, value: object, held: list[bool]) -> None:
    known = {**STAGES, "stage": Field("stage", "Stage", Kind.CODED)}
    condition = read_condition(one("stage", comparison, value), known)
    assert [holds(condition, {"stage": each}, now=NOW) for each in ("lab", "shed", "")] == held


def test_what_is_no_choice_any_more_is_refused_and_said_by_its_name() -> None:
    with pytest.raises(Invalid) as refused:
        read_condition(one("stage", "in", ["lab", "shed", "moon"]), STAGES)
    assert str(refused.value.why) == "“Stage” no longer has Shed, moon."
    shed = read_condition(one("stage", "in", ["shed"]), {"stage": Field("stage", "Stage", Kind.CODED)})
    with override("en"):
        assert [say(text) for text in in_words(shed, STAGES)] == ["Stage: Shed"]


def one(field: str, comparison: str, value: object = None) -> dict[str, Any]:
    return {"field": field, "is": comparison} | ({} if value is None else {"value": value})


def holding(data: object, *, viewer: Actor | None = None, **facts: object) -> bool:
    given = {"viewer": viewer} if viewer else {}
    return holds(read_condition(data, CASE_FIELDS), facts, now=NOW, **given)


def test_the_empty_condition_lets_everything_through():
    assert read_condition({}, CASE_FIELDS) == EVERYTHING
    assert holding({})
    assert plain(EVERYTHING) == {}


@given(conditions(CASE_FIELDS))
def test_what_is_written_is_read_again_as_the_same(condition):
    assert read_condition(plain(condition), CASE_FIELDS) == condition


@pytest.mark.parametrize(
    ("test", "facts", "expected"),
    [
        (one("level", "in", ["urgent", "important"]), {"level": "important"}, True),
        (one("level", "in", ["urgent"]), {"level": "general"}, False),
        (one("level", "not_in", ["urgent"]), {"level": "general"}, True),
        (one("emotion", "not_in", ["angry"]), {"emotion": ""}, True),
        (one("emotion", "empty"), {"emotion": ""}, True),
        (one("emotion", "filled"), {"emotion": ""}, False),
        (one("problem_type", "in", ["product"]), {"problem_type": ("product.defect", "product")}, True),
        (one("problem_type", "in", ["product.defect"]), {"problem_type": ("product",)}, False),
        (one("owner", "in", ["nobody", 7]), {"owner": None}, True),
        (one("owner", "in", ["nobody", 7]), {"owner": 7}, True),
        (one("owner", "in", ["nobody", 7]), {"owner": 8}, False),
        (one("repeated", "yes"), {"repeated": True}, True),
        (one("repeated", "no"), {"repeated": True}, False),
        (one("reopened_times", "at_least", 2), {"reopened_times": 2}, True),
        (one("reopened_times", "at_most", 1), {"reopened_times": 2}, False),
        (one("reopened_times", "equals", 0), {"reopened_times": 0}, True),
        (one("text", "contains", "停机"), {"text": ("标题", "压缩机停机了", "")}, True),
        (one("text", "contains", "e5"), {"text": ("Error E5",)}, True),
        (one("text", "lacks", "停机"), {"text": ("", "")}, True),
        (one("serial", "equals", "sn-1"), {"serial": "SN-1"}, True),
    ],
)
def test_one_row_is_compared(test, facts, expected):
    assert holding(test, **facts) is expected


@pytest.mark.parametrize(
    ("test", "due", "expected"),
    [
        (one("due_at", "past"), NOW - HOUR, True),
        (one("due_at", "past"), NOW, False),
        (one("due_at", "past"), None, False),
        (one("due_at", "next_hours", 4), NOW + 3 * HOUR, True),
        (one("due_at", "next_hours", 4), NOW - HOUR, False),
        (one("due_at", "next_hours", 4), NOW + 4 * HOUR, False),
        (one("due_at", "today"), NOW.replace(hour=23, minute=59), True),
        (one("due_at", "today"), NOW.replace(hour=0), True),
        (one("due_at", "today"), NOW + 15 * HOUR, False),
        (one("due_at", "last_days", 7), NOW - 7 * DAY, True),
        (one("due_at", "last_days", 7), NOW, True),
        (one("due_at", "last_days", 7), NOW - 7 * DAY - HOUR, False),
        (one("due_at", "days_ago", 7), NOW - 8 * DAY, True),
        (one("due_at", "since", "2026-09-28"), NOW.replace(hour=0), True),
        (one("due_at", "since", "2026-09-29"), NOW, False),
        (one("due_at", "until", "2026-09-28"), NOW.replace(hour=23, minute=59), True),
        (one("due_at", "until", "2026-09-27"), NOW.replace(hour=0), False),
    ],
)
def test_moments_are_compared_with_now_and_with_days_of_the_company(test, due, expected):
    assert holding(test, due_at=due) is expected


def test_days_are_compared_as_days():
    fields = fields_of(Field("wanted_by", "Wanted by", Kind.DATE))
    for comparison, value, day, expected in (
        ("past", None, date(2026, 9, 27), True),
        ("past", None, date(2026, 9, 28), False),
        ("next_days", 3, date(2026, 10, 1), True),
        ("next_days", 3, date(2026, 10, 2), False),
        ("last_days", 0, date(2026, 9, 28), True),
        ("until", "2026-09-28", date(2026, 9, 28), True),
    ):
        condition = read_condition(one("wanted_by", comparison, value), fields)
        assert holds(condition, {"wanted_by": day}, now=NOW) is expected, (comparison, value, day)


def test_me_and_mine_are_whoever_looks():
    wang = Actor(ActorKind.STAFF, id=7, department_ids=frozenset({3}), store_ids=frozenset({5}))
    assert holding(one("owner", "in", ["me"]), viewer=wang, owner=7)
    assert not holding(one("owner", "in", ["me"]), viewer=wang, owner=8)
    assert not holding(one("owner", "in", ["me"]), owner=None), "the system owns nothing; that is not nobody's"
    assert holding(one("department", "in", ["mine"]), viewer=wang, department=3)
    assert holding(one("store", "in", ["my_stores"]), viewer=wang, store=5)
    assert not holding(one("store", "in", ["my_stores"]), viewer=wang, store=3)


def test_groups_join_what_stands_in_them():
    data = {
        "all": [
            one("level", "in", ["urgent"]),
            {"any": [one("repeated", "yes"), one("emotion", "in", ["angry"])]},
            {"not": one("state", "in", ["waiting"])},
        ]
    }
    facts = {"level": "urgent", "repeated": False, "emotion": "angry", "state": "open"}
    assert holding(data, **facts)
    assert not holding(data, **(facts | {"emotion": "neutral"}))
    assert not holding(data, **(facts | {"state": "waiting"}))


@pytest.mark.parametrize(
    ("data", "field"),
    [
        (one("colour", "in", ["red"]), "colour"),
        (one("level", "contains", "urgent"), "level"),
        (one("level", "is", []), "level"),
        (one("level", "in", []), "level"),
        (one("level", "in", "urgent"), "level"),
        (one("level", "in", ["extreme"]), "level"),
        (one("level", "in", [1]), "level"),
        (one("owner", "in", ["somebody"]), "owner"),
        (one("owner", "in", [True]), "owner"),
        (one("department", "in", ["me"]), "department"),
        (one("reopened_times", "at_least", "2"), "reopened_times"),
        (one("reopened_times", "at_least", -1), "reopened_times"),
        (one("reopened_times", "at_least", 2**31), "reopened_times"),
        (one("due_at", "next_hours", 10**9), "due_at"),
        (one("due_at", "since", "yesterday"), "due_at"),
        (one("due_at", "since", "0001-01-01"), "due_at"),
        (one("due_at", "since"), "due_at"),
        (one("text", "contains", "  "), "text"),
        (one("text", "contains", "a\x00b"), "text"),
        (one("text", "contains", "字" * 201), "text"),
    ],
)
def test_a_row_that_makes_no_sense_is_refused_and_named(data, field):
    with pytest.raises(Invalid) as refusal:
        read_condition({"all": [data]}, CASE_FIELDS)
    assert list(refusal.value.fields) == [field]


@pytest.mark.parametrize(
    "data",
    [
        [],
        "all",
        {"all": {}},
        {"any": []},
        {"all": [], "any": []},
        {"not": []},
        {"field": "level"},
        {"field": "level", "is": "in", "value": ["urgent"], "more": 1},
        {"all": [one("repeated", "yes")] * 101},
    ],
)
def test_what_is_no_condition_is_refused(data):
    with pytest.raises(Invalid):
        read_condition(data, CASE_FIELDS)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text() | st.sampled_from(["level", "in", "urgent"]),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(st.sampled_from(["all", "any", "not", "field", "is", "value", "x"]), inner, max_size=4)
        ),
    )
)
def test_any_json_is_read_or_refused(data):
    try:
        condition = read_condition(data, CASE_FIELDS)
    except Invalid:
        return
    assert read_condition(plain(condition), CASE_FIELDS) == condition


def test_groups_within_groups_have_an_end():
    data: dict[str, Any] = one("repeated", "yes")
    for _ in range(1000):
        data = {"not": data}
    with pytest.raises(Invalid):
        read_condition(data, CASE_FIELDS)


def test_a_choice_is_not_called_like_a_word_with_a_meaning():
    with pytest.raises(ValueError, match="waiting"):
        fields_of(Field("waiting", "Waiting", Kind.CHOICE, choices={"nobody": "Nobody"}))


def test_a_condition_is_said_in_words():
    data = {
        "all": [
            one("level", "in", ["urgent", "important"]),
            one("owner", "in", ["me", 7]),
            {"any": [one("due_at", "next_hours", 4), one("repeated", "yes")]},
            {"not": {"any": [one("text", "contains", "test")]}},
        ]
    }
    fields = dict(CASE_FIELDS) | {"owner": Field("owner", "Owner", Kind.PERSON, choices={7: "王芳"})}
    sentences = in_words(read_condition(data, fields), fields)
    assert [say(text) for text in sentences] == [
        "级别：紧急、重要",
        "负责人：查看者本人、王芳",
        "至少满足一条：时限在今后 4 小时内；以前投诉过",
        "一条都不满足：标题、描述或诉求中的文字包含“test”",
    ]


def test_a_test_is_a_plain_value():
    assert read_condition(one("level", "in", ["urgent", "urgent"]), CASE_FIELDS) == Test("level", Is.IN, ("urgent",))
