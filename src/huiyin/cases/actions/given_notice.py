"""Notices to who is given a case; many cases given in one go are told of once, by the work that gave them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from huiyin.cases.models import Case
from huiyin.channels.public import notify_staff
from huiyin.foundation.actions import Act
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

_together: ContextVar[bool] = ContextVar("given_together", default=False)


@contextmanager
def told_together() -> Iterator[None]:
    """Inside, nobody is told of single cases."""
    token = _together.set(True)
    try:
        yield
    finally:
        _together.reset(token)


def tell_owner(act: Act, case: Case) -> None:
    """Tells the owner that the case is theirs."""
    _tell(act, case, case.owner_id, _("%(number)s is yours now: %(title)s"))


def tell_head(act: Act, case: Case) -> None:
    """Tells the head of its department that the case came there."""
    _tell(act, case, head_of(case), _("%(number)s came to your department: %(title)s"))


def head_of(case: Case) -> int | None:
    """Who leads the department that answers for the case."""
    return case.department.head_id if case.department else None


def _tell(act: Act, case: Case, person: int | None, text: str) -> None:
    """Who acts needs no notice."""
    if person is None or person == act.actor.id or _together.get():
        return
    notify_staff(act.call, [person], message(text, number=case.number, title=case.title), page="case", args=[case.pk])
