"""Cells are read as people write them; what cannot be is refused with a sentence."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.imports.rules.cells import Reading, Wrong, choice, code, day, moment, number, whole_number, yes_no
from huiyin.imports.rules.harmless import harmless

READING = Reading(ZoneInfo("Asia/Shanghai"), datetime(2026, 9, 28, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("12", "12"), ("1,234.50", "1234.50"), ("￥1，234.50", "1234.50"), ("1.234,50", "1234.50"), ("12,5", "12.5"),
        ("1,234", "1234"), ("1,234,567", "1234567"), ("(12.30)", "-12.30"), ("-7", "-7"), ("3299元", "3299"),
        ("１２３", "123"), ("1e3", "1000"),
    ],
)  # fmt: skip
def test_numbers_are_read_in_the_writings_of_several_countries(cell: str, value: str) -> None:
    assert number(cell, READING) == Decimal(value)


@pytest.mark.parametrize("cell", ["abc", "", "1-2", "NaN", "Infinity", "12 Stück", "999999999999999"])
def test_what_is_no_number_is_refused(cell: str) -> None:
    with pytest.raises(Wrong):
        number(cell, READING)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("2023-05-06", date(2023, 5, 6)), ("2023/5/6", date(2023, 5, 6)), ("2023.05.06", date(2023, 5, 6)),
        ("2023年5月6日", date(2023, 5, 6)), ("20230506", date(2023, 5, 6)), ("45052", date(2023, 5, 6)),
        ("2023-05-06 12:30:00", date(2023, 5, 6)), ("23-5-6", date(2023, 5, 6)),
    ],
)  # fmt: skip
def test_days_are_read_in_chinese_and_spreadsheet_writings(cell: str, value: date) -> None:
    assert day(cell, READING) == value


@pytest.mark.parametrize("cell", ["2023-02-30", "2023-13-01", "2023-00-10", "0000-00-00", "31/31/2023", "gestern", "1"])
def test_impossible_dates_are_refused(cell: str) -> None:
    with pytest.raises(Wrong) as refusal:
        day(cell, READING)
    assert cell in str(refusal.value)


def test_doubtful_dates_follow_the_order_of_the_file() -> None:
    assert day("03/04/2005", Reading(READING.time_zone, READING.now, "dmy")) == date(2005, 4, 3)
    assert day("03/04/2005", Reading(READING.time_zone, READING.now, "mdy")) == date(2005, 3, 4)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("2023-05-06 08:00", datetime(2023, 5, 6, 0, 0, tzinfo=UTC)),
        ("2023/5/6 下午3:05", datetime(2023, 5, 6, 7, 5, tzinfo=UTC)),
        ("2023-05-06T08:00:00Z", datetime(2023, 5, 6, 8, 0, tzinfo=UTC)),
        ("2023-05-06 08:00:00+02:00", datetime(2023, 5, 6, 6, 0, tzinfo=UTC)),
        ("45052.5", datetime(2023, 5, 6, 4, 0, tzinfo=UTC)),
    ],
)
def test_moments_are_in_the_zone_of_the_file_unless_they_name_one(cell: str, value: datetime) -> None:
    assert moment(cell, READING) == value


def test_a_purchase_cannot_lie_in_the_future() -> None:
    with pytest.raises(Wrong, match="future"):
        moment("2027-01-01", READING)


def test_numbers_that_are_names_lose_the_fraction_a_spreadsheet_gave_them() -> None:
    assert [code(cell, READING) for cell in ("13085.0", "13085", "A1.0", "1.50")] == ["13085", "13085", "A1.0", "1.50"]


def test_whole_numbers_and_yes_no() -> None:
    assert whole_number("12.0", READING) == 12
    with pytest.raises(Wrong):
        whole_number("12.5", READING)
    assert [yes_no(cell, READING) for cell in ("是", "Yes", "否", "0")] == [True, True, False, False]
    with pytest.raises(Wrong):
        yes_no("maybe", READING)


def test_a_choice_names_what_is_possible() -> None:
    with pytest.raises(Wrong, match="vip, 普通"):
        choice({"vip": "vip", "普通": "regular"})("gold", READING)


@pytest.mark.parametrize(
    ("cell", "out"),
    [("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("+cmd", "'+cmd"), ("-2+3", "'-2+3"), ("-12.5", "-12.5"),
     ("+8613800001111", "+8613800001111"), ("plain", "plain"), ("\t=1", "'\t=1")],
)  # fmt: skip
def test_formulas_are_defused_on_their_way_out(cell: str, out: str) -> None:
    assert harmless(cell) == out


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_and_nothing_else(cell: str) -> None:
    for parse in (number, day, moment, whole_number, yes_no):
        with suppress(Wrong):
            parse(cell, READING)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_a_number_written_with_thousands_comes_back(value: Decimal) -> None:
    assert number(f"{value:,.2f}", READING) == value
