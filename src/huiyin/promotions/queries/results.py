"""What recipients answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from huiyin.questionnaires.public import answers_on
from huiyin.visits.public import Visit

NOTE = "note"


@dataclass(frozen=True)
class Said:
    """Chosen codes by question, and what was added in the recipient's own words."""

    chosen: Mapping[str, tuple[str, ...]]
    note: str


def said_in(visit_id: int) -> Said:
    """Everything answered at a visit; of several askings the last answer to a question counts."""
    chosen: dict[str, tuple[str, ...]] = {}
    note = ""
    for asked in answers_on((Visit._meta.label_lower, visit_id)):
        for code, given in asked.given.items():
            chosen[code] = given.choices
            note = given.text or note if code == NOTE else note
    return Said(chosen, note)
