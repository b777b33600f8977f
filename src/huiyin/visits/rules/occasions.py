"""When a group of customers is visited: by schedule, on a date, or on coming to belong to the group (VIS-3, VIS-7)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from huiyin.visits.rules.falling_due import DueDays, Trigger

AHEAD = timedelta(days=14)
MONTHS_IN_YEAR = 12
FIRST_MONDAY = date(2000, 1, 3)
OLD_WORDS = {"quarter": 3, "half_year": 6, "month": 1, "year": 12}


@dataclass(frozen=True)
class Segment:
    """Which customers: every rule that is given must hold; ``stores`` are codes, amounts are yuan over all time.

    ``silent_for_days``: has bought before, but not for so long. ``known_for_days``: the first purchase was that long
    ago. ``bought_times`` and the amounts count the last ``counted_days`` (None: all time); returns are no purchases
    but lessen the amount. ``score_from`` and ``score_to`` bound the customer's last opinion, a mean of 1–5.
    ``open_cases``: ``with``, ``without`` or "" (either).
    """

    tiers: tuple[str, ...] = ()
    stores: tuple[str, ...] = ()
    spent_from: Decimal | None = None
    spent_below: Decimal | None = None
    bought_within_days: int | None = None
    silent_for_days: int | None = None
    known_for_days: int | None = None
    bought_times: int | None = None
    counted_days: int | None = None
    provinces: tuple[str, ...] = ()
    score_from: Decimal | None = None
    score_to: Decimal | None = None
    open_cases: str = ""

    @property
    def everyone(self) -> bool:
        """Whether it leaves nobody out."""
        return self in (Segment(), Segment(counted_days=self.counted_days))


@dataclass(frozen=True)
class Timing:
    """How often: every so many days or months, on a date (each year or once), or again after so many days."""

    every_count: int = 3
    every_unit: str = "months"
    on: date | None = None
    yearly: bool = False
    again_days: int = 0


@dataclass(frozen=True)
class Occasion:
    """One time a group is visited: windows count from ``day``; who has a visit due from ``since`` on has theirs.

    ``since`` None: one visit of the kind is enough for ever.
    """

    day: date
    since: date | None


def in_new_words(numbers: Mapping[str, Any]) -> Mapping[str, Any]:
    """A policy's numbers; versions from before name ``every`` in a word instead of a count of months."""
    months = OLD_WORDS.get(str(numbers.get("every")))
    return {**numbers, "every_count": months, "every_unit": "months"} if months else numbers


def segment_of(numbers: Mapping[str, Any]) -> Segment:
    """The group that a policy's numbers describe."""

    def money(name: str) -> Decimal | None:
        return Decimal(str(numbers[name])) if numbers.get(name) not in (None, "") else None

    return Segment(
        tiers=tuple(numbers.get("tiers", ())),
        stores=tuple(numbers.get("stores", ())),
        spent_from=money("spent_from"),
        spent_below=money("spent_below"),
        bought_within_days=numbers.get("bought_within_days"),
        silent_for_days=numbers.get("silent_for_days"),
        known_for_days=numbers.get("known_for_days"),
        bought_times=numbers.get("bought_times"),
        counted_days=numbers.get("counted_days"),
        provinces=tuple(numbers.get("provinces", ())),
        score_from=money("score_from"),
        score_to=money("score_to"),
        open_cases=str(numbers.get("open_cases") or ""),
    )


def timing_of(numbers: Mapping[str, Any]) -> Timing:
    """How often a policy's numbers say."""
    numbers = in_new_words(numbers)
    on = numbers.get("on")
    return Timing(
        every_count=int(numbers.get("every_count") or 3),
        every_unit=str(numbers.get("every_unit") or "months"),
        on=date.fromisoformat(str(on)) if on else None,
        yearly=bool(numbers.get("yearly", False)),
        again_days=int(numbers.get("again_days") or 0),
    )


def occasion(trigger: str, timing: Timing, days: DueDays, today: date) -> Occasion | None:
    """The occasion whose visits may be made on ``today``; None: there is none, or its window is over."""
    if trigger == Trigger.SCHEDULE:
        start = period_start(timing, today)
        found = Occasion(start, start)
    elif trigger == Trigger.SEGMENT:
        found = Occasion(today, today - timedelta(days=timing.again_days) if timing.again_days else None)
    elif trigger == Trigger.DATE and timing.on:
        day = _next_date(timing, days, today)
        found = Occasion(day, day)
        if today < day - AHEAD:
            return None
    else:
        return None
    return found if today <= found.day + timedelta(days=days.latest) else None


def period_start(timing: Timing, today: date) -> date:
    """The first day of the period ``today`` lies in: months count from January 2000, days from Monday 2000-01-03."""
    if timing.every_unit == "days":
        return today - timedelta(days=(today - FIRST_MONDAY).days % timing.every_count)
    months = (today.year * MONTHS_IN_YEAR + today.month - 1) - 2000 * MONTHS_IN_YEAR
    begun = months - months % timing.every_count
    return date(2000 + begun // MONTHS_IN_YEAR, begun % MONTHS_IN_YEAR + 1, 1)


def longest_period(timing: Timing) -> int:
    """How many days the longest period of a schedule may have."""
    return timing.every_count * (1 if timing.every_unit == "days" else 31)


def _next_date(timing: Timing, days: DueDays, today: date) -> date:
    on = timing.on or today
    if not timing.yearly or today <= on:
        return on
    this_year = _in_year(on, today.year)
    last_year = _in_year(on, today.year - 1)
    if last_year >= on and today <= last_year + timedelta(days=days.latest):
        return last_year
    return this_year if today <= this_year + timedelta(days=days.latest) else _in_year(on, today.year + 1)


def _in_year(day: date, year: int) -> date:
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))
