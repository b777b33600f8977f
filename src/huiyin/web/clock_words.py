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


def clock_words(standing: Standing, due_at: datetime, now: datetime, kept_at: datetime | None = None) -> str:
    """The chip's sentence: "35 min left", "2 h 5 min late", "Kept", "Kept 20 min late", "Paused"."""
    if standing in (Standing.DUE, Standing.SOON):
        return _("%(span)s left") % {"span": _span(due_at - now)}
    if standing is Standing.LATE:
        return _("%(span)s late") % {"span": _span(now - due_at)}
    if standing is Standing.KEPT_LATE and kept_at is not None:
        return _("Kept %(span)s late") % {"span": _span(kept_at - due_at)}
    plain = {
        Standing.KEPT: _("Kept in time"),
        Standing.KEPT_LATE: _("Kept late"),
        Standing.PAUSED: _("Paused"),
        Standing.CANCELLED: _("Cancelled"),
    }
    return plain[standing]


def _span(span: timedelta) -> str:
    return say(span_words(span))
