"""Makes changes to one case, all or nothing, each by the action that a person would take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone

from huiyin.cases.actions.assign import assign_case
from huiyin.cases.actions.at_hand import put_down
from huiyin.cases.actions.cancel import cancel_case
from huiyin.cases.actions.note import add_note
from huiyin.cases.actions.route import route_case
from huiyin.cases.actions.send_template import send_template
from huiyin.cases.actions.tasks import add_task
from huiyin.cases.actions.triage import triage_case
from huiyin.cases.actions.wait import wait_for
from huiyin.cases.actions.watch import watch_case
from huiyin.cases.rules.changes import Change
from huiyin.foundation.actions import Act
from huiyin.kernel.call import Call

DO: dict[str, Callable[..., Any]] = {
    "triage": triage_case,
    "wait": wait_for,
    "note": add_note,
    "watch": watch_case,
    "answer": send_template,
    "assign": assign_case,
    "route": route_case,
    "cancel": cancel_case,
}


def make_changes(act: Act, case_id: int, changes: Sequence[Change]) -> list[Any]:
    """The changes in their order; what each action answers with. A refusal of one refuses all: let it go upwards."""
    made = []
    for change in changes:
        made.append(_make(act.call, case_id, change))
        if change.kind.gives_away:
            put_down(case_id)  # it may lie in another's area now
    return made


def _make(call: Call, case_id: int, change: Change) -> Any:
    values = dict(change.values)
    if change.do == "add_task":
        days = values.pop("days", None)
        today = timezone.localtime(call.now, timezone.get_default_timezone()).date()
        return add_task(call, case_id, due_on=None if days is None else today + timedelta(days=days), **values)
    return DO[change.do](call, case_id, **values)
