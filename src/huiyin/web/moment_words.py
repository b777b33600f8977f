"""A moment as people say it: today by its time, this year without the year."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from django.utils import dateformat, timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from huiyin.foundation import clock


def moment_words(moment: datetime) -> str:
    """The moment in the zone of the page: "10:40", "Tomorrow 10:40", "28 Sep 10:40", "28 Sep 2025 10:40"."""
    return _moment_words(_minute(moment), timezone.localtime(clock.now()).date(), get_language())


def _minute(moment: datetime) -> datetime:
    """The minute on the clocks of the page's zone, without the zone: equal moments of two zones read differently."""
    return timezone.localtime(moment).replace(second=0, microsecond=0, tzinfo=None)


@lru_cache(maxsize=8192)
def _moment_words(local: datetime, today: date, _language: str | None) -> str:
    time = dateformat.format(local, "H:i")
    near = {0: time, 1: _("Tomorrow %(time)s") % {"time": time}, -1: _("Yesterday %(time)s") % {"time": time}}
    if (local.date() - today).days in near:
        return near[(local.date() - today).days]
    if local.year == today.year:
        return dateformat.format(local, pgettext("date format, moment of this year", "j M H:i"))
    return dateformat.format(local, pgettext("date format, moment of another year", "j M Y H:i"))


def full_words(moment: datetime) -> str:
    """The moment in full, with its weekday, for titles and explanations: "Mon 28 Sep 2026 10:40"."""
    return _full_words(_minute(moment), get_language())


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
