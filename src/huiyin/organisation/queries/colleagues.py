"""Colleagues by what somebody types of them: part of the name, pinyin, its first letters, or the staff number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Q
from pypinyin import lazy_pinyin, pinyin
from pypinyin.constants import Style

from huiyin.organisation.models import Staff


@dataclass(frozen=True)
class Colleague:
    """A person at work in the company; ``number`` is the staff number, ``department`` empty for people of stores."""

    id: int
    number: str
    name: str
    department: str


def find_colleagues(text: str, limit: int = 8) -> list[Colleague]:
    """Active people who fit what was typed, by name; nobody for an empty text."""
    wanted = "".join(text.lower().split())
    if not wanted:
        return []
    people = Staff.objects.filter(is_active=True).order_by("name", "username")
    rows = people.values_list("pk", "username", "name", "department__name")
    fitting = (row for row in rows.iterator() if _fits(wanted, row[1], row[2]))
    return [_colleague(row) for row, _place in zip(fitting, range(limit), strict=False)]


def colleagues_called(numbers: Iterable[str], names: Iterable[str]) -> list[Colleague]:
    """Active people with one of these staff numbers or exactly one of these names (one statement)."""
    called = Q(username__any_of=list(numbers)) | Q(name__any_of=list(names))
    rows = Staff.objects.filter(called, is_active=True).order_by("username")
    return [_colleague(row) for row in rows.values_list("pk", "username", "name", "department__name")]


def _colleague(row: tuple[int, str, str, str | None]) -> Colleague:
    return Colleague(row[0], row[1], row[2], row[3] or "")


def _fits(wanted: str, number: str, name: str) -> bool:
    if number.lower().startswith(wanted) or wanted in name.lower().replace(" ", ""):
        return True
    return wanted.isascii() and any(said.startswith(wanted) for said in spoken(name))


@lru_cache(maxsize=20_000)
def spoken(name: str) -> tuple[str, ...]:
    """The name in pinyin and by the first letters of its syllables, with every reading of the surname."""
    if name.isascii():
        return (name.lower().replace(" ", ""),)
    rest = lazy_pinyin(name[1:])
    firsts = pinyin(name[0], style=Style.NORMAL, heteronym=True)[0]
    spellings = [[first, *rest] for first in firsts]
    return tuple({said for parts in spellings for said in ("".join(parts), "".join(part[:1] for part in parts))})
