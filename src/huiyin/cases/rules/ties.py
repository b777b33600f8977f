"""Kinds of links between cases, how they read from both ends, and the circles they must not make (CAS-15)."""

from __future__ import annotations

from collections.abc import Mapping

from huiyin.kernel.words import gettext_noop as _

TIES: dict[str, tuple[str, str]] = {
    "related": (_("Related to"), _("Related to")),
    "caused_by": (_("Caused by"), _("Cause of")),
    "duplicate": (_("Same matter as"), _("Same matter as")),
    "part_of": (_("Part of"), _("Has the part")),
    "split": (_("Split off from"), _("Split off into")),
}
"""Code: how it reads from the case that has it, and from the other one."""
CHOSEN = ("related", "caused_by", "duplicate", "part_of")
"""Kinds a person chooses; a split makes its own."""
BOTH_WAYS = frozenset({"related", "duplicate"})
ONE_ONLY = frozenset({"part_of"})
"""Kinds of which a case has one at most: a part belongs to one whole."""


def leads_back(case: int, other: int, ties: Mapping[int, set[int]]) -> bool:
    """Whether a tie from ``case`` to ``other`` would close a circle; ``ties`` are those of its kind by their case."""
    seen: set[int] = set()
    ahead = [other]
    while ahead:
        here = ahead.pop()
        if here == case:
            return True
        if here not in seen:
            seen.add(here)
            ahead += ties.get(here, ())
    return False
