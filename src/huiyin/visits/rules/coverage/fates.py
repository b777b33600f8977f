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
    CANCELLED = "cancelled"
    TO_COME = "to_come"
    NOT_CALLED = "not_called"
    NOT_IN_PLAN = "not_in_plan"


TRIED = frozenset({Fate.DONE, Fate.PARTIAL, Fate.NOT_REACHED, Fate.REFUSED, Fate.AGAIN})
"""Somebody called, or the customer answered by themselves."""

IN_VAIN = tuple(fate for fate in Fate if fate in TRIED and fate != Fate.DONE)

FATE_LABELS: dict[str, str] = {
    **PASSED_SHORT,
    Fate.DONE: STATE_LABELS[State.DONE],
    **{state: STATE_LABELS[state] for state in FAILED},
    Fate.AGAIN: _("Called, to be tried again"),
    Fate.CANCELLED: _("Cancelled before it was called"),
    Fate.TO_COME: _("Planned, its time still comes"),
    Fate.NOT_CALLED: _("Planned, but nobody called"),
    Fate.NOT_IN_PLAN: _("No published plan had it as a candidate"),
}
"""Every fate in words, the plan's reasons for not choosing somebody among them."""
