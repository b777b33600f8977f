"""A page of the list of cases: the SQL of the first one, opened most, is put together once for each area and view."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from huiyin.cases.models import Case
from huiyin.cases.queries.own_stages import stages_asked
from huiyin.cases.queries.queue import FILTERS, CaseFilter, filtered, queue
from huiyin.cases.queries.views import chosen
from huiyin.cases.rules.case_fields import CASE_FIELDS
from huiyin.cases.rules.views import View
from huiyin.foundation.conditions import Condition, may_wait_for_now, read_condition
from huiyin.foundation.keyset import KeysetPage, keyset, page_of
from huiyin.foundation.prepared import Given, prepared
from huiyin.kernel.actor import Actor


def listed(
    actor: Actor,
    wanted: CaseFilter,
    view: View,
    now: datetime,
    *,
    names: Sequence[str],
    size: int,
    after: str | None = None,
) -> KeysetPage[Any]:
    """The rows of the queue behind a cursor, named tuples of these columns, in the view's order.

    Raises:
        Invalid: the view's condition cannot be read any more, or the cursor belongs to another list.
    """
    first = None if after else first_page(actor, wanted, view, now, names=names, size=size)
    if first is not None:
        return first
    rows = queue(actor, wanted, view, now).values_list(*names, named=True)
    return keyset(rows, order=view.keys, after=after, size=size)


def first_page(
    actor: Actor, wanted: CaseFilter, view: View, now: datetime, *, names: Sequence[str], size: int
) -> KeysetPage[Any] | None:
    """As :func:`huiyin.foundation.keyset.keyset` of the queue, named rows; None where the SQL hangs on words or days.

    Raises:
        Invalid: the view's condition cannot be read any more.
    """
    condition = read_condition(view.condition, CASE_FIELDS)
    if wanted.text.strip() or not may_wait_for_now(condition, CASE_FIELDS):
        return None
    values = filtered(wanted)
    found = _first(
        actor,
        now,
        *(values.get(name) for name in FILTERS),
        condition=condition,
        stages=stages_asked(condition),
        order=view.order,
        ended_too=view.ended_too,
        narrowed_by=tuple(values),
        names=tuple(names),
        size=size,
    )
    return page_of(found, order=view.keys, size=size)


@prepared
def _first(
    viewer: Actor,
    now: Given,
    state: Given,
    level: Given,
    kind: Given,
    department_id: Given,
    *,
    condition: Condition,
    stages: tuple[tuple[str, int], ...],  # noqa: ARG001 - a shape of its own for each state of the stages
    order: str,
    ended_too: bool,
    narrowed_by: tuple[str, ...],
    names: tuple[str, ...],
    size: int,
) -> QuerySet[Case, Any]:
    """One more than the page holds; only the filters of ``narrowed_by`` count."""
    view = View(order=order, ended_too=ended_too)
    given = {"state": state, "level": level, "kind": kind, "department_id": department_id}
    rows = chosen(viewer, condition, now, view).filter(**{name: given[name] for name in narrowed_by})
    return rows.values_list(*names, named=True).order_by(*view.keys)[: size + 1]
