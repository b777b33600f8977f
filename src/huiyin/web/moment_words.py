"""A moment as people say it: today by its time, this year without the year."""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from functools import lru_cache
from typing import NamedTuple

from django.utils import dateformat, timezone
from django.utils.translation import get_language, gettext_noop, pgettext
from django.utils.translation import gettext as _

from huiyin.foundation import clock

TIME = "H:i"
NEAR = {0: "%(time)s", 1: gettext_noop("Tomorrow %(time)s"), -1: gettext_noop("Yesterday %(time)s")}


class Reading(NamedTuple):
    """Where and when a page is read: what the words of its moments depend on; asked for once per list of rows."""

    now: datetime
    today: date
    zone: tzinfo
    language: str | None


def reading() -> Reading:
    """This moment, its day, and the zone and language in force."""
    now, zone = clock.now(), timezone.get_current_timezone()
    return Reading(now, now.astimezone(zone).date(), zone, get_language())


def moment_words(moment: datetime) -> str:
    """The moment in the zone of the page: "10:40", "Tomorrow 10:40", "28 Sep 10:40", "28 Sep 2025 10:40"."""
    return both_words(moment, reading())[0]


def full_words(moment: datetime) -> str:
    """The moment in full, with its weekday, for titles and explanations: "Mon 28 Sep 2026 10:40"."""
    return both_words(moment, reading())[1]


def both_words(moment: datetime, at: Reading) -> tuple[str, str]:
    """The moment in short and in full, for rows that are read at the same moment and place."""
    return _both_words(moment, at.today, at.zone, at.language)


@lru_cache(maxsize=8192)
def _both_words(moment: datetime, today: date, zone: tzinfo, language: str | None) -> tuple[str, str]:
    """Equal moments of two zones read alike here: both are read on the clocks of the page's zone."""
    try:
        local = moment.astimezone(zone)
    except OverflowError:  # the last hours of the year 9999
        local = moment
    local = local.replace(second=0, microsecond=0, tzinfo=None)
    return _moment_words(local, today, language), _full_words(local, language)


def _moment_words(local: datetime, today: date, language: str | None) -> str:
    before, behind = _around_time(local.date(), today, language)
    return f"{before}{local:%H:%M}{behind}"


def _full_words(local: datetime, language: str | None) -> str:
    before, behind = _around_time_in_full(local.date(), language)
    return f"{before}{local:%H:%M}{behind}"


@lru_cache(maxsize=8192)
def _around_time(day: date, today: date, _language: str | None) -> tuple[str, str]:
    """What stands before and behind the time of a moment of this day; moments are many, their days are few."""
    away = (day - today).days
    if away in NEAR:
        before, _time, behind = _(NEAR[away]).partition("%(time)s")
        return before, behind
    if day.year == today.year:
        return _dated(day, pgettext("date format, moment of this year", "j M H:i"))
    return _dated(day, pgettext("date format, moment of another year", "j M Y H:i"))


@lru_cache(maxsize=8192)
def _around_time_in_full(day: date, _language: str | None) -> tuple[str, str]:
    return _dated(day, pgettext("date format, moment in full", "D j M Y H:i"))


def _dated(day: date, form: str) -> tuple[str, str]:
    before, _time, behind = form.partition(TIME)
    return dateformat.format(day, before), dateformat.format(day, behind)


def day_words(day: date) -> str:
    """A calendar day: "Today", "28 Sep", "28 Sep 2025"."""
    today = timezone.localtime(clock.now()).date()
    if day == today:
        return pgettext("a day", "Today")
    if day.year == today.year:
        return dateformat.format(day, pgettext("date format, day of this year", "j M"))
    return dateformat.format(day, pgettext("date format, day of another year", "j M Y"))
