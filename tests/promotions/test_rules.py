"""The rules of gift lists, without a database."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.promotions.rules.drawing import Drawable, ranking, spread, wanted_of
from huiyin.promotions.rules.lifecycle import ERROR, LIST
from huiyin.promotions.rules.lines import LineDraft, can_be_reached, faults_of
from huiyin.promotions.rules.numbers import GiftNumbers, numbers_from, numbers_to
from huiyin.promotions.rules.sheet import Share, Sheet, SheetLine, amounts_of, from_json, tally, to_json
from huiyin.promotions.rules.verdict import verdict_of
from huiyin.promotions.rules.words import ErrorState, ListState

DAY = date(2026, 9, 15)
LINES = st.lists(st.integers(0, 50), max_size=40).map(
    lambda values: [Drawable(key, Decimal(value) / 4) for key, value in enumerate(values)]
)


@pytest.mark.parametrize(
    ("lines", "share", "wanted"),
    [(0, 40, 0), (1, 40, 1), (5, 40, 2), (6, 40, 3), (10, 40, 4), (11, 40, 5), (10, 100, 10), (7, 1, 1)],
)
def test_a_share_is_rounded_up(lines: int, share: int, wanted: int) -> None:
    assert wanted_of(lines, share) == wanted


@given(LINES, st.integers(0, 2**31))
def test_no_cheaper_gift_is_asked_before_a_dearer_one_and_the_seed_decides_ties_for_good(
    lines: list[Drawable], seed: int
) -> None:
    rank = ranking(lines, seed)
    value = {line.key: line.value for line in lines}
    assert sorted(rank) == sorted(value)
    assert all(value[one] >= value[other] for one, other in pairwise(rank))
    assert ranking(list(reversed(lines)), seed) == rank


def test_the_lot_is_fair_among_equally_dear_gifts() -> None:
    first = Counter(ranking([Drawable(key, Decimal(5)) for key in range(4)], seed)[0] for seed in range(4000))
    assert all(900 < count < 1100 for count in first.values())


@given(st.integers(0, 200), st.integers(1, 20))
def test_days_are_filled_evenly_and_in_order(count: int, days: int) -> None:
    plan = spread(count, [DAY + timedelta(days=step) for step in range(days)])
    assert len(plan) == count
    assert list(plan) == sorted(plan)
    used = Counter(plan)
    assert not used or max(used.values()) - (min(used.values()) if len(used) == days else 0) <= 1


def test_nobody_can_be_asked_on_no_day() -> None:
    with pytest.raises(ValueError, match="no day"):
        spread(1, [])


@pytest.mark.parametrize(
    ("chosen", "result"),
    [
        ({}, None),
        ({"right": ("yes",)}, None),
        ({"received": ("yes",)}, "real"),
        ({"received": ("no",)}, "not_received"),
        ({"received": ("yes",), "right": ("no",), "all": ("no",)}, "other_gift"),
        ({"received": ("yes",), "right": ("yes",), "all": ("no",)}, "fewer"),
        ({"received": ("yes",), "good": ("no",)}, "damaged"),
        ({"received": ("yes",), "smile": ("no",)}, "real"),
    ],
)
def test_the_first_no_decides(chosen: dict[str, tuple[str, ...]], result: str | None) -> None:
    assert verdict_of(chosen) == result


def draft(**more: object) -> LineDraft:
    line: dict[str, object] = {
        "name": "王芳", "phone": "13800200001", "number": "+8613800200001", "gift": "雨伞", "value": Decimal(29),
        "quantity": 1, "given_on": DAY, "purchase": "N1",
    }  # fmt: skip
    return LineDraft(**{**line, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("number", "gifts", "settlement"),
    [("+8613800200001", True, True), ("+862157712345", False, True), ("12345", False, False), ("", False, False)],
)
def test_an_sms_needs_a_mobile_number_a_call_any_full_one(number: str, gifts: bool, settlement: bool) -> None:
    assert (can_be_reached(number, "gifts"), can_be_reached(number, "settlement")) == (gifts, settlement)


def test_a_wrong_phone_is_no_fault_but_a_day_to_come_is() -> None:
    assert faults_of(draft(phone="x", number=""), DAY) == {}
    assert list(faults_of(draft(given_on=DAY + timedelta(days=1), value=Decimal(-1)), DAY)) == ["value", "given_on"]


def test_the_same_gift_is_known_however_the_phone_is_written() -> None:
    assert draft().same_as(draft(phone="138 0020 0001"))
    assert not draft().same_as(draft(phone="13900000000", number="+8613900000000"))
    assert draft().said == draft(name="王方", phone="138-0020-0001").said


def test_numbers_come_back_and_contradictions_are_named() -> None:
    assert numbers_from(numbers_to(GiftNumbers())) == GiftNumbers()
    assert numbers_from({"gift_share": 55}).gift_share == 55
    with pytest.raises(Invalid) as refused:
        numbers_from({"gift_share": 101, "mend_days": 0})
    assert list(refused.value.fields) == ["gift_share", "mend_days"]
    with pytest.raises(Invalid) as refused:
        numbers_from({"answer_days": 4, "spread_days": 5})
    assert list(refused.value.fields) == ["answer_days"]


def line(standing: str, *, value: str = "10.00", quantity: int = 1, hindrance: str = "", error: str = "") -> SheetLine:
    return SheetLine(1, "王*", "雨伞", quantity, value, "2026-09-10", "", standing, hindrance, error)


def test_the_sheet_counts_results_and_amounts_and_comes_back_from_json() -> None:
    lines = (
        line("real", value="100.00", quantity=2),
        line("fewer", error="closed"),
        line("damaged", error="owed"),
        line("not_received", error="owed"),
        line("not_reached"),
        line("listed", hindrance="duplicate"),
    )
    assert tally(lines) == {"real": 1, "not_received": 1, "differs": 2, "not_reached": 1}
    assert amounts_of(lines) == {
        "listed": "250.00",
        "duplicates": "10.00",
        "confirmed": "200.00",
        "mended": "10.00",
        "disputed": "20.00",
    }
    sheet = Sheet({"store": "S"}, (Share("real", 1, 4, 25.0, 4.6, 69.9),), amounts_of(lines), lines)
    assert from_json(to_json(sheet)) == sheet


def test_nothing_is_signed_before_it_is_complete_and_no_error_closed_before_it_is_mended() -> None:
    for state in ListState:
        if state != ListState.COMPLETE:
            with pytest.raises(Conflict):
                LIST.move("sign", state)
    for verb, state in (("close", ErrorState.OWED), ("return", ErrorState.OWED), ("mend", ErrorState.CLOSED)):
        with pytest.raises(Conflict):
            ERROR.move(verb, state)
