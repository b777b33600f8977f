"""What questionnaires tells the rooms above."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.questionnaires.rules.reading import Low


@dataclass(frozen=True)
class AnswersGiven:
    """Answers came in or were corrected; sent for partial answers too, so listeners must be idempotent per asking.

    ``lows`` are the scores at or under their probe line among *all* present answers of the asking, ``problem`` is the
    problem the customer named (empty: none), ``emotion`` one of satisfied, neutral, dissatisfied, angry or empty.
    ``about`` is the subject's row itself where whoever took the answers holds it, locked in this transaction and
    perhaps not yet saved; a listener works on it instead of reading it again.
    """

    asking_id: int
    subject: str
    subject_id: int
    customer_id: int | None
    lows: tuple[Low, ...]
    emotion: str
    problem: str
    way: str
    complete: bool
    about: object | None = None
