"""Says steps of a deadline in the reader's language: dates with weekday, lengths in hours and minutes."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from huiyin.kernel.words import Message
from huiyin.working_time.queries.calendars import all_calendars
from huiyin.working_time.rules.explain import Deadline

NO_BREAK = "\u00a0"
TRANSLATED_NAMES = frozenset({"calendar", "name", "reason"})


def say_steps(answer: Deadline) -> list[str]:
    """The reasons of a deadline as sentences in the language in force."""
    return [say_fully(text) for text in answer.messages()]


def say_fully(text: Message) -> str:
    """A message in the language in force, with dates, lengths and messages among its parameters said as well."""
    params = {name: _said(value, name) for name, value in text.params.items()}
    return _(text.text) % params if params else _(text.text)


def _said(value: object, name: str) -> object:
    if isinstance(value, Message):
        return say_fully(value)
    if isinstance(value, datetime):
        return moment_in_words(value)
    if isinstance(value, date):
        return day_in_words(value)
    if isinstance(value, timedelta):
        return length_in_words(value)
    return day_name(str(value)) if name in TRANSLATED_NAMES else value


def day_name(name: str) -> str:
    """The name of a day: a statutory holiday's in the reader's language, a company's own as it was written."""
    return _(name) if name else ""


def calendar_choices() -> list[tuple[str, str]]:
    """Code and name of every calendar, the standard one first."""
    return [(calendar.code, day_name(calendar.name)) for calendar in all_calendars()]


def day_in_words(day: date) -> str:
    """A day with its weekday."""
    return date_format(day, pgettext("date format, day with weekday", "D j M Y"))


def days_in_words(first: date, last: date) -> str:
    """A day or a stretch of days, without year and weekday."""
    form = pgettext("date format, day of this year", "j M")
    if first == last:
        return date_format(first, form)
    return _("%(first)s to %(last)s") % {"first": date_format(first, form), "last": date_format(last, form)}


def weekdays_in_words(first: date, last: date) -> str:
    """The weekday of a day, or those a stretch of days begins and ends with."""
    if first == last:
        return date_format(first, "D")
    return _("%(first)s to %(last)s") % {"first": date_format(first, "D"), "last": date_format(last, "D")}


def moment_in_words(at: datetime) -> str:
    """A moment with its weekday, to the minute, on the clock the moment itself carries."""
    return date_format(at, pgettext("date format, moment with weekday", "D j M Y, H:i"))


def length_in_words(length: timedelta) -> str:
    """A length of time in hours and minutes, seconds only where there are any."""
    seconds = round(abs(length).total_seconds())
    parts = {"hours": seconds // 3600, "minutes": seconds // 60 % 60, "seconds": seconds % 60}
    if parts["seconds"]:
        text = _("%(hours)d h %(minutes)d min %(seconds)d s")
    elif parts["minutes"]:
        text = _("%(hours)d h %(minutes)d min") if parts["hours"] else _("%(minutes)d min")
    else:
        text = _("%(hours)d h")
    return (text % parts).replace(" ", NO_BREAK)
