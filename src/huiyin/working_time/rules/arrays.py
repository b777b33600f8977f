"""The same arithmetic for a million moments at once, on arrays of microseconds since 1970 (UTC)."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import numpy as np
from numpy.typing import NDArray

from huiyin.working_time.rules import arithmetic
from huiyin.working_time.rules.bulk import DAY, CompiledCalendar, from_ticks, ticks
from huiyin.working_time.rules.calendar import WorkingCalendar
from huiyin.working_time.rules.span import Span, Unit
from huiyin.working_time.rules.windows import moment

Ticks = NDArray[np.int64]
NOWHERE = np.iinfo(np.int64).min


class CalendarArrays:
    """A compiled calendar as sorted arrays. Every answer equals that of :func:`arithmetic.deadline`."""

    def __init__(self, compiled: CompiledCalendar) -> None:
        self.calendar: WorkingCalendar = compiled.calendar
        self._opens, self._closes, self._after = (np.array(each, np.int64) for each in compiled.columns())
        first, last = compiled.covers
        days = [first + timedelta(days=n) for n in range((last - first).days + 2)]
        self._midnights = np.array([ticks(moment(self.calendar.zone, day, time())) for day in days], np.int64)
        self._even = np.append(np.diff(self._midnights) == DAY, False)
        self._working = np.array([self.calendar.is_working_day(day) for day in days[:-1]], np.bool_).nonzero()[0]
        self._begins, self._ends = self._midnights[1], self._midnights[-2]

    def deadlines(self, starts: Ticks, span: Span) -> Ticks:
        """The deadline of every start.

        Raises:
            Refused: the calendar has nothing open for 400 days on end.
        """
        if span.unit is Unit.HOURS:
            return starts + span.length // timedelta.resolution
        inside = (starts >= self._begins) & (starts < self._ends)
        found = np.full(len(starts), NOWHERE, np.int64)
        found[inside] = self._reckoned(starts[inside], span)
        for at in (found == NOWHERE).nonzero()[0]:  # beyond the reckoned years, or across a change of summer time
            found[at] = ticks(arithmetic.deadline(self.calendar, from_ticks(int(starts[at])), span).at)
        return found

    def _reckoned(self, starts: Ticks, span: Span) -> Ticks:
        """The deadlines that the arrays know; NOWHERE for the others."""
        if not span.amount:
            return np.full(len(starts), NOWHERE, np.int64)
        if span.unit is Unit.WORKING_HOURS:
            return self._working_hours(starts, span)
        return self._working_days(starts, span) if span.unit is Unit.WORKING_DAYS else self._calendar_days(starts, span)

    def _working_hours(self, starts: Ticks, span: Span) -> Ticks:
        return self._at(self.worked(starts) + span.length // timedelta.resolution)

    def worked(self, moments: Ticks) -> Ticks:
        """Working time from the beginning up to each moment."""
        index = np.searchsorted(self._closes, moments, "left")
        inside = index < len(self._opens)
        near = np.minimum(index, len(self._opens) - 1)
        before = np.where(index > 0, self._after[np.maximum(index, 1) - 1], 0)
        return before + np.where(inside, np.maximum(moments - self._opens[near], 0), 0)

    def _at(self, wanted: Ticks) -> Ticks:
        """The first moment at which so much working time has passed."""
        index = np.searchsorted(self._after, wanted, "left")
        near = np.minimum(index, len(self._after) - 1)
        return np.where(index < len(self._after), self._closes[near] - (self._after[near] - wanted), NOWHERE)

    def _working_days(self, starts: Ticks, span: Span) -> Ticks:
        day = np.searchsorted(self._midnights, starts, "right") - 1
        index = np.searchsorted(self._working, day, "right") + int(span.amount) - 1
        inside = index < len(self._working)
        target = self._working[np.minimum(index, len(self._working) - 1)]
        at = self._same_time(starts, day, target)
        window = np.searchsorted(self._closes, at, "left")
        near = np.minimum(window, len(self._opens) - 1)
        known = inside & (at != NOWHERE) & (window < len(self._opens))
        return np.where(known, np.maximum(at, self._opens[near]), NOWHERE)

    def _calendar_days(self, starts: Ticks, span: Span) -> Ticks:
        day = np.searchsorted(self._midnights, starts, "right") - 1
        target = day + int(span.amount)
        at = self._same_time(starts, day, np.minimum(target, len(self._midnights) - 1))
        return np.where(target < len(self._midnights) - 1, at, NOWHERE)

    def _same_time(self, starts: Ticks, day: Ticks, target: Ticks) -> Ticks:
        """The clock time of each start on its target day, where neither day is longer or shorter than others."""
        even = self._even[day] & self._even[target]
        return np.where(even, self._midnights[target] + starts - self._midnights[day], NOWHERE)


def as_ticks(moments: list[datetime]) -> Ticks:
    """Moments as an array."""
    return np.array([ticks(at) for at in moments], np.int64)
