"""Settings in versions: from which day one may hold."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.foundation.versions import demand_future
from huiyin.kernel.refusal import Invalid

TODAY = date(2026, 9, 28)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 9, 27), "A version holds from today on at the earliest; what was done stays under its own."),
        (date(2201, 1, 1), "The year must lie between 1900 and 2200."),
        (date(9999, 12, 31), "The year must lie between 1900 and 2200."),
    ],
)
def test_a_version_holds_neither_from_a_past_day_nor_from_a_far_century(day: date, why: str) -> None:
    with pytest.raises(Invalid) as refused:
        demand_future(day, TODAY)
    assert str(refused.value.fields["effective_from"]) == why


def test_a_version_holds_from_today_on() -> None:
    demand_future(TODAY, TODAY)
