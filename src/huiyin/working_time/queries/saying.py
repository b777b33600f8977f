"""Says steps of a deadline in the reader's language: dates with weekday, lengths in hours and minutes."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from huiyin.kernel.words import Message
from huiyin.working_time.rules.explain import Deadline

NO_BREAK = "\u00a0"
TRANSLATED_NAMES = frozenset({"name", "reason"})


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


def day_in_words(day: date) -> str:
    """A day with its weekday."""
    # Translators: a day with its weekday, in Django's date letters
    return date_format(day, _("D j M Y"))


def moment_in_words(at: datetime) -> str:
    """A moment with its weekday, to the minute, on the clock the moment itself carries."""
    # Translators: a moment with its weekday, in Django's date letters
    return date_format(at, _("D j M Y, H:i"))


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
