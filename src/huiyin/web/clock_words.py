"""A clock's chip in the language of the page."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

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


def clock_words(standing: Standing, due_at: datetime, now: datetime, late_by: timedelta | None = None) -> str:
    """The chip's sentence: "35 min left", "2 h 5 min late", "Kept in time", "Kept 20 min late", "Paused".

    ``late_by`` is how much too late it was kept, if that is known.
    """
    if standing in (Standing.DUE, Standing.SOON):
        return _("%(span)s left") % {"span": _span(due_at - now)}
    if standing is Standing.LATE:
        return _("%(span)s late") % {"span": _span(now - due_at)}
    if standing is Standing.KEPT_LATE and late_by is not None:
        return _("Kept %(span)s late") % {"span": _span(late_by)}
    plain = {
        Standing.KEPT: _("Kept in time"),
        Standing.KEPT_LATE: _("Kept late"),
        Standing.PAUSED: _("Paused"),
        Standing.CANCELLED: _("Cancelled"),
    }
    return plain[standing]


def _span(span: timedelta) -> str:
    return say(span_words(span))
