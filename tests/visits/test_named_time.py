"""The time a customer names is read as people write it (VIS-23)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.kernel.refusal import Invalid
from huiyin.visits.rules.named_time import named_time
from tests.visits.planning_worlds import at

NOW = at("2026-09-15 10:05")  # a Tuesday


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("+1h", "2026-09-15 11:05"),
        ("+30m", "2026-09-15 10:35"),
        ("+1h30m", "2026-09-15 11:35"),
        ("+2d", "2026-09-17 10:05"),
        ("in 2 hours", "2026-09-15 12:05"),
        ("半小时后", "2026-09-15 10:35"),
        ("两个小时后", "2026-09-15 12:05"),
        ("3天后", "2026-09-18 10:05"),
        ("15:30", "2026-09-15 15:30"),
        ("15：30", "2026-09-15 15:30"),
        ("9:30", "2026-09-16 09:30"),
        ("3点半", "2026-09-15 15:30"),
        ("下午3点", "2026-09-15 15:00"),
        ("晚上7点15分", "2026-09-15 19:15"),
        ("3pm", "2026-09-15 15:00"),
        ("明天10点", "2026-09-16 10:00"),
        ("明天上午10:30", "2026-09-16 10:30"),
        ("后天14点", "2026-09-17 14:00"),
        ("tomorrow 10:30", "2026-09-16 10:30"),
        ("周五下午3点半", "2026-09-18 15:30"),
        ("下周一14:00", "2026-09-21 14:00"),
        ("fri 15:30", "2026-09-18 15:30"),
        ("next mon 14:00", "2026-09-21 14:00"),
        ("9-20 10:00", "2026-09-20 10:00"),
        ("9月20日10点", "2026-09-20 10:00"),
        ("1-5 14:00", "2027-01-05 14:00"),
        ("2026-09-16T15:00", "2026-09-16 15:00"),
        ("2026-09-16 15:00", "2026-09-16 15:00"),
    ],
)
def test_a_time_is_read_as_people_write_it(text: str, moment: str) -> None:
    assert named_time(text, NOW) == at(moment)


@pytest.mark.parametrize(
    "text", ["", "soon", "15", "25:00", "10:75", "明天", "2月30日10点", "+1x", "13月1日 9:00", "十点"]
)
def test_what_names_no_time_is_asked_for_again(text: str) -> None:
    with pytest.raises(Invalid) as refusal:
        named_time(text, NOW)
    assert list(refusal.value.fields) == ["again_at"]
    assert refusal.value.why.text == "This time cannot be read; write +1h, 15:30 or 11-20 10:00."


@pytest.mark.parametrize("text", ["今天9点", "2026-09-15T10:05", "2025-01-01 10:00", "+400d", "2026-09-15 08:00"])
def test_a_time_that_has_passed_or_is_more_than_a_year_away_is_none(text: str) -> None:
    with pytest.raises(Invalid, match="it must be in the future"):
        named_time(text, NOW)


@given(st.text(max_size=20))
def test_no_text_whatever_breaks_the_reading(text: str) -> None:
    try:
        found = named_time(text, NOW)
    except Invalid:
        return
    assert NOW < found <= NOW + timedelta(days=366)


@given(st.datetimes(datetime(2026, 9, 15, 10, 6), datetime(2027, 9, 1)))  # noqa: DTZ001 - as it is written
def test_every_whole_moment_is_read_as_itself(moment: datetime) -> None:
    plain = moment.replace(second=0, microsecond=0)
    assert named_time(f"{plain:%Y-%m-%d %H:%M}", NOW) == plain.replace(tzinfo=NOW.tzinfo)
