"""The states of a visit and the moves between them."""

from __future__ import annotations

from enum import StrEnum

from huiyin.kernel.lifecycle import Lifecycle, Move
from huiyin.kernel.words import gettext_noop as _


class State(StrEnum):
    """Where a visit stands."""

    DUE = "due"
    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    PARTIAL = "partial"
    NOT_REACHED = "not_reached"
    REFUSED = "refused"
    LAPSED = "lapsed"
    CANCELLED = "cancelled"


STATE_LABELS: dict[str, str] = {
    State.DUE: _("To be planned"),
    State.PLANNED: _("In the plan"),
    State.IN_PROGRESS: _("Begun"),
    State.DONE: _("Done"),
    State.PARTIAL: _("Partly answered"),
    State.NOT_REACHED: _("Not reached"),
    State.REFUSED: _("Refused"),
    State.LAPSED: _("Not drawn"),
    State.CANCELLED: _("Cancelled"),
}
ASKED_ALONE = _("Asked by link")
"""What a due visit is called whose customer is asked to answer alone."""
OPEN = frozenset({State.DUE, State.PLANNED, State.IN_PROGRESS})
FAILED = frozenset({State.PARTIAL, State.NOT_REACHED, State.REFUSED})
ENDED = frozenset(State) - OPEN

STATE_TONES: dict[str, str] = {
    State.IN_PROGRESS: "accent",
    State.DONE: "kept",
    **dict.fromkeys(FAILED, "late"),
}
"""How a state is coloured; the others are neutral."""

LIFECYCLE = Lifecycle(
    [
        Move("plan", frozenset({State.DUE, State.PLANNED}), State.PLANNED, _("Plan")),
        Move("unplan", frozenset({State.PLANNED}), State.DUE, _("Take out of the plan")),
        Move("start", frozenset({State.DUE, State.PLANNED, State.IN_PROGRESS}), State.IN_PROGRESS, _("Start")),
        Move("again", frozenset({State.IN_PROGRESS}), State.PLANNED, _("Try again later")),
        Move("complete", OPEN | {State.PARTIAL}, State.DONE, _("Complete")),
        Move("keep_part", frozenset({State.IN_PROGRESS}), State.PARTIAL, _("Keep what was answered")),
        Move("not_reached", frozenset({State.IN_PROGRESS}), State.NOT_REACHED, _("Not reached")),
        Move("refuse", frozenset({State.IN_PROGRESS}), State.REFUSED, _("Refused")),
        Move("unanswered", frozenset({State.DUE}), State.NOT_REACHED, _("Link not answered")),
        Move("keep_answered", frozenset({State.DUE}), State.PARTIAL, _("Keep what was answered")),
        Move("lapse", frozenset({State.DUE}), State.LAPSED, _("Not drawn")),
        Move("cancel", OPEN, State.CANCELLED, _("Cancel")),
        Move("reassign", OPEN, State.PLANNED, _("Reassign")),
    ]
)
