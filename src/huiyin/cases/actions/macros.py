"""Macros: kept, changed, and run on a case as one action."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from huiyin.cases.actions.changes import make_changes
from huiyin.cases.actions.moving import in_sight
from huiyin.cases.models import Case, Macro
from huiyin.cases.queries.macros import macro_of, macros_of, may_change
from huiyin.cases.rules.changes import mark_of_changes, read_changes
from huiyin.foundation.actions import Act, action
from huiyin.kernel.marks import demand_as_shown
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
    name: str,
    department_id: int | None = None,
    everybody: bool = False,
    steps: Sequence[Mapping[str, Any]] = (),
) -> Macro:
    """Makes a macro: the actor's own, one of a department's, or everybody's.

    Raises:
        Forbidden: it is meant for others without the right.
        Invalid: no name, or steps that make no sense, or too many.
    """
    macro = Macro(made_by_id=act.actor.staff_id)
    if not name.strip():
        raise Invalid(message(_("Give it a name.")), {"name": message(_("Give it a name."))})
    macro.name, macro.department_id = name.strip()[:80], None if everybody else department_id
    macro.owner_id = None if everybody or department_id else act.actor.staff_id
    if not may_change(act.actor, macro):
        raise Forbidden
    macro.steps = [change.stored() for change in _checked(steps)]
    macro.save()
    act.record(macro, name=macro.name, steps=macro.steps)
    return macro


@action("cases.add_macro_step", needs="cases.note")
def add_macro_step(act: Act, macro_id: int, *, step: Mapping[str, Any]) -> Macro:
    """Adds a step at the end of those that are there now.

    Raises:
        Forbidden: it belongs to others. Invalid: the step makes no sense, or they are too many.
    """
    macro = _changeable(act, macro_id)
    return _with_steps(act, macro, [*macro.steps, step])


@action("cases.drop_macro_step", needs="cases.note")
def drop_macro_step(act: Act, macro_id: int, *, place: int, shown: str) -> Macro:
    """Takes out the step at ``place``, counted from 0; ``shown`` is the mark of the steps that the page showed.

    Raises:
        Forbidden: it belongs to others. Conflict: its steps are not those any more.
    """
    macro = _changeable(act, macro_id)
    demand_as_shown(shown, mark_of_changes(macro.steps))
    return _with_steps(act, macro, [step for number, step in enumerate(macro.steps) if number != place])


def _with_steps(act: Act, macro: Macro, steps: Sequence[Mapping[str, Any]]) -> Macro:
    macro.steps = [change.stored() for change in _checked(steps)]
    macro.save(update_fields=["steps"])
    act.record(macro, name=macro.name, steps=macro.steps)
    return macro


def _changeable(act: Act, macro_id: int) -> Macro:
    macro = act.lock(macros_of(act.actor), macro_id)
    if not may_change(act.actor, macro):
        raise Forbidden
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
    macro = _changeable(act, macro_id)
    macro.in_use = False
    macro.save(update_fields=["in_use"])
    act.record(macro, name=macro.name)
    return macro
