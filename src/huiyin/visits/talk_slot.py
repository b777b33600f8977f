"""What rooms above ask along in the talk of a visit (``visit_talk.py``: ``TALK = [TalkPart(…)]``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from huiyin.foundation.discovery import discover
from huiyin.kernel.call import Call


@dataclass(frozen=True)
class TalkPart:
    """A part of the talk's form and its line on the preparation card (``card``).

    ``build(visit_id, typed)`` gives both templates' content, or None when there is nothing to ask along.

    ``take(call, visit_id, typed)`` keeps what was typed before the visit itself is saved, so that nothing is lost when
    that is refused; it is safe to repeat.
    """

    template: str
    card: str
    build: Callable[[int, Mapping[str, str]], Any]
    take: Callable[[Call, int, Mapping[str, str]], None]


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


def asked_along(visit_id: int, typed: Mapping[str, str]) -> list[AskedAlong]:
    """The parts of one visit, over what is known what was just typed."""
    filled = ((part, part.build(visit_id, typed)) for part in talk_parts())
    return [AskedAlong(part.template, part.card, content) for part, content in filled if content is not None]


def take_along(call: Call, visit_id: int, typed: Mapping[str, str]) -> None:
    """Every room above keeps what was typed in its part."""
    for part in talk_parts():
        part.take(Call(call.actor, call.now), visit_id, typed)
