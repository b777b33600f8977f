"""Which row holds the headings, which separator a file uses, and which column feeds which field."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SEPARATORS = (",", ";", "\t", "|")
LOOKED_AT = 30


@dataclass(frozen=True)
class Known:
    """A field as the mapping sees it: its code and the words people head its column with."""

    code: str
    words: tuple[str, ...]


def plain(heading: str) -> str:
    """A heading without case, spaces, punctuation and remarks in brackets."""
    text = unicodedata.normalize("NFKC", heading).lower()
    text = re.sub(r"[(\[].*?[)\]]", "", text)
    return re.sub(r"[\W_]+", "", text)


def separator_of(lines: Sequence[str]) -> str:
    """The separator that splits the lines into the same number of columns most often; runs of spaces come last."""
    kept = [line for line in lines[:LOOKED_AT] if line.strip()]
    scored = [(_agreement(kept, separator), -rank, separator) for rank, separator in enumerate(SEPARATORS)]
    best = max(scored, default=(0.0, 0, ","))
    if best[0] > 0:
        return best[2]
    return " " if _agreement(kept, " ") > 0.9 else ","  # noqa: PLR2004 - nearly all lines agree


def _agreement(lines: Sequence[str], separator: str) -> float:
    """Share of lines with the most common number of columns, if that is more than one."""
    widths = [len(row) for row in csv.reader(lines, delimiter=separator, skipinitialspace=separator == " ") if row]
    if not widths:
        return 0.0
    common = max(set(widths), key=widths.count)
    return widths.count(common) / len(widths) * (1 + common / 100) if common > 1 else 0.0


def header_of(rows: Sequence[Sequence[str]], fields: Sequence[Known]) -> int:
    """The index of the row that most looks like headings: most known words, then most different texts."""
    words = {plain(word) for field in fields for word in field.words}
    best, best_score = 0, -1.0
    for index, row in enumerate(rows[:LOOKED_AT]):
        cells = [cell for cell in row if cell.strip()]
        texts = {cell for cell in cells if not re.fullmatch(r"[\d\W]+", cell)}
        known = sum(1 for cell in cells if plain(cell) in words)
        score = known * 10 + len(texts) - index * 0.5 if cells else -1.0
        if score > best_score:
            best, best_score = index, score
    return best


def suggest(columns: Sequence[str], fields: Sequence[Known]) -> dict[str, int]:
    """{field code: column index} from the words; a column feeds one field, exact words before parts of words."""
    mapping: dict[str, int] = {}
    taken: set[int] = set()
    plains = [plain(column) for column in columns]
    for matches in (_equal, _contained):
        for field in fields:
            if field.code in mapping:
                continue
            found = matches(plains, [plain(word) for word in field.words], taken)
            if found is not None:
                mapping[field.code] = found
                taken.add(found)
    return mapping


def _equal(columns: Sequence[str], words: Sequence[str], taken: set[int]) -> int | None:
    for word in words:
        for index, column in enumerate(columns):
            if index not in taken and column and column == word:
                return index
    return None


def _contained(columns: Sequence[str], words: Sequence[str], taken: set[int]) -> int | None:
    """A heading that contains a word of three letters or two Chinese characters."""
    for word in words:
        if len(word) < (3 if word.isascii() else 2):
            continue
        for index, column in enumerate(columns):
            if index not in taken and word in column and len(column) <= len(word) * 2:
                return index
    return None


def by_headings(columns: Sequence[str], headings: Mapping[str, str | Sequence[str]]) -> dict[str, int]:
    """{field code: column index} of a saved or ready-made mapping; headings that the file lacks are left out."""
    places = {plain(column): index for index, column in reversed(list(enumerate(columns)))}
    mapping = {}
    for field, heading in headings.items():
        choices = [heading] if isinstance(heading, str) else heading
        found = next((places[plain(name)] for name in choices if plain(name) in places), None)
        if found is not None:
            mapping[field] = found
    return mapping
