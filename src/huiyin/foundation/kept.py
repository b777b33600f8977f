"""Settings that hardly ever change: read once per state of theirs and process, not once per use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import models
from django.db.models.signals import post_delete, post_save

P = ParamSpec("P")
R = TypeVar("R")
MOST = 512

_stamp: ContextVar[int | None] = ContextVar("settings_stamp", default=None)


class Settled(models.Model):
    """A table of settings: the database gives all settings together a new stamp with every change of any of them.

    The triggers are put on after each migrate by :mod:`huiyin.foundation.journal`.
    """

    class Meta:
        abstract = True


def kept(read: Callable[P, R]) -> Callable[P, R]:
    """Makes a reader of settings remember its answers as long as no settings change.

    It may read :class:`Settled` tables alone, take positional arguments that can be keys, and must answer with values
    that nobody changes. Within a signed-in request or an action the settings of its beginning hold, with its own
    changes by ``save`` and ``delete``; other changes are told with :func:`know`. Elsewhere every call reads.
    """
    answers: dict[tuple[object, ...], tuple[int, R]] = {}

    @wraps(read)
    def remembered(*args: P.args, **kwargs: P.kwargs) -> R:
        stamp = _stamp.get()
        if stamp is None or kwargs:
            return read(*args, **kwargs)
        known = answers.get(args)
        if known is not None and known[0] == stamp:
            return known[1]
        answer = read(*args, **kwargs)
        if len(answers) >= MOST:
            answers.clear()
        answers[args] = (stamp, answer)
        return answer

    return remembered


def know(stamp: int | None) -> None:
    """Says which state of the settings holds from now on; None: not known, so that every reader reads."""
    _stamp.set(stamp)


@contextmanager
def settings_as_of(stamp: int | None) -> Iterator[None]:
    """Settings that were read in this state hold inside, until somebody here changes any or an action ends."""
    know(stamp)
    try:
        yield
    finally:
        know(None)


def _changed(sender: type[models.Model], **_: Any) -> None:
    if issubclass(sender, Settled):
        know(None)


post_save.connect(_changed, dispatch_uid="settings-saved")
post_delete.connect(_changed, dispatch_uid="settings-deleted")
