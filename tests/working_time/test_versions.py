"""A changed calendar is a new version: old deadlines stay explainable, two editors never overwrite each other."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from huiyin.foundation.models import ActEntry, RowChange
from huiyin.kernel.refusal import Conflict, Forbidden, Invalid, NotFound
from huiyin.working_time.actions.announce_year import announce_year
from huiyin.working_time.actions.change_week import change_week
from huiyin.working_time.actions.open_calendar import open_calendar
from huiyin.working_time.actions.set_day import set_day
from huiyin.working_time.models import Calendar, CalendarVersion, DayRule
from huiyin.working_time.public import Span, Unit, add_working_time, calendar_of, compiled, deadline
from huiyin.working_time.queries.calendars import regions_of, versions_of
from huiyin.working_time.rules.announcement import missing_year
from huiyin.working_time.rules.calendar import DayKind, same_hours
from huiyin.working_time.seed import seed
from huiyin.working_time.statutory import Statutory
from tests.conftest import Company
from tests.working_time.calendars import OFFICE, SHANGHAI, hours, sh

TWO_HOURS = timedelta(hours=2)


def test_every_company_starts_with_the_standard_calendar(db: None) -> None:
    calendar = calendar_of()
    assert (calendar.code, calendar.version, calendar.zone) == ("standard", 1, SHANGHAI)
    assert calendar.week == same_hours(OFFICE)
    assert calendar.announced_through == date(2026, 12, 31)
    assert calendar.exceptions == {found.day: found for found in Statutory(2007, 2027).exceptions()}


def test_seeding_again_changes_nothing(db: None) -> None:
    before = (Calendar.objects.count(), CalendarVersion.objects.count(), DayRule.objects.count())
    seed()
    assert (Calendar.objects.count(), CalendarVersion.objects.count(), DayRule.objects.count()) == before


def test_the_deadlines_of_the_issue_come_out(db: None) -> None:
    start = sh("2026-09-30T16:00")
    assert deadline(calendar_of(), start, Span(4, Unit.WORKING_HOURS)).at == sh("2026-10-08T11:00")
    assert deadline(calendar_of(), start, Span(3, Unit.WORKING_DAYS)).at == sh("2026-10-10T16:00")


def test_a_version_is_found_by_one_query_and_read_once(db: None) -> None:
    known = calendar_of()
    with CaptureQueriesContext(connection) as asked:
        assert calendar_of() is known
    assert len(asked) == 1


def test_a_closure_makes_a_version_and_old_deadlines_keep_theirs(company: Company) -> None:
    start = sh("2026-09-28T17:00")
    before, day = add_working_time(calendar_of(), start, TWO_HOURS), date(2026, 9, 29)
    made = set_day(
        company.call("administrator"),
        "standard",
        day=day,
        kind=DayKind.CLOSURE,
        name="台风",
        note="台风停工",
    )
    after = add_working_time(calendar_of(), start, TWO_HOURS)
    assert (before.at, before.version) == (sh("2026-09-29T10:00"), 1)
    assert (after.at, after.version) == (sh("2026-09-30T10:00"), 2)
    assert add_working_time(calendar_of("standard", before.version), start, TWO_HOURS) == before
    assert (made.number, made.note, made.created_by) == (2, "台风停工", company.staff["administrator"])
    entry = ActEntry.objects.get(verb="calendar.set_day")
    assert (entry.actor_name, entry.reason, entry.data["version"]) == ("administrator", "台风停工", 2)
    assert RowChange.objects.filter(shape__subject="working_time_dayrule", verb="calendar.set_day").count() == 1


def test_an_exception_can_be_altered_and_taken_away(company: Company) -> None:
    call, day = company.call("administrator"), date(2026, 10, 10)
    set_day(call, "standard", day=day, kind=DayKind.SPECIAL, name="半天", hours=hours("09:00-12:00"))
    assert calendar_of().intervals_on(day) == hours("09:00-12:00")
    set_day(call, "standard", day=day, kind=DayKind.ORDINARY)
    assert calendar_of().intervals_on(day) == ()
    assert calendar_of().kind_of(day) is DayKind.ORDINARY
    assert calendar_of(version=2).intervals_on(day) == hours("09:00-12:00")
    assert calendar_of(version=1).kind_of(day) is DayKind.MAKE_UP
    assert [version.number for version in versions_of("standard")] == [3, 2, 1]


def test_several_days_are_closed_at_once(company: Company) -> None:
    call = company.call("administrator")
    set_day(call, "standard", day=date(2026, 12, 7), last_day=date(2026, 12, 10), kind=DayKind.CLOSURE, name="盘点")
    assert [calendar_of().is_working_day(date(2026, 12, day)) for day in range(7, 12)] == [False] * 4 + [True]


def test_new_hours_hold_from_their_day_on(company: Company) -> None:
    winter = same_hours(hours("09:30-12:00", "13:00-17:30"))
    change_week(company.call("director"), "standard", week=winter, effective_from=date(2026, 11, 1), note="冬季作息")
    calendar = calendar_of()
    assert calendar.intervals_on(date(2026, 10, 30)) == OFFICE
    assert calendar.intervals_on(date(2026, 11, 2)) == hours("09:30-12:00", "13:00-17:30")
    assert calendar_of(version=1).intervals_on(date(2026, 11, 2)) == OFFICE
    assert add_working_time(calendar, sh("2026-10-30T17:00"), TWO_HOURS).at == sh("2026-11-02T10:30")


def test_hours_changed_again_from_an_earlier_day_replace_the_later_change(company: Company) -> None:
    call = company.call("director")
    change_week(call, "standard", week=same_hours(hours("10:00-16:00")), effective_from=date(2026, 12, 1))
    change_week(call, "standard", week=same_hours(hours("08:00-16:00")), effective_from=date(2026, 11, 2))
    assert calendar_of().intervals_on(date(2026, 12, 1)) == hours("08:00-16:00")
    assert calendar_of().intervals_on(date(2026, 10, 30)) == OFFICE
    assert calendar_of(version=2).intervals_on(date(2026, 12, 1)) == hours("10:00-16:00")


def test_a_calendar_can_be_asked_what_was_known_at_a_moment(company: Company) -> None:
    made = set_day(company.call("administrator"), "standard", day=date(2026, 9, 29), kind=DayKind.CLOSURE, name="台风")
    assert calendar_of(at=made.created_at).version == 2
    assert calendar_of(at=made.created_at - timedelta(seconds=1)).version == 1


def test_a_region_has_closures_of_its_own(company: Company) -> None:
    call, day = company.call("administrator"), date(2026, 9, 29)
    set_day(call, "standard", day=day, kind=DayKind.CLOSURE, name="台风", region="广东")
    assert calendar_of().is_working_day(day)
    assert not calendar_of(region="广东").is_working_day(day)
    assert calendar_of(region="上海").is_working_day(day)
    assert regions_of("standard") == ["广东"]
    found = deadline(calendar_of(region="广东"), sh("2026-09-28T17:00"), Span(2, Unit.WORKING_HOURS))
    assert str(found.messages()[0]) == (
        "Reckoned with calendar “Standard working hours” for 广东, version 2, in the time zone Asia/Shanghai."
    )


def test_a_department_gets_a_calendar_of_its_own(company: Company) -> None:
    call = company.call("administrator")
    open_calendar(call, code="hotline", name="热线", department_id=company.departments["service"].pk)
    change_week(call, "hotline", week=same_hours(hours("08:00-00:00"), 7), effective_from=date(2026, 1, 1))
    assert add_working_time(calendar_of("hotline"), sh("2026-09-28T23:00"), TWO_HOURS).at == sh("2026-09-29T09:00")
    assert not calendar_of("hotline").is_working_day(date(2026, 10, 1))
    assert calendar_of().version == 1
    with pytest.raises(Conflict, match="already a calendar"):
        open_calendar(call, code="hotline", name="再来")


@pytest.mark.parametrize("who", ["agent", "store_manager", "auditor"])
def test_only_those_with_the_right_change_a_calendar(company: Company, who: str) -> None:
    with pytest.raises(Forbidden):
        set_day(company.call(who), "standard", day=date(2026, 9, 29), kind=DayKind.CLOSURE, name="x")
    assert calendar_of().version == 1


def test_the_second_of_two_editors_is_told_and_nothing_is_lost(company: Company) -> None:
    set_day(
        company.call("director"), "standard", day=date(2026, 9, 29), kind=DayKind.CLOSURE, name="甲", expected_version=1
    )
    with pytest.raises(Conflict, match="director has changed this calendar meanwhile; it is at version 2 now"):
        change_week(
            company.call("administrator"),
            "standard",
            week=same_hours(OFFICE),
            effective_from=date(2026, 10, 1),
            expected_version=1,
        )
    assert calendar_of().version == 2


def test_editors_wait_for_each_other_so_that_the_check_sees_the_newest_version(company: Company) -> None:
    with CaptureQueriesContext(connection) as asked:
        set_day(company.call("director"), "standard", day=date(2026, 9, 29), kind=DayKind.CLOSURE, name="甲")
    statements = [one["sql"] for one in asked]
    locks = [n for n, sql in enumerate(statements) if "working_time_calendar" in sql and "FOR UPDATE" in sql]
    first_look = next(n for n, sql in enumerate(statements) if 'FROM "working_time_calendarversion"' in sql)
    assert len(locks) == 1
    assert locks[0] < first_look


@pytest.mark.django_db(transaction=True)
def test_of_two_editors_at_the_same_instant_exactly_one_wins(company: Company) -> None:
    ready, results = threading.Barrier(2), []

    def edit(name: str) -> None:
        call = company.call("administrator")
        ready.wait()
        try:
            set_day(call, "standard", day=date(2026, 9, 29), kind=DayKind.CLOSURE, name=name, expected_version=1)
            results.append("saved")
        except Conflict:
            results.append("told")
        finally:
            connection.close()

    editors = [threading.Thread(target=edit, args=(name,)) for name in ("甲", "乙")]
    for editor in editors:
        editor.start()
    for editor in editors:
        editor.join()
    assert sorted(results) == ["saved", "told"]
    assert calendar_of().version == 2
    assert DayRule.objects.filter(day=date(2026, 9, 29), until=None).count() == 1


def test_the_database_itself_refuses_a_second_version_of_the_same_number(company: Company) -> None:
    version = CalendarVersion.objects.get(calendar__code="standard")
    version.pk = None
    with pytest.raises(IntegrityError, match="calendar_version_once"), transaction.atomic():
        version.save(force_insert=True)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"name": " "}, "Say what the day is"),
        ({"kind": DayKind.SPECIAL}, "needs its hours"),
        ({"hours": OFFICE}, "closed day has no working hours"),
        ({"last_day": date(2026, 9, 28)}, "before the first"),
        ({"last_day": date(2028, 9, 28)}, "At most 366 days"),
        ({"kind": DayKind.ORDINARY}, "nothing to take away"),
    ],
)
def test_a_day_that_makes_no_sense_is_refused_and_nothing_changes(
    company: Company, changes: dict[str, object], why: str
) -> None:
    values = {"day": date(2026, 9, 29), "kind": DayKind.CLOSURE, "name": "x"} | changes
    with pytest.raises(Invalid, match=why):
        set_day(company.call("administrator"), "standard", **values)
    assert (calendar_of().version, DayRule.objects.filter(since__gt=1).count()) == (1, 0)


def test_a_week_without_hours_or_with_a_wrong_zone_is_refused(company: Company) -> None:
    call = company.call("administrator")
    with pytest.raises(Invalid, match="would stop every clock"):
        change_week(call, "standard", week=[()] * 7, effective_from=date(2026, 10, 1))
    with pytest.raises(Invalid, match="no time zone called Mars/Base"):
        change_week(call, "standard", week=same_hours(OFFICE), effective_from=date(2026, 10, 1), zone="Mars/Base")


def test_an_unknown_calendar_is_not_found(db: None) -> None:
    with pytest.raises(NotFound, match="There is no calendar nowhere"):
        calendar_of("nowhere")
    with pytest.raises(NotFound):
        calendar_of("standard", 99)


def test_the_compiled_calendar_follows_the_newest_version(company: Company) -> None:
    start = sh("2026-09-28T17:00")
    assert compiled().add_working_time(start, TWO_HOURS) == sh("2026-09-29T10:00")
    set_day(company.call("administrator"), "standard", day=date(2026, 9, 29), kind=DayKind.CLOSURE, name="台风")
    assert compiled().add_working_time(start, TWO_HOURS) == sh("2026-09-30T10:00")
    assert compiled(version=1).add_working_time(start, TWO_HOURS) == sh("2026-09-29T10:00")


@pytest.mark.parametrize(
    ("today", "missing"),
    [
        (date(2026, 10, 31), None),
        (date(2026, 11, 1), 2027),
        (date(2027, 1, 5), 2027),
        (date(2028, 1, 5), 2027),
        (date(2025, 12, 31), None),
    ],
)
def test_a_missing_year_is_noticed_from_november_on(today: date, missing: int | None) -> None:
    assert missing_year(date(2026, 12, 31), today) == missing


def test_a_deadline_in_a_year_not_announced_says_so(db: None) -> None:
    found = deadline(calendar_of(), sh("2026-12-31T16:00"), Span(3, Unit.WORKING_HOURS))
    assert found.at == sh("2027-01-04T10:00")
    assert str(found.messages()[-2]) == (
        "The state has announced holidays only up to 2026-12-31; later days may still change."
    )


def test_announcing_a_year_needs_its_days_and_replaces_the_guesses(company: Company) -> None:
    call = company.call("administrator")
    with pytest.raises(Invalid, match="not in the built-in list yet"):
        announce_year(call, "standard", year=2027)
    with pytest.raises(Invalid, match="next year to announce is 2027"):
        announce_year(call, "standard", year=2028)
    set_day(call, "standard", day=date(2027, 1, 1), kind=DayKind.HOLIDAY, name="元旦")
    set_day(call, "standard", day=date(2027, 2, 20), kind=DayKind.MAKE_UP, name="春节")
    announce_year(call, "standard", year=2027, note="国办发明电")
    calendar = calendar_of()
    assert calendar.announced_through == date(2027, 12, 31)
    assert [day for day in calendar.exceptions if day.year == 2027] == [date(2027, 1, 1), date(2027, 2, 20)]
    assert calendar.is_working_day(date(2027, 2, 20))
    assert {found.announced for found in calendar.exceptions.values() if found.day.year == 2028} == {False}
    assert calendar_of(version=1).announced_through == date(2026, 12, 31)


def test_announcing_a_year_the_list_knows_takes_it_over(company: Company) -> None:
    version = CalendarVersion.objects.get(calendar__code="standard")
    CalendarVersion.objects.filter(pk=version.pk).update(announced_through=date(2025, 12, 31))
    DayRule.objects.filter(day__year__gte=2026).delete()
    announce_year(company.call("administrator"), "standard", year=2026)
    expected = {found.day: found for found in Statutory(2026, 2027).exceptions()}
    found = {day: one for day, one in calendar_of().exceptions.items() if day.year >= 2026}
    assert found == expected
