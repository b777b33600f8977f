"""The states of a list and of an error, and the moves between them."""

from __future__ import annotations

from huiyin.kernel.lifecycle import Lifecycle, Move
from huiyin.kernel.words import gettext_noop as _
from huiyin.promotions.rules.words import ErrorState, ListState

LIST = Lifecycle(
    [
        Move("submit", frozenset({ListState.DRAFT}), ListState.SUBMITTED, _("Hand in")),
        Move("begin", frozenset({ListState.SUBMITTED}), ListState.CHECKING, _("Begin to check")),
        Move("owe", frozenset({ListState.CHECKING, ListState.COMPLETE}), ListState.MENDING, _("Wait for the store")),
        Move("finish", frozenset({ListState.CHECKING, ListState.MENDING}), ListState.COMPLETE, _("Finish the check")),
        Move("sign", frozenset({ListState.COMPLETE}), ListState.SIGNED, _("Sign off")),
    ]
)
ERROR = Lifecycle(
    [
        Move("mend", frozenset({ErrorState.OWED}), ErrorState.MENDED, _("Mended")),
        Move("close", frozenset({ErrorState.MENDED}), ErrorState.CLOSED, _("Close")),
        Move("return", frozenset({ErrorState.MENDED}), ErrorState.OWED, _("Return to the store")),
    ]
)
