"""What is wrong with a company's own list of results (VIS-23)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _
from huiyin.visits.rules.attempts import RESULT_LABELS

CODE = re.compile(r"[a-z][a-z0-9_-]{0,39}")
LONGEST, MOST_OF_ONE = 40, 9
Row = dict[str, Any]


def rows_from(rows: Sequence[Mapping[str, Any]]) -> list[Row]:
    """The rows in one form; those without any name or code are left out."""
    plain = [
        {
            **{name: str(row.get(name) or "").strip() for name in ("code", "result", "name_zh", "name_en")},
            "is_active": bool(row.get("is_active", True)),
        }
        for row in rows
    ]
    return [row for row in plain if row["code"] or row["name_zh"] or row["name_en"]]


def faults_of_rows(rows: Sequence[Row]) -> Message | None:
    """The first fault with the number of its row (from 1); None when all is well."""
    codes: set[str] = set()
    for number, row in enumerate(rows, 1):
        fault = _fault(number, row, codes)
        if fault:
            return fault
        codes.add(row["code"])
    for result in RESULT_LABELS:
        if sum(row["result"] == result and row["is_active"] for row in rows) > MOST_OF_ONE:
            return message(_("A result has at most %(most)s of its own, one for each number key."), most=MOST_OF_ONE)
    return None


def _fault(number: int, row: Row, codes: set[str]) -> Message | None:
    if not CODE.fullmatch(row["code"]):
        return message(
            _("Row %(number)s: a code begins with a small letter and has letters, digits, - and _ only."), number=number
        )
    if row["code"] in codes:
        return message(_("Row %(number)s: the code %(code)s stands there twice."), number=number, code=row["code"])
    if row["result"] not in RESULT_LABELS:
        return message(_("Row %(number)s: say which result it belongs to."), number=number)
    if not row["name_zh"] or max(len(row["name_zh"]), len(row["name_en"])) > LONGEST:
        return message(
            _("Row %(number)s needs a Chinese name of at most %(most)s letters."), number=number, most=LONGEST
        )
    return None
