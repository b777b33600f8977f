"""Notices to who is given a case; many cases given in one go are told of once, by the work that gave them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from huiyin.cases.models import Case
from huiyin.channels.public import notify_staff
from huiyin.foundation.actions import Act
from huiyin.kernel.words import Message

_together: ContextVar[bool] = ContextVar("given_together", default=False)


@contextmanager
def told_together() -> Iterator[None]:
    """Inside, nobody is told of single cases."""
    token = _together.set(True)
    try:
        yield
    finally:
        _together.reset(token)


def tell_given(act: Act, case: Case, person: int, text: Message) -> None:
    """Tells a person of the case that came to them."""
    if not _together.get():
        notify_staff(act.call, [person], text, page="case", args=[case.pk])
