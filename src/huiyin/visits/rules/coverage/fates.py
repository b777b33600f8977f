"""What became of each visit that could have been made: done, tried in vain, planned, or not asked and why."""

from __future__ import annotations

from enum import StrEnum

from huiyin.kernel.words import gettext_noop as _
from huiyin.visits.rules.lifecycle import FAILED, STATE_LABELS, State
from huiyin.visits.rules.planning.reasons import PASSED_SHORT


class Fate(StrEnum):
    """What became of a visit by the end of the time, beside the plan's own reasons for not choosing it."""

    DONE = "done"
    PARTIAL = "partial"
    NOT_REACHED = "not_reached"
    REFUSED = "refused"
    AGAIN = "again"
    LINK_SENT = "link_sent"
    CANCELLED = "cancelled"
    LINK_TO_COME = "link_to_come"
    TO_COME = "to_come"
    NOT_CALLED = "not_called"
    NOT_IN_PLAN = "not_in_plan"


TRIED = frozenset({Fate.DONE, Fate.PARTIAL, Fate.NOT_REACHED, Fate.REFUSED, Fate.AGAIN, Fate.LINK_SENT})
"""Somebody called, or a link to answer alone went out."""

IN_VAIN = tuple(fate for fate in Fate if fate in TRIED and fate != Fate.DONE)

FATE_LABELS: dict[str, str] = {
    **PASSED_SHORT,
    Fate.DONE: STATE_LABELS[State.DONE],
    **{state: STATE_LABELS[state] for state in FAILED},
    Fate.AGAIN: _("Called, to be tried again"),
    Fate.LINK_SENT: _("Link sent, no answer"),
    Fate.LINK_TO_COME: _("Its link is still to go out"),
    Fate.CANCELLED: _("Cancelled before it was called"),
    Fate.TO_COME: _("Planned, its time still comes"),
    Fate.NOT_CALLED: _("Planned, but nobody called"),
    Fate.NOT_IN_PLAN: _("No published plan had it as a candidate"),
}
"""Every fate in words, the plan's reasons for not choosing somebody among them."""
