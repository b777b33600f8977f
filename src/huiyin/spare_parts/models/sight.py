"""Who sees what a part is wanted for (ORG-3): rooms above say it of their own records.

``part_sight.py: SIGHT = [Sight(label, rows)]``; the keeper of a place sees the needs there, whatever they are for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from huiyin.foundation.discovery import discover
from huiyin.kernel.actor import Actor


@dataclass(frozen=True)
class Sight:
    """Of which records of a kind (``label``) somebody sees the parts.

    ``rows(actor, key)`` has a row when the actor does; the key may be a column. ``opens``: the record's own page opens
    to them as well, so that its title and the way there may be shown.
    """

    label: str
    rows: Callable[[Actor, Any], QuerySet[Any, Any]]
    opens: bool = True


@cache
def _declared() -> tuple[Sight, ...]:
    return tuple(sight for module in discover("part_sight") for sight in module.SIGHT)


def in_sight(actor: Actor, need: str = "", *, opens: bool = False) -> Q:
    """Whether what a need is for is in the actor's sight; ``need`` is the way to the need, as ``"need__"``.

    ``opens``: only where its own page opens to the actor.
    """
    found = Q(pk__in=[])
    for sight in _declared():
        if sight.opens or not opens:
            rows = sight.rows(actor, OuterRef(f"{need}subject_id"))
            found |= Q(**{f"{need}subject": sight.label}) & Q(Exists(rows))
    return found
