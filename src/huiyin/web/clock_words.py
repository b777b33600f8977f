"""A clock's chip in the language of the page."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from huiyin.foundation.forms import say
from huiyin.web.rules.clock_face import Standing, span_words

ICONS = {
    Standing.DUE: "clock",
    Standing.SOON: "hourglass",
    Standing.LATE: "circle-alert",
    Standing.KEPT: "circle-check",
    Standing.KEPT_LATE: "circle-alert",
    Standing.PAUSED: "circle-pause",
    Standing.CANCELLED: "circle-slash",
}
TONES = {
    Standing.DUE: "due",
    Standing.SOON: "soon",
    Standing.LATE: "late",
    Standing.KEPT: "kept",
    Standing.KEPT_LATE: "late",
    Standing.PAUSED: "paused",
    Standing.CANCELLED: "paused",
}
SPANS = {
    Standing.DUE: gettext_noop("%(span)s left"),
    Standing.SOON: gettext_noop("%(span)s left"),
    Standing.LATE: gettext_noop("%(span)s late"),
    Standing.KEPT_LATE: gettext_noop("Kept %(span)s late"),
}
PLAIN = {
    Standing.KEPT: gettext_noop("Kept in time"),
    Standing.KEPT_LATE: gettext_noop("Kept late"),
    Standing.PAUSED: gettext_noop("Paused"),
    Standing.CANCELLED: gettext_noop("Cancelled"),
}
MINUTE = timedelta(minutes=1)


def clock_words(
    standing: Standing, due_at: datetime, now: datetime, late_by: timedelta | None, language: str | None
) -> str:
    """The chip's sentence: "35 min left", "2 h 5 min late", "Kept in time", "Kept 20 min late", "Paused".

    ``late_by`` is how much too late it was kept, if that is known; ``language`` is the one in force.
    """
    if standing is Standing.LATE:
        return _sentence(standing, _minutes(now - due_at), language)
    if standing is Standing.DUE or standing is Standing.SOON:
        return _sentence(standing, _minutes(due_at - now), language)
    if standing is Standing.KEPT_LATE and late_by is not None:
        return _sentence(standing, _minutes(late_by), language)
    return _sentence(standing, None, language)


def _minutes(span: timedelta) -> int:
    return max(0, span // MINUTE)


@lru_cache(maxsize=8192)
def _sentence(standing: Standing, minutes: int | None, _language: str | None) -> str:
    """A sentence is put together once for each minute and language: a page says it for every row."""
    if minutes is None:
        return _(PLAIN[standing])
    return _(SPANS[standing]) % {"span": say(span_words(minutes * MINUTE))}
