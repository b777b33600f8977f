"""Records of other rooms that belong to a case: who answers a message about one speaks of that case.

Rooms above say it of their own records: ``case_matters.py: MATTERS = [Matter(label, case_of)]``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from huiyin.cases.models import Case
from huiyin.foundation.discovery import discover


@dataclass(frozen=True)
class Matter:
    """A kind of record (``label``) that belongs to a case; ``case_of`` gives the case's key, None without a record."""

    label: str
    case_of: Callable[[int], int | None]


@cache
def _declared() -> dict[str, Matter]:
    own = Matter(Case._meta.label_lower, lambda key: key)
    return {
        each.label: each for each in (own, *(each for module in discover("case_matters") for each in module.MATTERS))
    }


def case_behind_record(about: tuple[str, int] | None) -> Case | None:
    """The case that a record of ours is, or belongs to; None where it belongs to none."""
    matter = _declared().get(about[0]) if about else None
    key = matter.case_of(about[1]) if about and matter else None
    return Case.objects.filter(pk=key).first() if key is not None else None
