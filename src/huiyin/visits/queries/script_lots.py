"""Which version of a script falls to whom, as SQL that draws the same lots as the rule."""

from __future__ import annotations

from datetime import date
from typing import Any

from huiyin.visits.models import Script, VisitPolicy
from huiyin.visits.rules.script_split import LOTS, Split, split_of

LOT = f"""CASE WHEN mod(('x' || substr(md5(%(split_seed)s || ':' || c.id), 1, 8))::bit(32)::bigint, {LOTS})
    < %(split_share)s THEN %(split_other)s::smallint ELSE %(split_one)s::smallint END"""


def split_on(policy: VisitPolicy, day: date) -> Split | None:
    """The test that shares out the visits of a kind which fall due on a day."""
    found = split_of(policy.numbers)
    return found if found and found.runs_on(day) else None


def version_lot(policy: VisitPolicy, day: date) -> tuple[str, dict[str, Any]]:
    """The script's version for customer ``c`` as SQL, and its values; NULL where no test runs."""
    split = split_on(policy, day)
    if split is None:
        return "NULL::smallint", {}
    values = {"split_seed": str(split.seed), "split_share": split.share}
    return LOT, {**values, "split_one": split.one, "split_other": split.other}


def known_versions() -> frozenset[tuple[str, int]]:
    """Code and version of every script."""
    return frozenset(Script.objects.values_list("code", "version"))
