"""The search box of the shell: rooms say what they find (``search_kinds.py``: ``SEARCH = [SearchKind(…)]``)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from huiyin.foundation.discovery import discover
from huiyin.kernel.actor import Actor


@dataclass(frozen=True)
class Hit:
    """One thing found: where it leads, what it is called, and a line about it; personal data masked."""

    href: str
    title: str
    text: str = ""
    badge: str = ""


Find = Callable[[Actor, str, int], list[Hit]]


@dataclass(frozen=True)
class SearchKind:
    """A sort of things that can be found; ``needs`` is the right to look; ``more`` names a page that takes ``?q=``."""

    code: str
    label: str
    icon: str
    needs: str
    find: Find
    order: int = 50
    more: str = ""


@cache
def search_kinds() -> tuple[SearchKind, ...]:
    """All sorts of all rooms, in order."""
    kinds = [kind for module in discover("search_kinds") for kind in module.SEARCH]
    return tuple(sorted(kinds, key=lambda kind: kind.order))


@dataclass(frozen=True)
class Found:
    """What was found of one sort."""

    kind: SearchKind
    hits: list[Hit]


def search_everywhere(actor: Actor, text: str, limit: int = 10) -> list[Found]:
    """What every room finds for a text, as far as the actor may look; rooms without a hit are left out."""
    if not text.strip():
        return []
    found = (Found(kind, kind.find(actor, text, limit)) for kind in search_kinds() if actor.may(kind.needs))
    return [each for each in found if each.hits]
