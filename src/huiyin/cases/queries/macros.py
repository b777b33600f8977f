"""Macros that a person may run."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from huiyin.cases.models import Macro
from huiyin.kernel.actor import Actor
from huiyin.kernel.refusal import NotFound


def macros_of(actor: Actor) -> QuerySet[Macro]:
    """Own ones, those of the own departments, and everybody's."""
    everybodys = Q(owner=None, department=None)
    seen = Q(owner_id=actor.id or 0) | Q(department_id__in=actor.department_ids) | everybodys
    return Macro.objects.filter(seen, in_use=True).select_related("department", "owner")


def macro_of(actor: Actor, macro_id: int) -> Macro:
    """A macro that the person may run.

    Raises:
        NotFound: there is none such.
    """
    found = macros_of(actor).filter(pk=macro_id).first()
    if found is None:
        raise NotFound
    return found


def may_change(actor: Actor, macro: Macro) -> bool:
    """Whether the person may change it: the own ones; others with the right for what all use, a department's in it."""
    if macro.owner_id is not None:
        return macro.owner_id == actor.id
    return actor.may("cases.templates") and (macro.department_id is None or macro.department_id in actor.department_ids)
