"""Who is named in a note: ``@王芳(2001)`` for certain, ``@王芳`` or ``@2001`` where only one person can be meant."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST_NAME = 20
_MARK = re.compile(r"(?<![A-Za-z0-9._%+-])@(?=\S)")
_EXACT = re.compile(r"([^@\s()（）]{1,60})[(（]([A-Za-z0-9._-]{1,60})[)）]")
_NUMBER = re.compile(r"[A-Za-z0-9._-]{1,60}")


@dataclass(frozen=True)
class Named:
    """A person as a note may name them: ``number`` is the staff number."""

    id: int
    number: str
    name: str


@dataclass(frozen=True)
class Mentions:
    """Whom a note names, each once in the order of the text, and the names that several people bear."""

    people: tuple[Named, ...]
    unclear: tuple[tuple[str, tuple[Named, ...]], ...] = ()


def tails(text: str) -> list[str]:
    """What follows each @ that can name somebody (an @ inside a mail address does not)."""
    return [text[found.end() : found.end() + 130] for found in _MARK.finditer(text)]


def asked_names(text: str) -> tuple[set[str], set[str]]:
    """The staff numbers and the names that could be meant: what to look up before :func:`mentions_in`."""
    numbers, names = set[str](), set[str]()
    for tail in tails(text):
        if exact := _EXACT.match(tail):
            numbers.add(exact[2])
            continue
        if number := _NUMBER.match(tail):
            numbers.add(number[0])
        names |= {tail[:length] for length in range(2, min(LONGEST_NAME, len(tail)) + 1)}
    return numbers, names


def mentions_in(text: str, known: Iterable[Named]) -> Mentions:
    """Whom the text names among the people known; words after an @ that name nobody are just words."""
    people = list(known)
    by_number = {person.number: person for person in people}
    found: dict[int, Named] = {}
    unclear: dict[str, tuple[Named, ...]] = {}
    for tail in tails(text):
        meant = _meant(tail, people, by_number)
        if len(meant) == 1:
            found.setdefault(meant[0].id, meant[0])
        elif meant:
            unclear[meant[0].name] = meant
    return Mentions(tuple(found.values()), tuple(unclear.items()))


def _meant(tail: str, people: list[Named], by_number: dict[str, Named]) -> tuple[Named, ...]:
    if exact := _EXACT.match(tail):
        person = by_number.get(exact[2])
        return (person,) if person and person.name == exact[1] else ()
    number = _NUMBER.match(tail)
    if number and number[0] in by_number:
        return (by_number[number[0]],)
    named = [person for person in people if tail.startswith(person.name)]
    longest = max((len(person.name) for person in named), default=0)
    return tuple(person for person in named if len(person.name) == longest)


def written(person: Named) -> str:
    """How a mention of this person is written for certain."""
    return f"@{person.name}({person.number})"
