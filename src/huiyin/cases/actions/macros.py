"""Macros: kept, changed, and run on a case as one action."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from huiyin.cases.actions.changes import make_changes
from huiyin.cases.actions.moving import in_sight
from huiyin.cases.models import Case, Macro
from huiyin.cases.queries.macros import macro_of, may_change
from huiyin.cases.rules.changes import read_changes
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Forbidden, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

MOST_STEPS = 12


@action("cases.run_macro", needs="cases.note")
def run_macro(act: Act, case_id: int, *, macro_id: int) -> Case:
    """Takes all steps of a macro or none, each with the rights and guards as by hand.

    Raises:
        NotFound: there is no such macro for the actor, or the case is out of sight. Whatever a step raises.
    """
    macro = macro_of(act.actor, macro_id)
    case = in_sight(act, case_id, "watch")
    act.record(case, customer_id=case.customer_id, macro=macro.name)
    make_changes(act, case_id, read_changes(macro.steps))
    return case


@action("cases.save_macro", needs="cases.note")
def save_macro(
    act: Act,
    *,
    macro_id: int | None = None,
    name: str,
    department_id: int | None = None,
    everybody: bool = False,
    steps: Sequence[Mapping[str, Any]] | None = None,
) -> Macro:
    """Keeps a macro: the actor's own, one of a department's, or everybody's. ``steps`` of None leaves them as they are.

    Raises:
        Forbidden: it belongs to others, or is meant for others without the right.
        Invalid: no name, or steps that make no sense, or too many.
    """
    macro = macro_of(act.actor, macro_id) if macro_id else Macro(made_by_id=act.actor.staff_id)
    if macro_id and not may_change(act.actor, macro):
        raise Forbidden
    if not name.strip():
        raise Invalid(message(_("Give it a name.")), {"name": message(_("Give it a name."))})
    macro.name, macro.department_id = name.strip()[:80], None if everybody else department_id
    macro.owner_id = None if everybody or department_id else act.actor.staff_id
    if not may_change(act.actor, macro):
        raise Forbidden
    if steps is not None:
        macro.steps = [change.stored() for change in _checked(steps)]
    macro.save()
    act.record(macro, name=macro.name, steps=macro.steps)
    return macro


def _checked(steps: Sequence[Mapping[str, Any]]) -> Sequence[Any]:
    if len(steps) > MOST_STEPS:
        raise Invalid(message(_("A macro has at most %(most)d steps."), most=MOST_STEPS))
    return read_changes(steps)


@action("cases.drop_macro", needs="cases.note")
def drop_macro(act: Act, macro_id: int) -> Macro:
    """Takes a macro out of use; what it did stays.

    Raises:
        Forbidden: it belongs to others.
    """
    macro = macro_of(act.actor, macro_id)
    if not may_change(act.actor, macro):
        raise Forbidden
    macro.in_use = False
    macro.save(update_fields=["in_use"])
    act.record(macro, name=macro.name)
    return macro
