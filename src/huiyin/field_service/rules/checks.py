"""Whether the checks let the work begin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from huiyin.field_service.rules.numbers import CheckItem
from huiyin.field_service.rules.words import Given


@dataclass(frozen=True)
class Answer:
    """What was said to a check."""

    given: str
    note: str = ""


def open_checks(checks: Sequence[CheckItem], answers: Mapping[str, Answer]) -> list[CheckItem]:
    """The checks that still stand in the way.

    A required check is done, or does not apply and says why; any other one is answered at all.
    """
    return [check for check in checks if not _passes(check, answers.get(check.code))]


def _passes(check: CheckItem, answer: Answer | None) -> bool:
    if answer is None or answer.given not in set(Given):
        return False
    if not check.required or answer.given == Given.YES:
        return True
    return answer.given == Given.NOT_NEEDED and bool(answer.note.strip())
