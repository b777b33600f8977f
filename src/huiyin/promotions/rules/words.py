"""The words of gift lists: checks, states, what a line came to, what is wrong with a line."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from huiyin.kernel.words import gettext_noop as _


class Check(StrEnum):
    """What a list is handed in for: a sample is asked by SMS (VIS-5), or recipients are called (VIS-6)."""

    GIFTS = "gifts"
    SETTLEMENT = "settlement"


CHECK_LABELS: Mapping[str, str] = {Check.GIFTS: _("Gift check"), Check.SETTLEMENT: _("Settlement check")}


class ListState(StrEnum):
    """Where a list stands. ``mending``: everybody who was to be asked has been, and the store still owes errors."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    CHECKING = "checking"
    MENDING = "mending"
    COMPLETE = "complete"
    SIGNED = "signed"


STATE_LABELS: Mapping[str, str] = {
    ListState.DRAFT: _("Not handed in"),
    ListState.SUBMITTED: _("Handed in"),
    ListState.CHECKING: _("Being checked"),
    ListState.MENDING: _("Errors to be mended"),
    ListState.COMPLETE: _("Checked"),
    ListState.SIGNED: _("Signed off"),
}
STATE_TONES: Mapping[str, str] = {
    ListState.DRAFT: "neutral",
    ListState.SUBMITTED: "accent",
    ListState.CHECKING: "accent",
    ListState.MENDING: "late",
    ListState.COMPLETE: "kept",
    ListState.SIGNED: "kept",
}
RUNNING = frozenset({ListState.CHECKING, ListState.MENDING})
"""States in which results still come in."""


class Standing(StrEnum):
    """What a line came to: ``listed`` is not asked (yet), ``drawn`` waits for its day, the last ones are results."""

    LISTED = "listed"
    DRAWN = "drawn"
    ASKED = "asked"
    REAL = "real"
    NOT_RECEIVED = "not_received"
    OTHER_GIFT = "other_gift"
    FEWER = "fewer"
    DAMAGED = "damaged"
    NOT_REACHED = "not_reached"


STANDING_LABELS: Mapping[str, str] = {
    Standing.LISTED: _("Not drawn for asking"),
    Standing.DRAWN: _("To be asked"),
    Standing.ASKED: _("Asked, no answer yet"),
    Standing.REAL: _("Received as listed"),
    Standing.NOT_RECEIVED: _("Not received"),
    Standing.OTHER_GIFT: _("Another gift"),
    Standing.FEWER: _("Fewer than listed"),
    Standing.DAMAGED: _("Not in good state"),
    Standing.NOT_REACHED: _("Recipient not reached"),
}
STANDING_TONES: Mapping[str, str] = {
    Standing.LISTED: "neutral",
    Standing.DRAWN: "neutral",
    Standing.ASKED: "accent",
    Standing.REAL: "kept",
    Standing.NOT_RECEIVED: "late",
    Standing.OTHER_GIFT: "late",
    Standing.FEWER: "late",
    Standing.DAMAGED: "late",
    Standing.NOT_REACHED: "soon",
}
WAITING = frozenset({Standing.DRAWN, Standing.ASKED})
DIFFERS = frozenset({Standing.OTHER_GIFT, Standing.FEWER, Standing.DAMAGED})
ERRORS = DIFFERS | {Standing.NOT_RECEIVED}
ANSWERED = ERRORS | {Standing.REAL}


class Hindrance(StrEnum):
    """Why a line cannot be asked about; it stays on the list and says so."""

    NONE = ""
    WRONG_PHONE = "wrong_phone"
    DUPLICATE = "duplicate"
    DO_NOT_CONTACT = "do_not_contact"
    OPTED_OUT = "opted_out"
    REFUSED_BEFORE = "refused_before"


HINDRANCE_LABELS: Mapping[str, str] = {
    Hindrance.WRONG_PHONE: _("This is no number that can be reached"),
    Hindrance.DUPLICATE: _("Stands on the list twice"),
    Hindrance.DO_NOT_CONTACT: _("Does not want to be contacted"),
    Hindrance.OPTED_OUT: _("Has opted out of messages"),
    Hindrance.REFUSED_BEFORE: _("Refused visits before"),
}


class ErrorState(StrEnum):
    """Where an error stands: owed by the store, mended as the store says, closed after customer service asked again."""

    OWED = "owed"
    MENDED = "mended"
    CLOSED = "closed"


ERROR_LABELS: Mapping[str, str] = {
    ErrorState.OWED: _("Owed by the store"),
    ErrorState.MENDED: _("Mended, to be verified"),
    ErrorState.CLOSED: _("Mended and verified"),
}
ERROR_TONES: Mapping[str, str] = {
    ErrorState.OWED: "late",
    ErrorState.MENDED: "soon",
    ErrorState.CLOSED: "kept",
}
