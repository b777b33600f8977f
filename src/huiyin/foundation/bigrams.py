"""Finding words of any length in Chinese and other text: pairs of neighbouring characters, with an index over them.

A room puts ``CREATE INDEX … USING gin (huiyin_bigrams(expression))`` into a migration and asks with
:func:`contains_text` for the same expression.
"""

from __future__ import annotations

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from huiyin.foundation.lookups import anywhere

SHORTEST = 2


def bigrams(text: str) -> list[str]:
    """The pairs of neighbouring characters of a text, in lower case."""
    lowered = text.lower()
    return [lowered[place : place + 2] for place in range(len(lowered) - 1)]


def contains_text(expression: str, text: str) -> RawSQL:
    """Whether an SQL expression (a constant of ours, never input) contains the text, whatever the case.

    The index narrows the rows down by pairs; the text itself is then looked for in what remains, so that the answer is
    exact. ``text`` has at least two characters.
    """
    return contains_pairs(expression, bigrams(text), anywhere(text.lower()))


def contains_pairs(expression: str, pairs: object, pattern: object) -> RawSQL:
    """The same for what is known of a text: its :func:`bigrams` and the pattern that finds it in lower case."""
    return RawSQL(  # noqa: S611 - values are parameters, the expression is a constant
        f"huiyin_bigrams({expression}) @> %s::text[] AND lower({expression}) LIKE %s",
        [pairs, pattern],
        output_field=BooleanField(),
    )
