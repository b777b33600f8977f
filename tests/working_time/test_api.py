"""Calendars over the REST API."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from huiyin.working_time.public import calendar_of
from tests.api.conftest import Caller, caller
from tests.conftest import Company
from tests.working_time.calendars import hours

__all__ = ["caller"]

CLOSURE = {"day": "2026-09-29", "kind": "closure", "name": "台风", "note": "台风停工"}
START = "start=2026-09-30T16:00:00%2B08:00"


def test_calendars_are_listed_with_their_newest_version(company: Company, caller: Callable[..., Caller]) -> None:
    assert caller("agent")("GET", "/calendars").json() == [
        {
            "code": "standard",
            "name": "Standard working hours",
            "department_id": None,
            "version": 1,
            "zone": "Asia/Shanghai",
            "announced_through": "2026-12-31",
        }
    ]


def test_a_year_tells_hours_and_what_is_different(company: Company, caller: Callable[..., Caller]) -> None:
    year = caller("agent")("GET", "/calendars/standard?year=2026").json()
    assert (year["working_days"], len(year["days"]), year["version"]) == (248, 39, 1)
    assert year["week"][0] == [["09:00", "12:00"], ["13:00", "18:00"]]
    assert year["days"][-1] == {
        "day": "2026-10-10",
        "kind": "make_up",
        "name": "National Day",
        "hours": [["09:00", "12:00"], ["13:00", "18:00"]],
        "announced": True,
    }


def test_a_deadline_is_explained(company: Company, caller: Callable[..., Caller]) -> None:
    found = caller("agent")("GET", f"/calendars/standard/deadline?{START}&amount=4&unit=working_hours").json()
    assert (found["deadline"], found["calendar"], found["version"]) == ("2026-10-08T11:00:00+08:00", "standard", 1)
    assert found["steps"][3]["text"] == "Thu 1 Oct 2026 to Wed 7 Oct 2026 are holidays: National Day."
    assert sum(step["counted_seconds"] for step in found["steps"]) == 4 * 3600


def test_working_time_between_two_moments(company: Company, caller: Callable[..., Caller]) -> None:
    asked = f"/calendars/standard/between?{START}&end=2026-10-10T16:00:00%2B08:00"
    found = caller("agent")("GET", asked).json()
    assert (found["seconds"], found["working_days"]) == (24 * 3600.0, 3)


@pytest.mark.parametrize(
    ("asked", "status", "why"),
    [
        ("/calendars/nowhere", 404, "no calendar nowhere"),
        ("/calendars/standard?version=99999999999999999999", 404, "no calendar standard"),
        ("/calendars/standard/deadline?start=2026-09-30T16:00:00&amount=4&unit=hours", 422, "has no time zone"),
        (f"/calendars/standard/deadline?{START}&amount=-4&unit=hours", 422, "zero or more"),
        (f"/calendars/standard/deadline?{START}&amount=1e999999&unit=hours", 422, "zero or more"),
        (f"/calendars/standard/deadline?{START}&amount=1.5&unit=days", 422, "counted whole"),
    ],
)
def test_what_cannot_be_answered_says_why(
    company: Company, caller: Callable[..., Caller], asked: str, status: int, why: str
) -> None:
    answer = caller("agent")("GET", asked)
    assert answer.status_code == status
    assert why in answer.json()["detail"]


def test_days_and_hours_are_changed_as_on_the_page(company: Company, caller: Callable[..., Caller]) -> None:
    ask = caller("administrator")
    made = ask("POST", "/calendars/standard/days", CLOSURE | {"expected_version": 1})
    assert (made.status_code, made.json()["version"], made.json()["note"]) == (201, 2, "台风停工")
    assert not calendar_of().is_working_day(date(2026, 9, 29))
    week = [[["10:00", "24:00"]]] * 7
    made = ask("POST", "/calendars/standard/hours", {"week": week, "effective_from": "2026-12-01", "note": "冬季"})
    assert made.json()["version"] == 3
    assert calendar_of().intervals_on(date(2026, 12, 6)) == hours("10:00-00:00")
    late = ask("POST", "/calendars/standard/days", CLOSURE | {"day": "2026-09-30", "expected_version": 1})
    assert (late.status_code, late.json()["code"]) == (409, "conflict")


def test_the_same_key_changes_once_and_is_answered_the_same(company: Company, caller: Callable[..., Caller]) -> None:
    ask = caller("administrator")
    answers = [ask("POST", "/calendars/standard/days", CLOSURE, **{"Idempotency-Key": "k"}).json() for _ in range(2)]
    assert answers[0] == answers[1]
    assert calendar_of().version == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "special", "hours": [["9", "12"]]},
        {"kind": "special", "hours": [["09:00"]]},
        {"day": "0001-01-01"},
        {"day": "9999-12-31"},
        {"kind": "ordinary"},
    ],
)
def test_a_wrong_change_is_422_and_changes_nothing(
    company: Company, caller: Callable[..., Caller], wrong: dict[str, object]
) -> None:
    assert caller("administrator")("POST", "/calendars/standard/days", CLOSURE | wrong).status_code == 422
    assert calendar_of().version == 1


def test_calendars_are_made_and_years_announced(company: Company, caller: Callable[..., Caller]) -> None:
    ask = caller("administrator")
    assert ask("POST", "/calendars", {"code": "hotline", "name": "热线"}).json()["code"] == "hotline"
    assert ask("POST", "/calendars", {"code": "x", "name": "x", "department_id": 10**18}).status_code == 422
    assert ask("POST", "/calendars/hotline/announcements", {"year": 2027}).status_code == 422
    ask("POST", "/calendars/hotline/days", {"day": "2027-01-01", "kind": "holiday", "name": "元旦"})
    assert ask("POST", "/calendars/hotline/announcements", {"year": 2027}).json()["version"] == 3
