"""Leaves wishes out, with the reason."""

from __future__ import annotations

from django.db.models import QuerySet

from huiyin.demand_forms.models import Wish
from huiyin.demand_forms.rules.states import WishState
from huiyin.foundation.actions import Act
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


def needs_reason(reason: str) -> str:
    """The reason, trimmed to what is kept.

    Raises:
        Invalid: there is none.
    """
    if not reason.strip():
        raise Invalid(message(_("Say why.")), {"reason": message(_("Say why."))})
    return reason.strip()[:300]


def drop_wishes(act: Act, wishes: QuerySet[Wish], reason: str) -> None:
    """These customers will not be asked."""
    wishes.update(state=WishState.DROPPED, ended_at=act.now, ended_because=reason[:200])
