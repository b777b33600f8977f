"""Kinds of promises, declared by the rooms that make them (``promise_kinds.py``: ``KINDS``)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.utils.translation import gettext

from huiyin.foundation.discovery import discover
from huiyin.foundation.forms import say
from huiyin.kernel.registry import Registry
from huiyin.kernel.words import Message
from huiyin.kernel.words import gettext_noop as _
from huiyin.working_time.public import Deadline


@dataclass(frozen=True)
class PromiseKind:
    """One kind of promise.

    ``label`` is a message id, ``icon`` a lucide icon, ``page`` the name of the page of its subject, which takes the
    subject's id; ``act`` is the word on the key that leads there. ``ready`` tells whether the work can be done right
    now (a call needs an open call window); kinds without it can be worked at any time. ``explain`` says why a
    promise of the kind is due when it is, where that does not come from its span; None where it does. ``because`` tells
    why a subject (its id) has the policy that its promise names, from the promise's kind and start as well.
    ``told``: the customer knows the deadline, so it is moved where it was given, with notice, and not on its own page.
    ``named`` says what a promise of a kind is called that the company made itself, by the whole code of its kind.
    ``handed_over_by_room``: when its owner is away, the room that made it finds another (or nobody else can keep it).
    """

    code: str
    label: str
    icon: str
    page: str
    act: str = _("Open it")
    ready: Callable[[datetime], bool] | None = None
    explain: Callable[[str, int, int], Deadline | None] | None = None
    because: Callable[[int, str, str, datetime], list[Message]] | None = None
    handed_over_by_room: bool = False
    told: bool = False
    named: Callable[[str], Message] | None = None


class _Kinds(Registry[PromiseKind]):
    """Kinds by code; ``case.stage:on_site`` is of the kind ``case.stage``, for goals that a company makes itself."""

    def __getitem__(self, code: str) -> PromiseKind:
        return super().__getitem__(code.partition(":")[0])

    def __contains__(self, code: object) -> bool:
        return super().__contains__(str(code).partition(":")[0])


def kind_words(code: str) -> str:
    """What a promise of this kind is called, in the reader's language."""
    kind = promise_kinds()[code]
    return say(kind.named(code)) if kind.named and ":" in code else gettext(kind.label)


@cache
def promise_kinds() -> Registry[PromiseKind]:
    """Every declared kind by code."""
    kinds: Registry[PromiseKind] = _Kinds("promise kind")
    for module in discover("promise_kinds"):
        for kind in module.KINDS:
            kinds.register(kind.code, kind)
    return kinds
