"""Calendars go out as a file and come in again, after a look at what would change (DIG-6)."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from huiyin.kernel.refusal import Conflict, Forbidden, Invalid
from huiyin.working_time.actions.change_week import change_week
from huiyin.working_time.actions.import_calendars import changes_in, import_calendars
from huiyin.working_time.models import CalendarVersion
from huiyin.working_time.public import Span, Unit, calendar_of, deadline
from huiyin.working_time.queries.calendar_files import exported
from huiyin.working_time.rules.calendar import DayKind, Interval, same_hours
from huiyin.working_time.rules.calendar_file import read_calendars, text_of
from tests.api.conftest import Caller, caller
from tests.conftest import Company, MovableClock

__all__ = ["caller"]

SHORT = same_hours([Interval(time(10), time(16))])
OFFICE = same_hours([Interval(time(9), time(12)), Interval(time(13), time(18))])


@pytest.fixture
def whole(company: Company, clock: MovableClock) -> dict[str, Any]:
    clock.set("2026-09-15 10:15")
    return dict(json.loads(exported()))


def standard(whole: dict[str, Any]) -> dict[str, Any]:
    return next(each for each in whole["calendars"] if each["code"] == "standard")


def taken(company: Company, whole: dict[str, Any], who: str = "administrator") -> int:
    return import_calendars(company.call(who), json.dumps(whole), reason="版本库")


def test_what_goes_out_comes_in_as_it_was(whole: dict[str, Any]) -> None:
    text = exported()
    assert text_of(read_calendars(text)) == text
    assert [each["code"] for each in whole["calendars"]] == ["standard"]
    kept = next(day for day in standard(whole)["days"] if day["day"] == "2026-10-01")
    assert kept == {"day": "2026-10-01", "kind": "holiday", "name": "National Day"}


def test_the_same_file_changes_nothing(company: Company, whole: dict[str, Any]) -> None:
    assert changes_in(json.dumps(whole), company.call("administrator")) == []
    with pytest.raises(Conflict):
        taken(company, whole)
    assert CalendarVersion.objects.count() == 1


def test_days_and_hours_are_taken_as_versions_and_old_deadlines_stay(company: Company, whole: dict[str, Any]) -> None:
    given = deadline(calendar_of(), company.call("agent").now, Span(3, Unit.WORKING_DAYS)).at
    own = standard(whole)
    own["weeks"].append({"from": "2026-11-01", "hours": [[["10:00", "16:00"]]] * 5 + [[], []]})
    own["days"] = [day for day in own["days"] if day["day"] != "2026-10-07"]
    own["days"].append({"day": "2026-09-16", "kind": "closure", "name": "盘点"})
    (change,) = changes_in(json.dumps(whole), company.call("administrator"))
    assert (change.last, change.effective_from, len(change.differences)) == (1, date(2026, 9, 16), 3)
    assert taken(company, whole) == 1
    new = calendar_of()
    assert (new.version, new.week_on(date(2026, 10, 31)), new.week_on(date(2026, 11, 2))) == (2, OFFICE, SHORT)
    assert (new.kind_of(date(2026, 9, 16)), new.kind_of(date(2026, 10, 7))) == (DayKind.CLOSURE, DayKind.ORDINARY)
    assert deadline(calendar_of(version=1), company.call("agent").now, Span(3, Unit.WORKING_DAYS)).at == given
    assert json.loads(exported()) == {**whole, "calendars": [{**own, "days": sorted(own["days"], key=_day)}]}


def _day(row: dict[str, Any]) -> str:
    return str(row["day"])


def test_hours_that_the_file_no_longer_has_are_taken_back(company: Company, whole: dict[str, Any]) -> None:
    change_week(company.call("administrator"), "standard", week=SHORT, effective_from=date(2026, 12, 1))
    assert calendar_of().week_on(date(2026, 12, 1)) == SHORT
    taken(company, whole)
    assert calendar_of().week_on(date(2026, 12, 1)) == OFFICE
    assert changes_in(json.dumps(whole), company.call("administrator")) == []


def test_a_calendar_that_is_new_is_made_with_its_department(company: Company, whole: dict[str, Any]) -> None:
    whole["calendars"].append({**standard(whole), "code": "service", "name": "客服", "department": "service"})
    whole["calendars"][1]["weeks"] = [{"from": "2026-01-01", "hours": [[["08:00", "20:00"]]] * 7}]
    assert taken(company, whole) == 1
    made = calendar_of("service")
    assert (made.version, made.name, len(made.intervals_on(date(2026, 9, 19)))) == (1, "客服", 1)
    assert not made.is_working_day(date(2026, 10, 1))


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"zone": "Mars/Base"}, "standard.zone"),
        ({"announced_through": "soon"}, "standard.announced_through"),
        ({"weeks": []}, "standard.weeks"),
        ({"weeks": [{"from": "2026-01-01", "hours": [[]] * 7}]}, "standard.weeks.2026-01-01"),
        ({"weeks": [{"from": "2026-01-01", "hours": [[["09:00", "08:00"]]] * 7}]}, "standard.weeks.2026-01-01"),
        ({"weeks": [{"from": "2026-01-01", "hours": [[["09:00", "12:00"]]] * 6}]}, "standard.weeks.2026-01-01"),
        ({"days": [{"day": "2026-10-01", "kind": "party", "name": "x"}]}, "standard.days.2026-10-01"),
        ({"days": [{"day": "2026-10-01", "kind": "holiday"}]}, "standard.days.2026-10-01"),
        ({"days": [{"day": "2026-10-01", "kind": "special", "name": "x"}]}, "standard.days.2026-10-01"),
        ({"days": [{"day": "2026-10-01", "kind": "holiday", "name": "x"}] * 2}, "standard.days"),
        ({"department": "moon"}, "standard.department"),
        ({"colour": "red"}, "standard.colour"),
    ],
)
def test_what_is_wrong_in_a_file_is_named_at_its_place_and_nothing_changes(
    company: Company, whole: dict[str, Any], change: dict[str, Any], place: str
) -> None:
    whole["calendars"] = [{**standard(whole), **change}]
    with pytest.raises(Invalid) as refused:
        taken(company, whole)
    assert list(refused.value.fields) == [place]
    assert CalendarVersion.objects.count() == 1


@pytest.mark.parametrize("text", ["", "[]", "{", '{"huiyin": "huiyin visits 1"}', '{"huiyin": "huiyin calendars 1"}'])
def test_what_is_no_file_of_calendars_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_calendars(text)
    assert list(refused.value.fields) == ["file"]


def test_the_page_shows_what_would_change_before_it_does(
    company: Company, whole: dict[str, Any], sign_in: Callable[[str], Client]
) -> None:
    standard(whole)["days"].append({"day": "2026-12-31", "kind": "closure", "name": "年终盘点"})
    client, text = sign_in("administrator"), json.dumps(whole)
    assert client.get(reverse("calendar-export")).content.decode() == exported()
    file = SimpleUploadedFile("calendars.json", text.encode())
    looked = client.post(reverse("calendar-files"), {"file": file, "do": "look", "once": "a"})
    assert (looked.status_code, "年终盘点" in looked.content.decode(), CalendarVersion.objects.count()) == (
        200,
        True,
        1,
    )
    send = {"text": text, "do": "take", "expected": "1", "once": "b"}
    assert client.post(reverse("calendar-files"), {**send, "reason": ""}).status_code == 422
    assert client.post(reverse("calendar-files"), {**send, "reason": "年终"}).status_code == 302
    assert client.post(reverse("calendar-files"), {**send, "reason": "年终"}).status_code == 302
    assert (CalendarVersion.objects.count(), calendar_of().kind_of(date(2026, 12, 31))) == (2, DayKind.CLOSURE)


def test_who_may_not_change_calendars_may_take_no_file(
    company: Company, whole: dict[str, Any], sign_in: Callable[[str], Client]
) -> None:
    with pytest.raises(Forbidden):
        taken(company, whole, "agent")
    assert sign_in("agent").get(reverse("calendar-files")).status_code == 200
    assert sign_in("agent").post(reverse("calendar-files"), {"text": "{}", "do": "take"}).status_code == 403


def test_the_api_takes_a_file_as_the_page_does(whole: dict[str, Any], caller: Callable[..., Caller]) -> None:
    standard(whole)["days"].append({"day": "2026-12-31", "kind": "closure", "name": "年终盘点"})
    administrator, text = caller("administrator"), json.dumps(whole)
    looked = administrator("POST", "/calendars-file", {"text": text}).json()
    assert looked["taken"] is False
    assert [(each["code"], each["after_version"], each["effective_from"]) for each in looked["changes"]] == [
        ("standard", 1, "2026-12-31")
    ]
    assert administrator("POST", "/calendars-file", {"text": text, "take": True, "reason": "年终"}).json()["taken"]
    assert administrator("GET", "/calendars-file").json() == exported()
    assert caller("agent")("POST", "/calendars-file", {"text": text}).status_code == 403
