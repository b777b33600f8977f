"""Real complaints and the pairs of them that the product would put side by side; nothing of the texts is kept."""

from __future__ import annotations

import csv
import gzip
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from pathlib import Path
from random import Random

from huiyin.cases.rules.alike import DUPLICATE, LikenessNumbers, judged
from huiyin.cases.rules.likeness import likeness, marks, pairs

SEED = 20_261_122
STRATA = {
    "person": ("same person, claimed to be the same matter", 25),
    "words": ("strangers, claimed to be the same matter", 25),
    "person near": ("same person, 10 to 19 % alike, not claimed", 15),
    "words near": ("strangers, 20 to 34 % alike, not claimed", 15),
    "unmarked": ("strangers, 20 % alike or more, without a common mark", 10),
    "person far": ("same person, under 10 % alike", 10),
}
"""Code of a stratum, what it is, and how many pairs of it are checked by hand."""
CHECKED = 100  # what small strata lack is drawn from those without a mark
_NUMBERS = LikenessNumbers()


@dataclass(frozen=True)
class Complaint:
    """One complaint of the evaluation file."""

    number: int
    person: str
    title: str
    text: str
    at: datetime


@dataclass(frozen=True)
class Pair:
    """Two complaints by their numbers, the stratum and the days between them."""

    one: int
    other: int
    percent: int
    stratum: str
    days: int


def read(path: Path) -> list[Complaint]:
    """The complaints of the file, by number."""
    with gzip.open(path, "rt", encoding="utf-8-sig") as source:
        rows = [_complaint(row) for row in csv.DictReader(source)]
    return sorted(rows, key=lambda row: row.number)


def _complaint(row: dict[str, str]) -> Complaint:
    number, person, title, text = (row[name].strip() for name in ("留言编号", "留言用户", "留言主题", "留言详情"))
    return Complaint(int(number), person, title, text, _moment(row["留言时间"]))


def _moment(text: str) -> datetime:
    year, month, day, hour, minute, *_second = (int(part) for part in re.findall(r"\d+", text))
    return datetime(year, month, day, hour, minute)  # noqa: DTZ001 - local time of the file, for differences only


def every_pair(complaints: list[Complaint]) -> list[Pair]:
    """All pairs that share a mark, a person, or at least a fifth of their words (the last by looking at every pair)."""
    words = {each.number: pairs(f"{each.title}\n{each.text}") for each in complaints}
    known = {each.number: each for each in complaints}
    marked = _together({each.number: marks(each.title, each.text) for each in complaints})
    same_person = _together({each.number: [each.person] for each in complaints})
    alike = _alike_without_marks(words)
    found = []
    for one, other in sorted(marked | same_person | alike):
        percent = likeness(words[one], words[other])
        stratum = _stratum(percent, (one, other) in same_person, (one, other) in marked)
        if stratum:
            days = abs((known[one].at - known[other].at).days)
            found.append(Pair(one, other, percent, stratum, days))
    return found


def _together(keys: dict[int, list[object]] | dict[int, list[int]] | dict[int, list[str]]) -> set[tuple[int, int]]:
    groups: dict[object, list[int]] = defaultdict(list)
    for number, each in keys.items():
        for key in each:
            groups[key].append(number)
    return {pair for group in groups.values() for pair in combinations(sorted(group), 2)}


def _alike_without_marks(words: dict[int, frozenset[str]]) -> set[tuple[int, int]]:
    """Pairs at least 20 % alike, found by counting shared words of every pair."""
    import numpy as np

    numbers = list(words)
    vocabulary = {word: n for n, word in enumerate(sorted(set().union(*words.values())))}
    there = np.zeros((len(numbers), len(vocabulary)), dtype=np.float32)
    for row, number in enumerate(numbers):
        there[row, [vocabulary[word] for word in words[number]]] = 1
    sizes = np.maximum(there.sum(axis=1), 1)
    shared = (there @ there.T) / np.sqrt(np.outer(sizes, sizes))
    rows, columns = np.where(np.triu(shared, 1) >= 0.195)
    return {(numbers[one], numbers[other]) for one, other in zip(rows, columns, strict=True)}


def _stratum(percent: int, same_person: bool, marked: bool) -> str:
    same = frozenset({"customer"}) if same_person else frozenset[str]()
    if judged(same, percent, _NUMBERS) == DUPLICATE and (same_person or marked):
        return "person" if same_person else "words"
    if same_person:
        return "person near" if percent >= 10 else "person far"
    if not marked:
        return "unmarked" if percent >= 20 else ""
    return "words near" if percent >= 20 else ""


def sample(found: list[Pair]) -> list[Pair]:
    """The pairs checked by hand: of each stratum as many as said, drawn with a fixed seed."""
    dice = Random(SEED)
    drawn = []
    for stratum, (_what, count) in STRATA.items():
        of_it = [pair for pair in found if pair.stratum == stratum]
        drawn += dice.sample(of_it, min(count, len(of_it)))
    rest = [pair for pair in found if pair.stratum == "unmarked" and pair not in drawn]
    return drawn + dice.sample(rest, CHECKED - len(drawn))
