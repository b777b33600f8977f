"""The same arithmetic for very many moments: windows reckoned once, every answer found by bisection."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate

from huiyin.working_time.rules import arithmetic
from huiyin.working_time.rules.calendar import WorkingCalendar
from huiyin.working_time.rules.pauses import Pause, Standstills, standstills
from huiyin.working_time.rules.span import Span, Unit
from huiyin.working_time.rules.windows import ONE_DAY, as_utc, moment, windows_on

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAY, SECOND = 86_400_000_000, 1_000_000


def ticks(at: datetime) -> int:
    """A moment as microseconds since 1970."""
    passed = at - EPOCH
    return passed.days * DAY + passed.seconds * SECOND + passed.microseconds


def from_ticks(count: int) -> datetime:
    """The moment (UTC) a number of microseconds after 1970."""
    return EPOCH + timedelta(microseconds=count)


class CompiledCalendar:
    """A calendar reckoned through from ``first`` to ``last``; beyond them it is as slow as the plain rules.

    Every answer equals that of :mod:`arithmetic`, without the explanation.
    """

    def __init__(self, calendar: WorkingCalendar, first: date, last: date) -> None:
        self.calendar = calendar
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        windows = [window for day in days for window in windows_on(calendar, day)]
        self._opens = [ticks(window.opens) for window in windows]
        self._closes = [ticks(window.closes) for window in windows]
        lengths = (closes - opens for opens, closes in zip(self._opens, self._closes, strict=True))
        self._after = list(accumulate(lengths))
        self._days = sorted({window.day.toordinal() for window in windows})
        self._first, self._last = first, last
        self._begins = ticks(moment(calendar.zone, first + ONE_DAY, datetime.min.time()))
        self._ends = ticks(moment(calendar.zone, last, datetime.min.time()))

    @property
    def covers(self) -> tuple[date, date]:
        """The first and the last day reckoned through."""
        return self._first, self._last

    def columns(self) -> tuple[list[int], list[int], list[int]]:
        """Openings, closings (ticks) and the working time up to each closing, in order."""
        return self._opens, self._closes, self._after

    def deadline_with_pauses(self, start: datetime, span: Span, pauses: Sequence[Pause]) -> datetime:
        """As :func:`arithmetic.deadline_with_pauses`, without the steps."""
        still = standstills(pauses)
        if not still:
            return self.deadlines([start], span)[0]
        if span.amount and all(self._ticks(at) is not None for at in (start, *(at for part in still for at in part))):
            at = self._with_pauses(as_utc(start), span, still)
            if at is not None:
                return at
        return arithmetic.deadline_with_pauses(self.calendar, start, span, pauses).at

    def _with_pauses(self, start: datetime, span: Span, still: Standstills) -> datetime | None:
        """None where the answer lies beyond the reckoned days, or is asked for too seldom to be known here."""
        if span.unit is Unit.HOURS:
            return from_ticks(_stretched(ticks(start), span.length, [(ticks(b), ticks(e)) for b, e in still]))
        worked = [(self._sum(begin), self._sum(end)) for begin, end in still]
        if span.unit is Unit.WORKING_HOURS:
            return self._reached(_stretched(self._sum(start), span.length, worked))
        if span.unit is Unit.DAYS:
            return None
        plain = self.add_working_days(start, int(span.amount))
        if self._ticks(plain) is None:
            return None
        first, last = self._sum(start), self._sum(plain)
        lost = sum(max(min(end, last) - max(begin, first), 0) for begin, end in worked)
        return self._reached(_stretched(last, timedelta(microseconds=lost), worked)) if lost else plain

    def _reached(self, worked: int) -> datetime | None:
        """The first moment at which so much working time has passed."""
        index = bisect_left(self._after, worked)
        return from_ticks(self._closes[index] - (self._after[index] - worked)) if index < len(self._after) else None

    def _sum(self, at: datetime) -> int:
        count = ticks(at)
        return self._worked(count, bisect_left(self._closes, count))

    def deadlines(self, starts: Iterable[datetime], span: Span) -> list[datetime]:
        """The deadline (UTC) of every start, in their order; the span as in :func:`arithmetic.deadline`.

        Raises:
            Invalid: a start has no time zone.
            Refused: the calendar has nothing open for 400 days on end.
        """
        if span.unit is Unit.WORKING_HOURS:
            length = span.length
            return [self.add_working_time(start, length) for start in starts]
        if span.unit is Unit.WORKING_DAYS:
            return [self.add_working_days(start, int(span.amount)) for start in starts]
        if span.unit is Unit.HOURS:
            length = span.length
            return [as_utc(start) + length for start in starts]
        return [arithmetic.deadline(self.calendar, start, span).at for start in starts]

    def lengths(self, pairs: Iterable[tuple[datetime, datetime]]) -> list[timedelta]:
        """The working time between the two moments of every pair, negative when the second comes first."""
        return [self.working_time_between(start, end) for start, end in pairs]

    def add_working_time(self, start: datetime, amount: timedelta) -> datetime:
        """As :func:`arithmetic.add_working_time`, without the steps."""
        at = self._ticks(start)
        if at is not None and amount.days >= 0:
            index = bisect_left(self._closes, at)
            wanted = self._worked(at, index) + amount // timedelta.resolution
            index = bisect_left(self._after, wanted, index)
            if index < len(self._after):
                return from_ticks(self._closes[index] - (self._after[index] - wanted))
        return arithmetic.add_working_time(self.calendar, start, amount).at

    def add_working_days(self, start: datetime, days: int) -> datetime:
        """As :func:`arithmetic.add_working_days`, without the steps."""
        if days > 0 and self._ticks(start) is not None:
            local = start.astimezone(self.calendar.zone)
            index = bisect_right(self._days, local.toordinal()) + days - 1
            if index < len(self._days):
                at = ticks(moment(self.calendar.zone, date.fromordinal(self._days[index]), local.time()))
                window = bisect_left(self._closes, at)
                if window < len(self._opens):
                    return from_ticks(max(at, self._opens[window]))
        return arithmetic.add_working_days(self.calendar, start, days).at

    def working_time_between(self, start: datetime, end: datetime) -> timedelta:
        """As :func:`arithmetic.working_time_between`."""
        first, last = self._ticks(start), self._ticks(end)
        if first is None or last is None:
            return arithmetic.working_time_between(self.calendar, start, end)
        worked = self._worked(last, bisect_left(self._closes, last))
        return timedelta(microseconds=worked - self._worked(first, bisect_left(self._closes, first)))

    def working_days_between(self, start: datetime, end: datetime) -> int:
        """As :func:`arithmetic.working_days_between`."""
        if self._ticks(start) is None or self._ticks(end) is None:
            return arithmetic.working_days_between(self.calendar, start, end)
        zone = self.calendar.zone
        first, last = start.astimezone(zone).toordinal(), end.astimezone(zone).toordinal()
        return bisect_right(self._days, last) - bisect_right(self._days, first)

    def _ticks(self, at: datetime) -> int | None:
        """The moment in microseconds; None when it lies outside the reckoned days."""
        if at.tzinfo is None:
            as_utc(at)
        count = ticks(at)
        return count if self._begins <= count < self._ends else None

    def _worked(self, at: int, index: int) -> int:
        """Working time from the beginning up to a moment, whose next closing has this index."""
        before = self._after[index - 1] if index else 0
        if index == len(self._opens) or at <= self._opens[index]:
            return before
        return before + at - self._opens[index]


def _stretched(begun: int, length: timedelta, still: list[tuple[int, int]]) -> int:
    """Where a length of time ends that begins at ``begun`` and stands still in disjoint stretches, in order."""
    wanted = begun + length // timedelta.resolution
    for begin, end in still:
        first = max(begun, begin)
        if first >= wanted:
            break
        wanted += max(end - first, 0)
    return wanted
