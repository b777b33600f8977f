"""How far back and ahead a day may lie: calendars, time zones and the database reckon safely between these years."""

from __future__ import annotations

from datetime import date

from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _

FIRST_YEAR, LAST_YEAR = 1900, 2200
BETWEEN = _("The year must lie between %(first)d and %(last)d.")


def why_far(day: date) -> Message | None:
    """Why a day or moment is not taken; None when its year is within reach."""
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return None
    return message(BETWEEN, first=FIRST_YEAR, last=LAST_YEAR)


def within_reach(day: date) -> date:
    """The day itself, or the nearest one within reach."""
    return min(max(day, date(FIRST_YEAR, 1, 1)), date(LAST_YEAR, 12, 31))


def day_of(text: str, otherwise: date) -> date:
    """The day an address names (ISO 8601), moved within reach; ``otherwise`` where it names none."""
    try:
        return within_reach(date.fromisoformat(text))
    except ValueError:
        return otherwise
