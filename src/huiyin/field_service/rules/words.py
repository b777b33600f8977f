"""The states of a site visit, and the words for everything about it."""

from __future__ import annotations

from enum import StrEnum

from huiyin.kernel.words import gettext_noop as _


class VisitState(StrEnum):
    """Where a site visit stands."""

    PLANNED = "planned"
    ON_WAY = "on_way"
    ARRIVED = "arrived"
    WORKING = "working"
    DONE = "done"
    CANCELLED = "cancelled"


VISIT_LABELS: dict[str, str] = {
    VisitState.PLANNED: _("Appointment made"),
    VisitState.ON_WAY: _("On the way"),
    VisitState.ARRIVED: _("Arrived on site"),
    VisitState.WORKING: _("Working on site"),
    VisitState.DONE: _("Report signed"),
    VisitState.CANCELLED: _("Called off"),
}
VISIT_TONES: dict[str, str] = {
    VisitState.PLANNED: "neutral",
    VisitState.ON_WAY: "accent",
    VisitState.ARRIVED: "accent",
    VisitState.WORKING: "accent",
    VisitState.DONE: "kept",
    VisitState.CANCELLED: "neutral",
}
OPEN = frozenset({VisitState.PLANNED, VisitState.ON_WAY, VisitState.ARRIVED, VisitState.WORKING})
NOT_THERE_YET = frozenset({VisitState.PLANNED, VisitState.ON_WAY})


class EntryKind(StrEnum):
    """What an entry of the visit's log is about."""

    STEP = "step"
    PROBLEM = "problem"
    TOOL = "tool"


ENTRY_LABELS: dict[str, str] = {
    EntryKind.STEP: _("Step done"),
    EntryKind.PROBLEM: _("New problem"),
    EntryKind.TOOL: _("Tool used"),
}


class Given(StrEnum):
    """The answer to a check."""

    YES = "yes"
    NO = "no"
    NOT_NEEDED = "na"


GIVEN_LABELS: dict[str, str] = {
    Given.YES: _("Done"),
    Given.NO: _("Not done"),
    Given.NOT_NEEDED: _("Does not apply"),
}


class SignWay(StrEnum):
    """How the customer signed."""

    DRAWN = "drawn"
    PAPER = "paper"


SIGN_LABELS: dict[str, str] = {
    SignWay.DRAWN: _("Signed with the finger"),
    SignWay.PAPER: _("Signed on paper, photographed"),
}
