"""Puts a case back as it was before a change to many, if nobody changed it since."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from huiyin.cases.actions.clocks import pass_clocks
from huiyin.cases.actions.clocks_anew import fit_clocks
from huiyin.cases.actions.moving import change
from huiyin.cases.actions.passing import pass_on
from huiyin.cases.actions.reopen import reopen_case
from huiyin.cases.actions.resume import resume_case
from huiyin.cases.actions.tasks import finish_task
from huiyin.cases.models import BulkItem, Case, CaseNote, CaseTask, CaseWatcher
from huiyin.cases.queries.snapshots import as_field, snapshot
from huiyin.cases.rules.changes import read_changes
from huiyin.cases.rules.states import State
from huiyin.foundation.actions import Act
from huiyin.kernel.refusal import Conflict
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

BY_MOVES = frozenset({"state", "waiting_for", "returns_to"})
UNDONE = _("Taken back")


def made_by(answers: Iterable[Any]) -> dict[str, list[int]]:
    """The keys of notes and tasks that changes added."""
    made: dict[str, list[int]] = {}
    for answer in answers:
        if isinstance(answer, (CaseNote, CaseTask)):
            made.setdefault(answer._meta.model_name or "", []).append(answer.pk)
    return made


def undo_change(act: Act, case: Case, item: BulkItem) -> None:
    """Puts back the fields of a locked case, takes away what was added, and goes back by the moves there are.

    A case that was set to waiting goes on, a case that was cancelled is reopened.

    Raises:
        Conflict: somebody changed one of these fields since.
    """
    if any(change.kind.stays for change in read_changes(item.work.changes)):
        raise Conflict(message(_("A letter that has gone out cannot be taken back.")))
    now = snapshot(case)
    if any(now[name] != value for name, value in item.after.items()):
        raise Conflict(message(_("Somebody has changed it since.")))
    fields = {name: as_field(name, value) for name, value in item.before.items() if name not in BY_MOVES}
    _put_back(act, case, fields)
    act.record(case, customer_id=case.customer_id, undone=item.work_id)
    _take_away(act, case, item)
    _move_back(act, case, item)


def _put_back(act: Act, case: Case, fields: dict[str, Any]) -> None:
    levelled = "level" in fields
    department = fields.pop("department_id", None)
    if department is not None:
        pass_on(act, case, department, **fields)
    elif fields:
        change(case, **fields)
        if "owner_id" in fields:
            pass_clocks(act, case)
    if department is not None or levelled:
        fit_clocks(act, case, UNDONE, levelled=levelled)


def _move_back(act: Act, case: Case, item: BulkItem) -> None:
    state = item.after.get("state")
    if state == State.WAITING:
        resume_case(act.call, case.pk, note=UNDONE)
    elif state == State.CANCELLED:
        reopen_case(act.call, case.pk, reason=UNDONE)


def _take_away(act: Act, case: Case, item: BulkItem) -> None:
    if notes := item.made.get("casenote"):
        CaseNote.objects.filter(case=case, pk__in=notes).delete()
    for task in item.made.get("casetask", []):
        finish_task(act.call, case.pk, task_id=task, dropped=True)
    if watchers := item.made.get("watchers"):
        CaseWatcher.objects.filter(case=case, staff_id__in=watchers).delete()
