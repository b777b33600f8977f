"""Shifts, and what falls due while its owner is away (ORG-4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.foundation.calls import system_call
from huiyin.kernel.refusal import Forbidden, Invalid
from huiyin.organisation.actions.leave import add_leave
from huiyin.organisation.actions.shifts import save_day, save_week
from huiyin.organisation.actions.tell_absences import tell_absences
from huiyin.organisation.models import Leave, Shift
from huiyin.organisation.public import duties_of
from huiyin.organisation.rules.shifts import Duty, Stretch, day_from, said
from tests.api.conftest import Caller, caller
from tests.conftest import Company, MovableClock

__all__ = ["caller"]
MONDAY = date(2026, 9, 28)
EARLY, LATE = (Stretch(time(8, 30), time(12)),), (Stretch(time(13), time(18)),)


def moment(day: date, text: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(text))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", ""),
        ("8:30-12:00", "08:30-12:00"),
        (" 13:00 – 17:30，8：30至12：00 ", "08:30-12:00, 13:00-17:30"),
        ("9:00-12:00、12:00-15:00", "09:00-12:00, 12:00-15:00"),
    ],
)
def test_shifts_are_read_as_people_type_them(typed: str, read: str) -> None:
    assert said(day_from(typed)) == read


@pytest.mark.parametrize("typed", ["8:30", "12:00-8:30", "8-12", "9:00-12:00, 11:00-13:00", "25:00-26:00", "上午", "-"])
def test_what_is_no_shift_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        day_from(typed)


def test_who_has_a_week_of_his_own_is_free_where_it_says_nothing() -> None:
    duty = Duty({0: EARLY}, {MONDAY + timedelta(days=1): LATE})
    covered = [
        (MONDAY, "10:00", "11:30", True),
        (MONDAY, "10:00", "12:01", False),
        (MONDAY, "14:00", "16:30", False),
        (MONDAY + timedelta(days=1), "14:00", "16:30", True),
        (MONDAY + timedelta(days=2), "10:00", "11:30", False),
        (MONDAY + timedelta(days=7), "10:00", "11:30", True),
    ]
    assert [duty.covers(moment(day, a), moment(day, b)) for day, a, b, _says in covered] == [row[3] for row in covered]
    assert Duty().covers(moment(MONDAY, "03:00"), moment(MONDAY, "23:00"))
    other = Duty({}, {MONDAY: EARLY})
    assert not other.covers(moment(MONDAY, "14:00"), moment(MONDAY, "15:00"))
    assert other.covers(moment(MONDAY + timedelta(days=1), "14:00"), moment(MONDAY + timedelta(days=1), "15:00"))


TIMES = st.integers(0, 23 * 60).map(lambda minutes: time(minutes // 60, minutes % 60))


@settings(deadline=None)
@given(parts=st.lists(st.tuples(TIMES, TIMES).filter(lambda two: two[0] < two[1]), max_size=3), start=TIMES, end=TIMES)
def test_covered_means_every_minute_lies_in_a_shift(parts: list[tuple[time, time]], start: time, end: time) -> None:
    shifts = tuple(Stretch(*part) for part in sorted(parts))
    if start >= end:
        return
    minutes = range(start.hour * 60 + start.minute, end.hour * 60 + end.minute)
    every = all(any(each.start <= time(m // 60, m % 60) < each.end for each in shifts) for m in minutes)
    duty = Duty({}, {MONDAY: shifts})
    assert duty.covers(datetime.combine(MONDAY, start), datetime.combine(MONDAY, end)) == every


def test_a_week_and_a_day_are_saved_and_taken_back(company: Company) -> None:
    call, agent = company.call("director"), company.staff["agent"].pk
    save_week(call, agent, week=["8:30-12:00", "13:00-18:00", "", "", "", "", ""])
    save_day(call, agent, day=MONDAY, shifts="13:00-18:00")
    duty = duties_of([agent], MONDAY, MONDAY)[agent]
    assert (duty.on(MONDAY), duty.on(MONDAY + timedelta(days=7)), duty.week[1]) == (LATE, EARLY, LATE)
    assert duties_of([agent], date(2026, 11, 1), date(2026, 11, 7))[agent].days == {}
    with pytest.raises(Invalid) as refused:
        save_week(call, agent, week=["8:30-12:00", "x", "", "", "", "", "y"])
    assert list(refused.value.fields) == ["day_1", "day_6"]
    assert Shift.objects.count() == 3
    save_day(call, agent, day=MONDAY, shifts="")
    save_week(call, agent, week=[""] * 7)
    assert not Shift.objects.exists()
    with pytest.raises(Forbidden):
        save_week(company.call("agent"), agent, week=[""] * 7)


def test_shifts_are_changed_on_the_persons_page_and_over_the_api(
    company: Company, sign_in: Callable[[str], Client], caller: Callable[..., Caller]
) -> None:
    client, agent = sign_in("director"), company.staff["agent"].pk
    address = f"/organisation/people/{agent}/"
    assert client.post(f"{address}week/", {"day_0": "8:30-12:00", "day_4": "13:00-18:00"}).status_code == 302
    assert client.post(f"{address}day/", {"day": "2026-09-28", "shifts": "9:00-10:00"}).status_code == 302
    shown = client.get(address).content.decode()
    assert all(text in shown for text in ('value="08:30-12:00"', 'value="13:00-18:00"', "09:00-10:00"))
    wrong = client.post(f"{address}week/", {"day_0": "morgens"})
    assert (wrong.status_code, 'value="morgens"' in wrong.content.decode()) == (422, True)
    assert "“morgens”不是班次" in wrong.content.decode()
    assert Shift.objects.filter(day=None).count() == 2, "nothing changed"
    assert sign_in("agent").post(f"{address}week/", {}).status_code == 403
    director = caller("director")
    told = director("GET", f"/organisation/people/{agent}/shifts").json()
    assert told == {"week": ["08:30-12:00", "", "", "", "13:00-18:00", "", ""], "days": {"2026-09-28": "09:00-10:00"}}
    week = ["", "", "9:00-12:00", "", "", "", ""]
    assert director("PUT", f"/organisation/people/{agent}/shifts", {"week": week}).json()["week"][2] == "09:00-12:00"
    assert director("PUT", f"/organisation/people/{agent}/shifts/2026-09-28", {"shifts": ""}).json()["days"] == {}
    assert director("PUT", f"/organisation/people/{agent}/shifts", {"week": ["x"] * 7}).status_code == 422
    assert caller("agent")("GET", f"/organisation/people/{company.staff['agent2'].pk}/shifts").status_code == 404


def test_a_stand_in_is_somebody_who_is_there(company: Company, sign_in: Callable[[str], Client]) -> None:
    call, agent = company.call("administrator"), company.staff["agent"].pk
    days = {"first_day": date(2026, 10, 8), "last_day": date(2026, 10, 9)}
    add_leave(call, company.staff["agent2"].pk, **days)
    company.staff["engineer"].is_active = False
    company.staff["engineer"].save()
    for wrong in ("agent", "agent2", "engineer"):
        with pytest.raises(Invalid) as refused:
            add_leave(call, agent, **days, stand_in_id=company.staff[wrong].pk)
        assert list(refused.value.fields) == ["stand_in_id"]
    sent = {"first_day": "2026-10-08", "last_day": "2026-10-09", "stand_in_id": company.staff["quality"].pk}
    client = sign_in("administrator")
    assert client.post(f"/organisation/people/{agent}/leave/", sent).status_code == 302
    assert Leave.objects.get(staff=agent).stand_in == company.staff["quality"]
    assert "quality" in client.get(f"/organisation/people/{agent}/").content.decode()


def test_absences_are_told_only_while_they_last(company: Company, clock: MovableClock) -> None:
    clock.set("2026-10-07 23:59")
    add_leave(
        company.call("administrator"),
        company.staff["agent"].pk,
        first_day=date(2026, 10, 8),
        last_day=date(2026, 10, 9),
    )
    told: list[Any] = [tell_absences(system_call())]
    for moment_ in ("2026-10-08 00:01", "2026-10-09 23:59", "2026-10-10 00:00"):
        clock.set(moment_)
        told.append(tell_absences(system_call()))
    assert told == [0, 1, 1, 0]
