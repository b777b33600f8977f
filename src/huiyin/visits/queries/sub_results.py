"""The company's own list of results: what may be chosen, and what each code is called."""

from __future__ import annotations

from huiyin.foundation.kept import kept
from huiyin.visits.models import SubResult


@kept
def sub_results() -> tuple[SubResult, ...]:
    """The whole list in its order, those no longer in use too."""
    return tuple(SubResult.objects.order_by("place", "id"))


def choices_under(result: str) -> list[SubResult]:
    """The finer results that may be chosen under one."""
    return [each for each in sub_results() if each.is_active and each.result == result]


def sub_result_name(code: str) -> str:
    """What a code is called in the reader's language; the code itself when the list does not have it."""
    return next((each.name for each in sub_results() if each.code == code), code)
