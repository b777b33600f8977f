"""Every deadline says why, sentence by sentence, in the reader's language (SLA-4)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import translation

from huiyin.kernel.words import message
from huiyin.working_time.public import (
    Deadline,
    Pause,
    Span,
    Unit,
    add_working_time,
    calendar_of,
    deadline,
    deadline_with_pauses,
    say_steps,
    subtract_working_days,
)
from huiyin.working_time.queries.saying import length_in_words
from huiyin.working_time.rules.calendar import DayException, DayKind
from huiyin.working_time.rules.explain import SENTENCES
from tests.working_time.calendars import calendar, hours, national_day_2026, sh

OFFICE_CALENDAR = calendar(exceptions=national_day_2026(), announced_through=date(2026, 12, 31))
FOUR_HOURS = Span(4, Unit.WORKING_HOURS)


def said(found: Deadline, language: str = "en") -> list[str]:
    with translation.override(language):
        return [sentence.replace("\u00a0", " ") for sentence in say_steps(found)]


def test_working_hours_name_their_intervals_and_holidays() -> None:
    assert said(deadline(OFFICE_CALENDAR, sh("2026-09-30T16:00"), FOUR_HOURS)) == [
        "Reckoned with calendar “standard”, version 1, in the time zone Asia/Shanghai.",
        "4 working hours from Wed 30 Sep 2026, 16:00.",
        "Wed 30 Sep 2026: 16:00–18:00, 2 h.",
        "Thu 1 Oct 2026 to Wed 7 Oct 2026 are holidays: National Day.",
        "Thu 8 Oct 2026: 09:00–11:00, 2 h.",
        "The deadline is Thu 8 Oct 2026, 11:00.",
    ]


def test_whole_days_are_told_together_and_make_up_days_by_name() -> None:
    assert said(add_working_time(OFFICE_CALENDAR, sh("2026-10-08T09:00"), timedelta(hours=30, minutes=30)))[1:] == [
        "30 h 30 min of working time from Thu 8 Oct 2026, 09:00.",
        "Thu 8 Oct 2026 to Fri 9 Oct 2026: 2 ordinary working days, 16 h.",
        "Sat 10 Oct 2026 is a make-up workday (National Day): 09:00–12:00, 13:00–18:00, 8 h.",
        "Sun 11 Oct 2026 is a day off.",
        "Mon 12 Oct 2026: 09:00–12:00, 13:00–16:30, 6 h 30 min.",
        "The deadline is Mon 12 Oct 2026, 16:30.",
    ]


def test_working_days_are_numbered_and_a_moved_clock_time_is_told() -> None:
    found = deadline(OFFICE_CALENDAR, sh("2026-09-30T12:30"), Span(4, Unit.WORKING_DAYS))
    assert said(found)[1:] == [
        "4 working days from Wed 30 Sep 2026, 12:30.",
        "Wed 30 Sep 2026 is the day it starts and is not counted.",
        "Thu 1 Oct 2026 to Wed 7 Oct 2026 are holidays: National Day.",
        "Thu 8 Oct 2026 to Fri 9 Oct 2026 are working days 1 to 2.",
        "Sat 10 Oct 2026 is a make-up workday (National Day) and is working day 3.",
        "Sun 11 Oct 2026 is a day off.",
        "Mon 12 Oct 2026 is working day 4.",
        (
            "Mon 12 Oct 2026, 12:30 lies outside working hours "
            "and moves to Mon 12 Oct 2026, 13:00, when work begins again."
        ),
        "The deadline is Mon 12 Oct 2026, 13:00.",
    ]


def test_pauses_are_told_with_their_reason_where_they_fell() -> None:
    pause = Pause(sh("2026-10-08T10:00"), sh("2026-10-09T10:00"), message("waiting for %(who)s", who="Mr Li"))
    assert said(deadline_with_pauses(OFFICE_CALENDAR, sh("2026-09-30T16:00"), FOUR_HOURS, [pause]))[2:] == [
        "Wed 30 Sep 2026: 16:00–18:00, 2 h.",
        "Thu 1 Oct 2026 to Wed 7 Oct 2026 are holidays: National Day.",
        "Thu 8 Oct 2026: 09:00–10:00, 1 h.",
        "Paused from Thu 8 Oct 2026, 10:00 to Fri 9 Oct 2026, 10:00 (waiting for Mr Li): 8 h does not count.",
        "Fri 9 Oct 2026: 10:00–11:00, 1 h.",
        "The deadline is Fri 9 Oct 2026, 11:00.",
    ]


def test_a_paused_span_of_days_moves_by_the_working_time_it_lost() -> None:
    pause = Pause(sh("2026-10-08T10:00"), sh("2026-10-09T10:00"))
    found = deadline_with_pauses(OFFICE_CALENDAR, sh("2026-09-30T16:00"), Span(3, Unit.WORKING_DAYS), [pause])
    assert found.at == sh("2026-10-12T16:00")
    assert said(found)[-2:] == [
        "The pauses move the deadline from Sat 10 Oct 2026, 16:00 by 8 h.",
        "The deadline is Mon 12 Oct 2026, 16:00.",
    ]


def test_overlapping_pauses_count_once() -> None:
    pauses = [Pause(sh(f"2026-09-28T{a}"), sh(f"2026-09-28T{b}")) for a, b in (("09:30", "10:30"), ("10:00", "11:00"))]
    found = deadline_with_pauses(OFFICE_CALENDAR, sh("2026-09-28T09:00"), Span(2, Unit.WORKING_HOURS), pauses)
    assert found.at == sh("2026-09-28T13:30")


def test_a_day_lost_to_a_pause_does_not_join_the_days_around_it() -> None:
    pause = Pause(sh("2026-10-13T00:00"), sh("2026-10-14T00:00"))
    found = deadline_with_pauses(OFFICE_CALENDAR, sh("2026-10-12T09:00"), Span(16, Unit.WORKING_HOURS), [pause])
    codes = [step.code for step in found.steps]
    assert codes == ["calendar", "span", "counted", "paused", "counted", "deadline"]


def test_hours_round_the_clock_and_calendar_days_say_so() -> None:
    start = sh("2026-09-30T16:00")
    assert said(deadline(OFFICE_CALENDAR, start, Span(24, Unit.HOURS)))[2:] == [
        "Counted round the clock, without regard to days off: 24 h.",
        "The deadline is Thu 1 Oct 2026, 16:00.",
    ]
    assert said(deadline(OFFICE_CALENDAR, start, Span(2, Unit.DAYS)))[2:] == [
        "Counted in calendar days, days off included; the clock time stays the same.",
        "The deadline is Fri 2 Oct 2026, 16:00.",
    ]


def test_closures_and_special_hours_are_named() -> None:
    closed = DayException(date(2026, 9, 29), DayKind.CLOSURE, "Typhoon")
    short = DayException(date(2026, 9, 30), DayKind.SPECIAL, "Stocktaking", hours("09:00-11:00"))
    mine = calendar(exceptions={closed.day: closed, short.day: short})
    assert said(add_working_time(mine, sh("2026-09-28T17:00"), timedelta(hours=3)))[2:] == [
        "Mon 28 Sep 2026: 17:00–18:00, 1 h.",
        "Tue 29 Sep 2026 is closed: Typhoon.",
        "Wed 30 Sep 2026 has special hours (Stocktaking): 09:00–11:00, 2 h.",
        "The deadline is Wed 30 Sep 2026, 11:00.",
    ]


def test_counting_back_tells_the_days_backwards() -> None:
    assert said(subtract_working_days(OFFICE_CALENDAR, sh("2026-10-12T11:00"), 4))[1:] == [
        "4 working days back from Mon 12 Oct 2026, 11:00.",
        "Mon 12 Oct 2026 is the day it starts and is not counted.",
        "Sun 11 Oct 2026 is a day off.",
        "Sat 10 Oct 2026 is a make-up workday (National Day) and is working day 1.",
        "Fri 9 Oct 2026 to Thu 8 Oct 2026 are working days 2 to 3.",
        "Wed 7 Oct 2026 to Thu 1 Oct 2026 are holidays: National Day.",
        "Wed 30 Sep 2026 is working day 4.",
        "The latest start is Wed 30 Sep 2026, 11:00.",
    ]


def test_the_same_reasons_are_told_in_chinese(db: None) -> None:
    assert said(deadline(calendar_of(), sh("2026-09-30T16:00"), FOUR_HOURS), "zh-hans") == [
        "按日历“标准工作时间”第 1 版推算，时区 Asia/Shanghai。",
        "自 2026年9月30日（星期三）16:00 起，4 个工作小时。",
        "2026年9月30日（星期三）：16:00–18:00，计 2 小时。",
        "2026年10月1日（星期四）至2026年10月7日（星期三）放假（国庆节），不计。",
        "2026年10月8日（星期四）：09:00–11:00，计 2 小时。",
        "时限为 2026年10月8日（星期四）11:00。",
    ]


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(0), "0 h"),
        (timedelta(minutes=5), "5 min"),
        (timedelta(hours=26), "26 h"),
        (timedelta(hours=1, minutes=30), "1 h 30 min"),
        (timedelta(seconds=61), "0 h 1 min 1 s"),
    ],
)
def test_lengths_are_said_in_hours_and_minutes(length: timedelta, words: str) -> None:
    with translation.override("en"):
        assert length_in_words(length).replace("\u00a0", " ") == words


def test_no_sentence_is_without_translation() -> None:
    with translation.override("zh-hans"):
        assert [text for text in SENTENCES.values() if translation.gettext(text) == text] == []
