"""What rooms above ask along in the talk of a visit (``visit_talk.py``: ``TALK = [TalkPart(…)]``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from huiyin.foundation.discovery import discover
from huiyin.kernel.call import Call


@dataclass(frozen=True)
class TalkPart:
    """A part of the talk's form and its line on the preparation card (``card``).

    ``build(visits, typed)`` gives both templates' content, or None when there is nothing to ask along; ``visits`` are
    those made in the call, the one that leads it first. ``take(call, visits, typed)`` keeps what was typed before the
    visits themselves are saved, so that nothing is lost when that is refused; it is safe to repeat.
    """

    template: str
    card: str
    build: Callable[[Sequence[int], Mapping[str, str]], Any]
    take: Callable[[Call, Sequence[int], Mapping[str, str]], None]


@dataclass(frozen=True)
class AskedAlong:
    """A part ready to be included, in the talk (``template``) and on the card."""

    template: str
    card: str
    content: Any


@cache
def talk_parts() -> tuple[TalkPart, ...]:
    """All parts of all rooms."""
    return tuple(part for module in discover("visit_talk") for part in module.TALK)


def asked_along(visits: Sequence[int], typed: Mapping[str, str]) -> list[AskedAlong]:
    """The parts of one visit, over what is known what was just typed."""
    filled = ((part, part.build(visits, typed)) for part in talk_parts())
    return [AskedAlong(part.template, part.card, content) for part, content in filled if content is not None]


def take_along(call: Call, visits: Sequence[int], typed: Mapping[str, str]) -> None:
    """Every room above keeps what was typed in its part."""
    for part in talk_parts():
        part.take(Call(call.actor, call.now), visits, typed)
