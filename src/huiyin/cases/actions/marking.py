"""Keeps the marks by which alike cases find each other; part of whatever gives a case its words."""

from __future__ import annotations

from collections.abc import Iterable

from huiyin.cases.models import Case, CaseMarks
from huiyin.cases.rules.likeness import marks
from huiyin.foundation.inserting import insert


def mark(case: Case) -> None:
    """Marks a new case; one with hardly any words has no bands."""
    insert(CaseMarks(case=case, bands=marks(case.title, case.description)))


def mark_many(cases: Iterable[Case]) -> int:
    """Marks cases that have no marks yet, in one statement per thousand; returns how many."""
    rows = [CaseMarks(case=case, bands=marks(case.title, case.description)) for case in cases]
    CaseMarks.objects.bulk_create(rows, batch_size=1_000, ignore_conflicts=True)
    return len(rows)
