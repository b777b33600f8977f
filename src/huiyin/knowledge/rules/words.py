"""Words of a text as the search knows them: pairs of Chinese characters with their places, and Latin words.

A pair at every character makes any two characters findable; their places make longer words exact (a phrase of pairs).
Latin words and model numbers are kept whole and in parts; English stems are added by the database.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

LAST_PLACE = 16_383  # a tsvector counts no further
LONGEST_WORD = 60  # a lexeme holds 2 KB; nobody types more of a word
MOST_WORDS = 12  # of a query; more only narrow what is one thing already
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_TOKENS = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+(?:[-._/][^\W_{_HAN}]+)*")
_PARTS = re.compile(r"[-._/]")


@dataclass(frozen=True)
class Token:
    """A run of Chinese characters or one Latin word, in lower case, and where it begins in the text."""

    text: str
    at: int
    chinese: bool


def tokens(text: str) -> list[Token]:
    """The runs and words of a text, full-width forms made plain."""
    plain = unicodedata.normalize("NFKC", text).lower()
    found = _TOKENS.finditer(plain)
    return [Token(each.group(), each.start(), bool(re.match(f"[{_HAN}]", each.group()))) for each in found]


def lexemes(text: str, weight: str) -> str:
    """The text as the literal of a ``tsvector`` with one weight (A to D)."""
    places: dict[str, list[int]] = {}
    for token in tokens(text):
        for word, at in _words(token):
            if at < LAST_PLACE:
                places.setdefault(word, []).append(at + 1)
    return " ".join(f"{quoted(word)}:{_places(at, weight)}" for word, at in places.items())


def _places(at: list[int], weight: str) -> str:
    return ",".join(f"{place}{weight}" for place in at[:250])  # a lexeme holds 255 places


def _words(token: Token) -> list[tuple[str, int]]:
    if not token.chinese:
        parts = _PARTS.split(token.text)
        words = [token.text, *(part for part in parts if len(parts) > 1)]
        return [(word[:LONGEST_WORD], token.at) for word in words if word]
    pairs = [(token.text[n : n + 2], token.at + n) for n in range(len(token.text) - 1)]
    return [*pairs, (token.text[-1], token.at + len(token.text) - 1)]


def quoted(word: str) -> str:
    """A word as it stands in a tsvector or tsquery literal."""
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"


@dataclass(frozen=True)
class Query:
    """What somebody looks for: the literal of a tsquery and the Latin words to be stemmed; all must be found."""

    exact: str
    latin: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.exact or self.latin)


def query_of(text: str) -> Query:
    """What a search typed so far looks for; the last Latin word and a single character may still grow."""
    found = tokens(text)[:MOST_WORDS]
    chinese = [_phrase(token.text) for token in found if token.chinese]
    return Query(" & ".join(chinese), tuple(token.text[:LONGEST_WORD] for token in found if not token.chinese))


def _phrase(run: str) -> str:
    run = run[:LONGEST_WORD]
    if len(run) == 1:
        return f"{quoted(run)}:*"
    return "(" + " <-> ".join(quoted(run[n : n + 2]) for n in range(len(run) - 1)) + ")"
