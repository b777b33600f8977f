"""A moment as people say it: today by its time, this year without the year."""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from functools import lru_cache
from typing import NamedTuple

from django.utils import dateformat, timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from huiyin.foundation import clock


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
    local = moment.astimezone(zone).replace(second=0, microsecond=0, tzinfo=None)
    return _moment_words(local, today, language), _full_words(local, language)


@lru_cache(maxsize=8192)
def _moment_words(local: datetime, today: date, _language: str | None) -> str:
    time = dateformat.format(local, "H:i")
    near = {0: time, 1: _("Tomorrow %(time)s") % {"time": time}, -1: _("Yesterday %(time)s") % {"time": time}}
    if (local.date() - today).days in near:
        return near[(local.date() - today).days]
    if local.year == today.year:
        return dateformat.format(local, pgettext("date format, moment of this year", "j M H:i"))
    return dateformat.format(local, pgettext("date format, moment of another year", "j M Y H:i"))


@lru_cache(maxsize=8192)
def _full_words(local: datetime, _language: str | None) -> str:
    return dateformat.format(local, pgettext("date format, moment in full", "D j M Y H:i"))


def day_words(day: date) -> str:
    """A calendar day: "Today", "28 Sep", "28 Sep 2025"."""
    today = timezone.localtime(clock.now()).date()
    if day == today:
        return pgettext("a day", "Today")
    if day.year == today.year:
        return dateformat.format(day, pgettext("date format, day of this year", "j M"))
    return dateformat.format(day, pgettext("date format, day of another year", "j M Y"))
