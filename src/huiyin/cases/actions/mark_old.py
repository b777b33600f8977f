"""Marks cases from before likeness was kept, slice by slice, so that alike ones are found among them too."""

from __future__ import annotations

from huiyin.cases.actions.marking import mark_many
from huiyin.cases.models import Case

SLICE = 500
"""Cases of one transaction."""


def mark_slice(*, below: int | None = None, size: int = SLICE) -> int | None:
    """Marks the newest cases without marks whose keys lie below a key; the key to go on below, None when none is left.

    Safe to run twice at once, and to be killed anywhere: what has marks is never marked again.
    """
    rows = Case.objects.filter(marks=None)
    if below is not None:
        rows = rows.filter(pk__lt=below)
    cases = list(rows.only("pk", "title", "description").order_by("-pk")[:size])
    mark_many(cases)
    return cases[-1].pk if cases else None
