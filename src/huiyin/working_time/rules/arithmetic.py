"""Exact arithmetic in working time, both ways. Results are in UTC and explain themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import islice

from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.working_time.rules.calendar import WorkingCalendar
from huiyin.working_time.rules.explain import ZERO, Deadline, Step
from huiyin.working_time.rules.pauses import Pause, running_parts, standstills
from huiyin.working_time.rules.span import LONGEST, Span, Unit
from huiyin.working_time.rules.telling import Teller, open_time
from huiyin.working_time.rules.windows import (
    Window,
    as_utc,
    day_of,
    moment,
    settle,
    settle_back,
    windows_back,
    windows_from,
    working_days,
)

FOR_EVER = datetime.max.replace(tzinfo=UTC)
BY_THE_CLOCK = frozenset({Unit.HOURS, Unit.DAYS})
LENGTH = _("%(length)s of working time")


def deadline(calendar: WorkingCalendar, start: datetime, span: Span) -> Deadline:
    """The moment (UTC) a span after ``start`` ends, with its reasons.

    Working hours count time inside the intervals; a deadline on the end of an interval is that end. Working
    days are as in :func:`add_working_days`. Hours run round the clock; n days later is the same clock time.

    Raises:
        Invalid: ``start`` has no time zone.
        Refused: the calendar has nothing open for 400 days on end.
    """
    return deadline_with_pauses(calendar, start, span, ())


def deadline_with_pauses(calendar: WorkingCalendar, start: datetime, span: Span, pauses: Iterable[Pause]) -> Deadline:
    """Like :func:`deadline`, with the clock standing still during ``pauses`` (overlapping ones count once).

    A span of days moves by the working time (calendar days: by the time) its pauses took from it.
    """
    start, pauses = as_utc(start), sorted(pauses, key=lambda pause: pause.start)
    teller = Teller(calendar, standstills(pauses))
    at, body = HOW[span.unit](teller, start, span)
    stops = teller.pauses(pauses, start, at, clock=span.unit in BY_THE_CLOCK)
    steps = (*teller.opening(span.said(), start), *_merged(teller, body, stops), *teller.closing(at))
    return Deadline(at, steps, calendar.code, calendar.version)


def add_working_time(calendar: WorkingCalendar, start: datetime, amount: timedelta) -> Deadline:
    """The moment at which ``amount`` of working time has passed since ``start``, exact to the microsecond.

    Nothing added gives ``start`` itself when it lies in an interval or on its end, else the next opening.

    Raises:
        Invalid: ``start`` has no time zone; the amount is negative or longer than ten years.
        Refused: the calendar has nothing open for 400 days on end.
    """
    start, teller = as_utc(start), Teller(calendar)
    at = _extended(teller, start, _sensible(amount))
    steps = (
        *teller.opening(message(LENGTH, length=amount), start),
        *teller.hours(start, at),
        *teller.closing(at),
    )
    return Deadline(at, steps, calendar.code, calendar.version)


def subtract_working_time(calendar: WorkingCalendar, end: datetime, amount: timedelta) -> Deadline:
    """The latest moment from which ``amount`` of working time passes until ``end``.

    The mirror of :func:`add_working_time`: a result on the beginning of an interval is that beginning.

    Raises:
        Invalid: ``end`` has no time zone; the amount is negative or longer than ten years.
        Refused: the calendar has nothing open for 400 days on end.
    """
    end, teller = as_utc(end), Teller(calendar)
    at = _back(windows_back(calendar, end), _sensible(amount))
    head = teller.opening(message(LENGTH, length=amount), end, back=True)
    steps = (*head, *reversed(teller.hours(at, end)), *teller.closing(at, "latest_start"))
    return Deadline(at, steps, calendar.code, calendar.version)


def add_working_days(calendar: WorkingCalendar, start: datetime, days: int) -> Deadline:
    """The same clock time on the n-th working day after the day of ``start``.

    The day of ``start`` is not counted, so a start on a day off counts from that day. A clock time outside
    the intervals moves forward to the next opening. No days at all is ``start`` itself, moved likewise.

    Raises:
        Invalid: ``start`` has no time zone; ``days`` is negative or more than ten years.
        Refused: the calendar has nothing open for 400 days on end.
    """
    return deadline(calendar, start, Span(days, Unit.WORKING_DAYS))


def subtract_working_days(calendar: WorkingCalendar, end: datetime, days: int) -> Deadline:
    """The same clock time on the n-th working day before the day of ``end``.

    The mirror of :func:`add_working_days`: a clock time outside the intervals moves back to the last closing.

    Raises:
        Invalid: ``end`` has no time zone; ``days`` is negative or more than ten years.
        Refused: the calendar has nothing open for 400 days on end.
    """
    end, teller, span = as_utc(end), Teller(calendar), Span(days, Unit.WORKING_DAYS)
    first = day_of(calendar, end)
    counted = list(islice(working_days(calendar, first, back=True), days))
    same = _same_clock_time(calendar, end, counted)
    at = settle_back(calendar, same)
    moved = [teller.moved(same, at, "moved_back")] if at != same else []
    body = (*teller.days_back(first, counted), *moved)
    steps = (*teller.opening(span.said(), end, back=True), *body, *teller.closing(at, "latest_start"))
    return Deadline(at, steps, calendar.code, calendar.version)


def working_time_between(calendar: WorkingCalendar, start: datetime, end: datetime) -> timedelta:
    """Working time that passes from ``start`` to ``end``, exact; negative when ``end`` comes first.

    Raises:
        Invalid: a moment has no time zone.
    """
    start, end = as_utc(start), as_utc(end)
    return open_time(calendar, start, end) if start <= end else -open_time(calendar, end, start)


def working_days_between(calendar: WorkingCalendar, start: datetime, end: datetime) -> int:
    """Working days after the day of ``start`` up to that of ``end``, it included; negative backwards.

    Raises:
        Invalid: a moment has no time zone.
    """
    first, last = day_of(calendar, as_utc(start)), day_of(calendar, as_utc(end))
    if last < first:
        return -working_days_between(calendar, end, start)
    return sum(calendar.is_working_day(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))


def _sensible(amount: timedelta) -> timedelta:
    if amount < ZERO:
        raise Invalid(message(_("A span is a number, zero or more.")))
    if amount > LONGEST:
        raise Invalid(message(_("A span longer than ten years is not a promise.")))
    return amount


def _in_working_hours(teller: Teller, start: datetime, span: Span) -> Reckoned:
    at = _extended(teller, start, span.length)
    return at, teller.hours(start, at)


def _in_hours(teller: Teller, start: datetime, span: Span) -> Reckoned:
    at = _extended(teller, start, span.length, clock=True)
    return at, [Step("round_the_clock", None, start, at, span.length, {"counted": span.length})]


def _in_working_days(teller: Teller, start: datetime, span: Span) -> Reckoned:
    first = day_of(teller.calendar, start)
    counted = list(islice(working_days(teller.calendar, first), int(span.amount)))
    same = _same_clock_time(teller.calendar, start, counted)
    opens = settle(teller.calendar, same)
    moved = [teller.moved(same, opens)] if opens != same else []
    at, extended = _after_pauses(teller, start, opens)
    return at, [*teller.days(first, counted), *moved, *extended]


def _in_days(teller: Teller, start: datetime, span: Span) -> Reckoned:
    last = day_of(teller.calendar, start) + timedelta(days=int(span.amount))
    same = _same_clock_time(teller.calendar, start, [last] if span.amount else [])
    at, extended = _after_pauses(teller, start, same, clock=True)
    return at, [Step("calendar_days", None, start, same), *extended]


Reckoned = tuple[datetime, list[Step]]
HOW: dict[Unit, Callable[[Teller, datetime, Span], Reckoned]] = {
    Unit.WORKING_HOURS: _in_working_hours,
    Unit.WORKING_DAYS: _in_working_days,
    Unit.HOURS: _in_hours,
    Unit.DAYS: _in_days,
}


def _same_clock_time(calendar: WorkingCalendar, at: datetime, counted: Sequence[date]) -> datetime:
    """The clock time of ``at`` on the last counted day; ``at`` itself when none is counted."""
    if not counted:
        return at
    return moment(calendar.zone, counted[-1], at.astimezone(calendar.zone).time())


def _after_pauses(teller: Teller, start: datetime, plain: datetime, *, clock: bool = False) -> Reckoned:
    """Where a deadline reckoned in days goes when pauses took time from it."""
    stretches = [(max(start, begin), min(plain, end)) for begin, end in teller.still if begin < plain and end > start]
    lengths = ((e - b) if clock else open_time(teller.calendar, b, e) for b, e in stretches)
    lost = sum(lengths, ZERO)
    at = _extended(teller, plain, lost, clock=clock) if stretches else plain
    if at == plain:
        return at, []
    return at, [Step("extended", None, plain, at, lost, {"was": teller.local(plain), "counted": lost})]


def _extended(teller: Teller, start: datetime, amount: timedelta, *, clock: bool = False) -> datetime:
    """The moment at which the clock has run for ``amount`` since ``start``."""
    still = teller.still if amount else [part for part in teller.still if part[0] < start]
    windows = [Window(start.date(), start, FOR_EVER)] if clock else windows_from(teller.calendar, start)
    left = amount
    for part in (part for window in windows for part in running_parts(window, still)):
        length = part.closes - part.opens
        if left <= length:
            return part.opens + left
        left -= length
    raise AssertionError("windows end only by a refusal")


def _back(windows: Iterator[Window], left: timedelta) -> datetime:
    for window in windows:
        length = window.closes - window.opens
        if left <= length:
            return window.closes - left
        left -= length
    raise AssertionError("windows end only by a refusal")


def _merged(teller: Teller, body: Sequence[Step], stops: Sequence[Step]) -> list[Step]:
    return teller.in_order([*body, *stops]) if stops else list(body)
