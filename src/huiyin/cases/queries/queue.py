"""The queue: a view of the list of cases, narrowed by the filters above it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from huiyin.cases.models import CaseQuerySet
from huiyin.cases.queries.search import narrowed
from huiyin.cases.queries.views import rows_of_view
from huiyin.cases.rules.views import View
from huiyin.kernel.actor import Actor

FILTERS = ("state", "level", "kind", "department_id")


@dataclass(frozen=True)
class CaseFilter:
    """What the list shows: a view by its key, and filters; empty ones do not narrow it."""

    tab: str = "mine"
    text: str = ""
    state: str = ""
    level: str = ""
    kind: str = ""
    department: str = ""


def queue(actor: Actor, wanted: CaseFilter, view: View, now: datetime) -> CaseQuerySet:
    """Cases the actor may see that the view and the filters let through.

    Raises:
        Invalid: the view's condition cannot be read any more.
    """
    return narrowed(rows_of_view(actor, view, now).filter(**filtered(wanted)), wanted.text)


def filtered(wanted: CaseFilter) -> dict[str, str | int]:
    """What the filters let through, apart from words, by field."""
    values: dict[str, str | int] = {"state": wanted.state, "level": wanted.level, "kind": wanted.kind}
    if wanted.department.isdigit():
        values["department_id"] = int(wanted.department)
    return {name: value for name, value in values.items() if value}
