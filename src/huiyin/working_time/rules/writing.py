"""How hours are written down: as JSON in tables and files, as text on screens."""

from __future__ import annotations

# Chinese data: how people type a stretch of time
import re
from collections.abc import Iterable, Sequence
from datetime import time

from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.working_time.rules.calendar import MIDNIGHT, Interval, Intervals, Week, in_order, week_in_order

END_OF_DAY = "24:00"
BETWEEN = re.compile(r"\s*(?:[,，;；、]|\s)\s*")
INTERVAL = re.compile(r"(\d{1,2})[:：](\d{2})\s*[-–—~～至]\s*(\d{1,2})[:：](\d{2})")

Pairs = list[list[str]]


def written(intervals: Iterable[Interval]) -> Pairs:
    """The hours of a day as JSON: ``[["09:00", "12:00"], …]``."""
    return [[f"{i.start:%H:%M}", END_OF_DAY if i.end == MIDNIGHT else f"{i.end:%H:%M}"] for i in intervals]


def read(pairs: Sequence[Sequence[str]]) -> Intervals:
    """The hours of a day from JSON.

    Raises:
        Invalid: a time is none, or the hours make no sense.
    """
    return in_order(Interval(_time(str(pair[0])), _time(str(pair[1]))) for pair in pairs if _is_pair(pair))


def read_week(days: Sequence[Sequence[Sequence[str]]]) -> Week:
    """The hours of a week from JSON, Monday first.

    Raises:
        Invalid: there are not seven days, or the hours of one make no sense.
    """
    return week_in_order(read(day) for day in days)


def typed(text: str) -> Intervals:
    """The hours of a day as somebody typed them: ``09:00-12:00 13:00-18:00``; empty is a day off.

    Raises:
        Invalid: the text is not hours.
    """
    text = re.sub(r"\s*([-–—~～至])\s*", r"\1", text.strip())
    return in_order(_interval(part) for part in BETWEEN.split(text) if part)


def shown(intervals: Iterable[Interval]) -> str:
    """The hours of a day for a field in which they can be changed."""
    return " ".join(f"{start}-{end}" for start, end in written(intervals))


def _interval(text: str) -> Interval:
    found = INTERVAL.fullmatch(text)
    if found is None:
        raise _not_hours(text)
    start_hour, start_minute, end_hour, end_minute = found.groups()
    return Interval(_time(f"{start_hour}:{start_minute}"), _time(f"{end_hour}:{end_minute}"))


def _time(text: str) -> time:
    if text in {END_OF_DAY, "00:00"}:
        return MIDNIGHT
    try:
        hour, minute = text.split(":")
        return time(int(hour), int(minute))
    except ValueError:
        raise _not_hours(text) from None


def _is_pair(pair: Sequence[str]) -> bool:
    if isinstance(pair, str) or len(pair) != len(("start", "end")):
        raise _not_hours(str(pair))
    return True


def _not_hours(text: str) -> Invalid:
    return Invalid(message(_("“%(entry)s” is not a time. Write hours as 09:00-12:00 13:00-18:00."), entry=text))
