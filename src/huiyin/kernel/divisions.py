"""Which part of a typed address names provinces, cities and districts, by a list of them: nothing else is let through.

``divisions.txt`` has them by their names (GB/T 2260), a city a line: province, city, districts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

LIST = Path(__file__).with_name("divisions.txt")
BETWEEN = " \t\u3000,，"
# Chinese data: how people write the country and the long names of provinces
COUNTRY = "中国"
SHORT = {
    "内蒙古自治区": "内蒙古",
    "广西壮族自治区": "广西",
    "西藏自治区": "西藏",
    "宁夏回族自治区": "宁夏",
    "新疆维吾尔自治区": "新疆",
    "香港特别行政区": "香港",
    "澳门特别行政区": "澳门",
}
MARKET = "场"  # 北京市场街 is a street of markets, not one in 北京市
LEAST = 3  # letters of a district that stands alone: 东区 may be a part of a works


@dataclass
class Place:
    """What may follow a name; a short name (``full`` False) counts only with a full one behind it."""

    full: bool = True
    below: dict[str, Place] = field(default_factory=dict)


def area_in(text: str) -> str:
    """The beginning of an address down to its district, as it was typed; empty where the list does not know it.

    >>> area_in("上海徐汇区漕溪路 100 号")
    '上海徐汇区'
    """
    typed = text.strip()
    return typed[: _end(typed, _next(typed, 0), _tree())]


def _end(text: str, at: int, places: dict[str, Place]) -> int:
    """Where the longest chain of names from here ends, the last one a full name; 0 where there is none."""
    return max((_after(text, at + len(name), place) for name, place in _named(text, at, places)), default=0)


def _after(text: str, at: int, place: Place) -> int:
    own = at if place.full and text[at : at + 1] != MARKET else 0
    return max(own, _end(text, _next(text, at), place.below))


def _named(text: str, at: int, places: dict[str, Place]) -> Iterator[tuple[str, Place]]:
    for long in range(2, min(_longest(), len(text) - at) + 1):
        name = text[at : at + long]
        if name in places:
            yield name, places[name]


def _next(text: str, at: int) -> int:
    """Behind what stands between two names, and the country's before the first."""
    while text[at : at + 1] and text[at] in BETWEEN:
        at += 1
    return _next(text, len(COUNTRY)) if at == 0 and text.startswith(COUNTRY) else at


def divisions() -> list[tuple[str, str, tuple[str, ...]]]:
    """The list: province, city (empty for what lies directly in a province), districts."""
    rows = (line.split("\t") for line in LIST.read_text(encoding="utf-8").splitlines())
    return [(province, city, tuple(districts.split("、")) if districts else ()) for province, city, districts in rows]


@cache
def _tree() -> dict[str, Place]:
    """What an address may begin with: a province, a city, a district of which there is one in the country."""
    rows = divisions()
    often = Counter(district for *_above, districts in rows for district in districts)
    top: dict[str, Place] = {}
    for province, city, districts in rows:
        own = {name: Place() for name in districts}
        both = top.setdefault(province, Place())
        top.setdefault(_short(province), Place(full=False, below=both.below))
        both.below |= own  # 江苏省昆山市, without the city above it
        for name, full in ((city, True), (_short(city), False)) if city else ():
            for places in (both.below, top):  # one city may have two rows
                places.setdefault(name, Place(full)).below.update(own)
        top |= {name: Place() for name in districts if often[name] == 1 and len(name) >= LEAST}
    return top


@cache
def _longest() -> int:
    return max(len(name) for province, city, districts in divisions() for name in (province, city, *districts))


def _short(name: str) -> str:
    """As people write it: 江苏, 苏州."""
    return SHORT.get(name) or name.removesuffix("省").removesuffix("市").removesuffix("地区")
