"""When links go out, and what follows when no answer comes: pure rules (QST-6)."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.visits.rules.inviting import InviteNumbers, first_self_way, send_times, way_after
from tests.conftest import SHANGHAI


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def told(times: list[datetime]) -> list[str]:
    return [f"{each:%m-%d %H:%M}" for each in times]


@pytest.mark.parametrize(
    ("ways", "first"),
    [(["sms", "phone"], "sms"), (["email"], "email"), (["phone", "sms"], ""), (["link"], ""), ([], "")],
)
def test_only_sms_and_email_in_the_first_place_go_by_themselves(ways: list[str], first: str) -> None:
    assert first_self_way(ways) == first


def test_ways_follow_in_the_order_of_the_kind() -> None:
    ways = ["sms", "email", "phone"]
    assert [way_after(ways, way) for way in (*ways, "wechat")] == ["email", "phone", "", ""]


def test_one_link_goes_out_at_once_inside_the_hours_and_in_the_morning_outside_them() -> None:
    numbers = InviteNumbers(opens=9, closes=20)
    assert told(send_times(numbers, [at("2026-09-15 10:05")])) == ["09-15 10:05"]
    assert told(send_times(numbers, [at("2026-09-15 07:00")])) == ["09-15 09:00"]
    assert told(send_times(numbers, [at("2026-09-15 20:00")])) == ["09-16 09:00"]


def test_links_of_a_day_spread_evenly_over_what_is_left_of_its_hours() -> None:
    times = send_times(InviteNumbers(opens=9, closes=20), [at("2026-09-15 16:00")] * 4)
    assert told(times) == ["09-15 16:00", "09-15 17:00", "09-15 18:00", "09-15 19:00"]


def test_links_spread_over_days() -> None:
    times = send_times(InviteNumbers(opens=10, closes=12, spread_days=2), [at("2026-09-15 09:00")] * 4)
    assert told(times) == ["09-15 10:00", "09-15 11:00", "09-16 10:00", "09-16 11:00"]


def test_no_more_links_a_day_than_allowed_counting_those_already_planned() -> None:
    numbers = InviteNumbers(opens=10, closes=12, per_day=2)
    times = send_times(numbers, [at("2026-09-15 09:00")] * 4, {date(2026, 9, 15): 1})
    assert told(times) == ["09-15 10:00", "09-16 10:00", "09-16 11:00", "09-17 10:00"]


MOMENTS = st.integers(0, 5 * 24 * 60).map(lambda minutes: at("2026-09-15 00:00") + timedelta(minutes=minutes))


@given(
    st.lists(MOMENTS, max_size=40),
    st.integers(0, 22),
    st.integers(1, 3),
    st.none() | st.integers(1, 5),
)
def test_every_link_keeps_hours_limit_and_its_own_earliest_moment(
    earliest: list[datetime], opens: int, days: int, per_day: int | None
) -> None:
    numbers = InviteNumbers(opens=opens, closes=opens + 2, spread_days=days, per_day=per_day)
    times = send_times(numbers, earliest)
    assert len(times) == len(earliest)
    for time, first in zip(times, earliest, strict=True):
        assert time >= first
        assert opens <= time.hour < opens + 2
    if per_day:
        assert max(Counter(time.date() for time in times).values(), default=0) <= per_day
