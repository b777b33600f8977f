"""The life of an article as one table: draft, in review, published, retired.

"Due for review" is no state of its own: an article is due from its review date on, whoever looks.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from huiyin.kernel.lifecycle import Lifecycle, Move
from huiyin.kernel.words import gettext_noop as _


class State(StrEnum):
    """Where the newest text of an article stands; an older text may be in use meanwhile."""

    DRAFT = "draft"
    REVIEW = "review"
    PUBLISHED = "published"
    RETIRED = "retired"


DUE = "due"
STATE_LABELS: dict[str, str] = {
    State.DRAFT: _("Draft"),
    State.REVIEW: _("In review"),
    State.PUBLISHED: _("Published"),
    DUE: _("Due for review"),
    State.RETIRED: _("Retired"),
}
STATE_TONES: dict[str, str] = {
    State.DRAFT: "neutral",
    State.REVIEW: "accent",
    State.PUBLISHED: "kept",
    DUE: "soon",
    State.RETIRED: "neutral",
}
VISIBILITIES: dict[str, str] = {
    "staff": _("All staff"),
    "department": _("My department only"),
    "public": _("Customers too"),
}


def _move(verb: str, label: str, sources: tuple[State, ...], target: State) -> Move:
    return Move(verb, frozenset(str(state) for state in sources), str(target), label)


LIFECYCLE = Lifecycle(
    [
        _move("save", _("Edit"), (State.DRAFT, State.PUBLISHED), State.DRAFT),
        _move("submit", _("Hand in for review"), (State.DRAFT,), State.REVIEW),
        _move("publish", _("Publish"), (State.REVIEW,), State.PUBLISHED),
        _move("return", _("Return to the author"), (State.REVIEW,), State.DRAFT),
        _move("confirm", _("Still right"), (State.PUBLISHED,), State.PUBLISHED),
        _move("retire", _("Retire"), (State.DRAFT, State.PUBLISHED), State.RETIRED),
        _move("revive", _("Take up again"), (State.RETIRED,), State.DRAFT),
    ]
)
NEEDS: dict[str, str] = {
    "save": "knowledge.write",
    "submit": "knowledge.write",
    "publish": "knowledge.review",
    "return": "knowledge.review",
    "confirm": "knowledge.review",
    "retire": "knowledge.manage",
    "revive": "knowledge.write",
}
"""Which right each verb needs."""


def standing(state: str, review_on: date | None, today: date) -> str:
    """The state as people see it: a published article is due for review from its review date on."""
    return DUE if state == State.PUBLISHED and review_on is not None and review_on <= today else state


def diagram() -> str:
    """The life of an article as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", f"  [*] --> {State.DRAFT}"]
    for move in LIFECYCLE.moves:
        lines += [f"  {source} --> {move.target}: {move.verb}" for source in sorted(move.sources)]
    return "\n".join(lines)
