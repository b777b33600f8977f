"""Keeps the company's own list of results (VIS-23)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.visits.actions.save_policy import CHANGE
from huiyin.visits.models import SubResult
from huiyin.visits.rules.sub_results import faults_of_rows, rows_from

VALUES = ("result", "name_zh", "name_en", "is_active")


@action("visits.change_sub_results", needs=CHANGE)
def save_sub_results(act: Act, data: Sequence[Mapping[str, Any]]) -> int:
    """Saves the whole list in its order; returns how many rows differ.

    What is left out is no longer in use; it is never deleted, since calls carry it.

    Raises:
        Invalid: something is wrong with a row (named by its number); nothing is saved.
    """
    rows = rows_from(data)
    fault = faults_of_rows(rows)
    if fault:
        raise Invalid(fault, {"rows": fault})
    known = {each.code: each for each in SubResult.objects.select_for_update().order_by("id")}
    changed = [_save(act, known.pop(row["code"], None), row, place) for place, row in enumerate(rows)]
    changed += [_retire(act, each) for each in known.values()]
    return sum(changed)


def check_sub_result(code: str, result: str) -> None:
    """Checks that a finer result belongs to what the call brought.

    Raises:
        Invalid: it is not in the list, no longer in use, or belongs to another result.
    """
    if code and not SubResult.objects.filter(code=code, result=result, is_active=True).exists():
        why = message(_("The list of results has no such entry here."))
        raise Invalid(why, {"sub_result": why})


def _save(act: Act, kept: SubResult | None, row: dict[str, Any], place: int) -> bool:
    row_of = kept or SubResult(code=row["code"])
    wanted = {**{name: row[name] for name in VALUES}, "place": place}
    if kept and all(getattr(kept, name) == value for name, value in wanted.items()):
        return False
    for name, value in wanted.items():
        setattr(row_of, name, value)
    row_of.save()
    act.record(row_of, code=row_of.code, in_use=row_of.is_active)
    return True


def _retire(act: Act, kept: SubResult) -> bool:
    if not kept.is_active:
        return False
    kept.is_active = False
    kept.save(update_fields=["is_active"])
    act.record(kept, code=kept.code, in_use=False)
    return True
