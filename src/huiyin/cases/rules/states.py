"""The states of a case and the four phases a manager counts them in (CAS-4)."""

from __future__ import annotations

from enum import StrEnum

from huiyin.kernel.words import gettext_noop as _


class State(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    VERIFIED = "verified"
    PLANNED = "planned"
    CONFIRMED = "confirmed"
    EXECUTING = "executing"
    WAITING = "waiting"
    REOPENED = "reopened"
    DONE = "done"
    TOLD = "told"
    ACCEPTED = "accepted"
    REVISIT = "revisit"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    MERGED = "merged"


class Phase(StrEnum):
    """The four steps of the trade: 待处理, 处理中, 已完成, 已关闭."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    CLOSED = "closed"


class WaitingFor(StrEnum):
    """Whom or what a case waits for."""

    CUSTOMER = "customer"
    PART = "part"
    THIRD_PARTY = "third_party"


STATE_LABELS: dict[str, str] = {
    State.OPEN: _("To be handled"),
    State.VERIFIED: _("Verified"),
    State.PLANNED: _("Plan ready"),
    State.CONFIRMED: _("Confirmed by the customer"),
    State.EXECUTING: _("Being carried out"),
    State.WAITING: _("Waiting"),
    State.REOPENED: _("Reopened"),
    State.DONE: _("Work done"),
    State.TOLD: _("Result told"),
    State.ACCEPTED: _("Accepted by the customer"),
    State.REVISIT: _("Revisit due"),
    State.CLOSED: _("Closed"),
    State.CANCELLED: _("Cancelled"),
    State.MERGED: _("Merged into another case"),
}
PHASE_LABELS: dict[str, str] = {
    Phase.OPEN: _("To do"),
    Phase.IN_PROGRESS: _("In progress"),
    Phase.DONE: _("Done"),
    Phase.CLOSED: _("Closed"),
}
WAITING_LABELS: dict[str, str] = {
    WaitingFor.CUSTOMER: _("Waiting for the customer"),
    WaitingFor.PART: _("Waiting for a spare part"),
    WaitingFor.THIRD_PARTY: _("Waiting for a third party"),
}
PHASES: dict[str, Phase] = {
    State.OPEN: Phase.OPEN,
    State.VERIFIED: Phase.IN_PROGRESS,
    State.PLANNED: Phase.IN_PROGRESS,
    State.CONFIRMED: Phase.IN_PROGRESS,
    State.EXECUTING: Phase.IN_PROGRESS,
    State.WAITING: Phase.IN_PROGRESS,
    State.REOPENED: Phase.IN_PROGRESS,
    State.DONE: Phase.DONE,
    State.TOLD: Phase.DONE,
    State.ACCEPTED: Phase.DONE,
    State.REVISIT: Phase.DONE,
    State.CLOSED: Phase.CLOSED,
    State.CANCELLED: Phase.CLOSED,
    State.MERGED: Phase.CLOSED,
}
LIVE = frozenset(str(state) for state in State if PHASES[state] is not Phase.CLOSED)
IN_WORK = frozenset(str(state) for state in State if PHASES[state] in (Phase.OPEN, Phase.IN_PROGRESS))
ENDED = frozenset({str(State.CLOSED), str(State.CANCELLED), str(State.MERGED)})
RESTS_FOR_PARTS = frozenset({str(State.CONFIRMED), str(State.EXECUTING), str(State.REOPENED)})
"""Where a case waits by itself for a missing part: the work is agreed or running, nobody else is asked first."""


def asks_answer(state: str, waiting_for: str, returns_to: str) -> bool:
    """Whether the customer may answer a plan now: it is before the customer, or the case rests for just that answer."""
    rests = (state, waiting_for, returns_to) == (State.WAITING, WaitingFor.CUSTOMER, State.PLANNED)
    return state == State.PLANNED or rests
