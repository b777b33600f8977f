"""Candidates as columns: a million of them take a hundred bytes each and are looked through at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from huiyin.kernel.windows import ANY_TIME, Liked
from huiyin.visits.rules.planning.facts import Candidate
from huiyin.visits.rules.planning.lots import FIRST, SECOND, STEP, WORD, mixed
from huiyin.visits.rules.planning.policy import PlanPolicy

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Value = TypeVar("Value")

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
CENTS = 100
NOBODY = 0


def micros(moment: datetime) -> int:
    """A moment as microseconds since 1970 in UTC."""
    return (moment - EPOCH) // MICROSECOND


def moment_of(value: int) -> datetime:
    """The moment of microseconds since 1970, in UTC."""
    return EPOCH + MICROSECOND * int(value)


@dataclass(frozen=True)
class Candidates:
    """Visits that could be planned, one per row, in the order of their ids.

    Moments are microseconds since 1970 in UTC, amounts are cents, ids are 0 where there is none. ``like``, ``skill``,
    ``language``, ``block`` and ``size`` are places in the lists beside them; what comes first in a list is "nothing
    said". ``known_agent[known_from[i]:known_from[i + 1]]`` spoke with the customer of row i before, latest first.
    """

    id: Ints
    customer: Ints
    cents: Ints
    due_from: Ints
    due_by: Ints
    store: Ints
    size: Ints
    like: Ints
    skill: Ints
    language: Ints
    not_agent: Ints
    block: Ints
    owed: Flags
    placed_agent: Ints
    placed_end: Ints
    known_from: Ints
    known_agent: Ints
    likes: tuple[Liked, ...] = (ANY_TIME,)
    skills: tuple[str, ...] = ("",)
    languages: tuple[str, ...] = ("",)
    blocks: tuple[str, ...] = ("",)
    sizes: tuple[str, ...] = ("",)

    def __len__(self) -> int:
        return len(self.id)

    def known(self, row: int) -> list[int]:
        """Who spoke with the customer of a row before, latest first."""
        return [int(each) for each in self.known_agent[self.known_from[row] : self.known_from[row + 1]]]

    def bands(self, policy: PlanPolicy) -> Ints:
        """The amount band of every row as a place in the policy's list; -1 where none holds the amount."""
        amount = np.maximum(self.cents, 0)
        found = np.full(len(self), -1, dtype=np.int64)
        for number, band in reversed(list(enumerate(policy.bands))):
            inside = amount >= cents_of(band.low)
            if band.high is not None:
                inside &= amount < cents_of(band.high)
            found[inside] = number
        return found


def cents_of(amount: Decimal) -> int:
    """An amount of yuan in cents, what is less than a cent counted as one, so that no band begins too early."""
    return -int(-amount * CENTS // 1)


def columns_of(candidates: Candidates | Iterable[Candidate]) -> Candidates:
    """Single candidates as columns; columns stay as they are."""
    if isinstance(candidates, Candidates):
        return candidates
    rows = sorted(candidates, key=lambda each: each.id)
    likes, like = _listed(ANY_TIME, [each.liked for each in rows])
    skills, skill = _listed("", [each.skill for each in rows])
    languages, language = _listed("", [each.language for each in rows])
    blocks, block = _listed("", [each.blocked for each in rows])
    sizes, size = _listed("", [each.store_size for each in rows])
    known = [each.known_agents for each in rows]
    return Candidates(
        id=_ints(each.id for each in rows),
        customer=_ints(each.customer for each in rows),
        cents=_ints(int((each.amount or Decimal(0)) * CENTS // 1) for each in rows),
        due_from=_ints(micros(each.due_from) for each in rows),
        due_by=_ints(micros(each.due_by) for each in rows),
        store=_ints(each.store or 0 for each in rows),
        not_agent=_ints(each.not_agent or NOBODY for each in rows),
        owed=np.array([each.obligatory for each in rows], dtype=np.bool_),
        placed_agent=_ints(each.placed.agent if each.placed else NOBODY for each in rows),
        placed_end=_ints(micros(each.placed.end) if each.placed else 0 for each in rows),
        known_from=np.concatenate([[0], np.cumsum([len(each) for each in known], dtype=np.int64)]).astype(np.int64),
        known_agent=_ints(agent for each in known for agent in each),
        like=like,
        likes=likes,
        skill=skill,
        skills=skills,
        language=language,
        languages=languages,
        block=block,
        blocks=blocks,
        size=size,
        sizes=sizes,
    )


def _ints(values: Iterable[Any]) -> Ints:
    return np.fromiter((int(value) for value in values), dtype=np.int64)


def _listed(nothing: Value, values: Sequence[Value]) -> tuple[tuple[Value, ...], Ints]:
    """Each value once, and every row's place among them."""
    places = {nothing: 0}
    found = [places.setdefault(value, len(places)) for value in values]
    return tuple(places), _ints(found)


def lots(seed: int, numbers: Ints) -> npt.NDArray[np.uint64]:
    """:func:`huiyin.visits.rules.planning.lots.lot` for every number at once."""
    start = np.uint64(mixed(seed % WORD))
    with np.errstate(over="ignore"):
        words = numbers.astype(np.uint64) + start + np.uint64(STEP)
        words = (words ^ (words >> np.uint64(30))) * np.uint64(FIRST)
        words = (words ^ (words >> np.uint64(27))) * np.uint64(SECOND)
    mixed_words: npt.NDArray[np.uint64] = words ^ (words >> np.uint64(31))
    return mixed_words
