"""The way of a demand form and of each of its wishes."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from huiyin.kernel.lifecycle import Lifecycle, Move
from huiyin.kernel.words import gettext_noop as _


class FormState(StrEnum):
    """Where a form stands."""

    SIGNED_UP = "signed_up"
    CONFIRMED = "confirmed"
    CLOSED = "closed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


FORM_LABELS: dict[str, str] = {
    FormState.SIGNED_UP: _("Waits for customer service"),
    FormState.CONFIRMED: _("Being visited"),
    FormState.CLOSED: _("Answered"),
    FormState.DECLINED: _("Declined"),
    FormState.WITHDRAWN: _("Withdrawn"),
}
FORM_TONES: dict[str, str] = {
    FormState.SIGNED_UP: "neutral",
    FormState.CONFIRMED: "accent",
    FormState.CLOSED: "kept",
    FormState.DECLINED: "late",
    FormState.WITHDRAWN: "neutral",
}
FORMS = Lifecycle(
    [
        Move("confirm", frozenset({FormState.SIGNED_UP}), FormState.CONFIRMED, _("Confirm")),
        Move("decline", frozenset({FormState.SIGNED_UP}), FormState.DECLINED, _("Decline")),
        Move("withdraw", frozenset({FormState.SIGNED_UP}), FormState.WITHDRAWN, _("Withdraw")),
        Move("close", frozenset({FormState.CONFIRMED}), FormState.CLOSED, _("Close")),
    ]
)


class WishState(StrEnum):
    """What became of the wish to have one customer asked."""

    WAITING = "waiting"
    ASKED = "asked"
    ANSWERED = "answered"
    UNANSWERED = "unanswered"
    DROPPED = "dropped"


WISH_LABELS: dict[str, str] = {
    WishState.WAITING: _("To be decided"),
    WishState.ASKED: _("To be visited"),
    WishState.ANSWERED: _("Answered"),
    WishState.UNANSWERED: _("No answer got"),
    WishState.DROPPED: _("Not visited"),
}
WISH_TONES: dict[str, str] = {
    WishState.WAITING: "neutral",
    WishState.ASKED: "accent",
    WishState.ANSWERED: "kept",
    WishState.UNANSWERED: "late",
    WishState.DROPPED: "neutral",
}
WISH_OPEN = frozenset({WishState.WAITING, WishState.ASKED})


def all_ended(states: Iterable[str]) -> bool:
    """Whether nothing of a form is still to be asked."""
    return all(state not in WISH_OPEN for state in states)


def after_visit(*, done: bool, joined: bool, said: bool) -> WishState:
    """What a wish becomes when the visit that carried it has ended.

    A visit of its own that was done answers it by its questionnaire; a wish that joined another visit needs words.
    """
    return WishState.ANSWERED if said or (done and not joined) else WishState.UNANSWERED
