"""Finding words of any length in Chinese and other text: pairs of neighbouring characters, with an index over them.

A room puts ``CREATE INDEX … USING gin (huiyin_bigrams(expression))`` into a migration and asks with
:func:`contains_text` for the same expression.
"""

from __future__ import annotations

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

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
    return RawSQL(  # noqa: S611 - values are parameters, the expression is a constant
        f"huiyin_bigrams({expression}) @> %s::text[] AND lower({expression}) LIKE %s",
        [bigrams(text), _anywhere(text)],
        output_field=BooleanField(),
    )


def says_text(expression: str, text: str) -> RawSQL:
    """The same without the index, for few rows, or for a text that nearly every row holds."""
    return RawSQL(  # noqa: S611 - values are parameters, the expression is a constant
        f"lower({expression}) LIKE %s", [_anywhere(text)], output_field=BooleanField()
    )


def _anywhere(text: str) -> str:
    literal = text.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{literal}%"
