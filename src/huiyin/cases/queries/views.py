"""Saved views: which ones somebody has, the cases they show, and how many these are, counted to a limit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import EmptyResultSet
from django.db import connection

from huiyin.cases.models import Case, CaseQuerySet
from huiyin.cases.models.view import CaseView
from huiyin.cases.queries.case_facts import case_fields
from huiyin.cases.queries.own_stages import columns_for
from huiyin.cases.rules.case_fields import CASE_FIELDS
from huiyin.cases.rules.views import View
from huiyin.foundation.conditions import Condition, matching, read_condition
from huiyin.foundation.kept import kept
from huiyin.foundation.prepared import Given
from huiyin.kernel.actor import Actor, ActorKind
from huiyin.kernel.conditions import tests_in
from huiyin.kernel.refusal import Invalid, NotFound
from huiyin.kernel.words import Message

COUNTED_TO = 1000
FIRST = "mine"
SHIPPED_FIRST = ("place", "audience", "name", "pk")


@dataclass(frozen=True)
class Counted:
    """How many cases a view shows; ``more`` than were counted; None: its condition cannot be read."""

    number: int | None
    more: bool = False


def views_of(actor: Actor) -> tuple[View, ...]:
    """The views the actor may use: those for everybody, of the own departments, own ones."""
    return _views(actor.staff_id, tuple(sorted(actor.department_ids)))


@kept
def _views(staff_id: int | None, departments: tuple[int, ...]) -> tuple[View, ...]:
    looks = Actor(ActorKind.STAFF, id=staff_id, department_ids=frozenset(departments))
    return tuple(view_from(row) for row in CaseView.objects.visible_to(looks).order_by(*SHIPPED_FIRST))


def view_from(row: CaseView) -> View:
    """The row as the rules see it."""
    return View(
        pk=row.pk,
        code=row.code or "",
        name=row.name,
        name_en=row.name_en,
        audience=row.audience,
        owner_id=row.owner_id,
        department_id=row.department_id,
        condition=row.condition,
        order=row.order,
        columns=tuple(row.columns),
        ended_too=row.ended_too,
        version=row.version,
    )


def view_called(actor: Actor, key: str) -> View:
    """The view an address names; the first one of the actor for any other word."""
    views = views_of(actor)
    found = next((view for view in views if view.key == key or str(view.pk) == key), None)
    return found or next((view for view in views if view.code == FIRST), views[0] if views else View(name="—"))


def view_named(actor: Actor, key: str) -> View:
    """The view called so.

    Raises:
        NotFound: the actor has no such view.
    """
    found = next((view for view in views_of(actor) if key in (view.key, str(view.pk))), None)
    if found is None:
        raise NotFound
    return found


def view_seen_by(actor: Actor, view_id: int) -> View:
    """One view.

    Raises:
        NotFound: no such view, or not for the actor.
    """
    row = CaseView.objects.visible_to(actor).filter(pk=view_id).first()
    if row is None:
        raise NotFound
    return view_from(row)


def rows_of_view(actor: Actor, view: View, now: datetime) -> CaseQuerySet:
    """The cases of a view that the actor may see, in no order.

    Raises:
        Invalid: its condition cannot be read any more.
    """
    return chosen(actor, read_condition(view.condition, CASE_FIELDS), now, view)


def chosen(actor: Actor, condition: Condition, now: datetime | Given, view: View) -> CaseQuerySet:
    """The cases a condition lets through for this viewer; ``view`` says whether ended ones count, and its order."""
    rows = Case.objects.visible_to(actor)
    if not view.ended_too:
        rows = rows.live()
    if view.order == "unanswered":
        rows = rows.filter(unanswered_since__isnull=False)
    return rows.filter(matching(condition, columns_for(condition), now=now, viewer=actor))


def counted(actor: Actor, views: Sequence[View], now: datetime) -> dict[int, Counted]:
    """How many cases each view shows, by its key in the table, in one statement; counting ends at a limit."""
    queries, unreadable = {}, set()
    for view in views:
        try:
            queries[view.pk] = rows_of_view(actor, view, now)
        except Invalid:
            unreadable.add(view.pk)
    numbers = capped(queries)
    return {view.pk: Counted(None) if view.pk in unreadable else _to_limit(numbers[view.pk]) for view in views}


def capped(queries: Mapping[int, CaseQuerySet]) -> dict[int, int]:
    """How many rows each query has, counted to one beyond the limit, all in one statement."""
    found, parts, values = dict.fromkeys(queries, 0), [], []
    for key, rows in queries.items():
        try:
            sql, params = rows.order_by().values("pk")[: COUNTED_TO + 1].query.sql_with_params()
        except EmptyResultSet:
            continue
        parts.append(f"SELECT %s::bigint, count(*) FROM ({sql}) AS capped")  # noqa: S608 - our own SQL, values apart
        values += [key, *params]
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), values)
            found |= dict(cursor.fetchall())
    return found


def _to_limit(number: int) -> Counted:
    return Counted(min(number, COUNTED_TO), number > COUNTED_TO)


def count_of(actor: Actor, condition: Condition, now: datetime, view: View) -> Counted:
    """How many cases a condition lets through, counted to the limit."""
    number = chosen(actor, condition, now, view).order_by().values("pk")[: COUNTED_TO + 1].count()
    return _to_limit(number)


def fault_of(view: View) -> Message | None:
    """Why a view no longer makes sense: what it names has left or was taken out; None when all is well.

    People, departments, stores, problem types and stages are looked up only when the view names some.
    """
    try:
        condition = read_condition(view.condition, CASE_FIELDS)
        if _names(condition):
            read_condition(view.condition, case_fields())
    except Invalid as refusal:
        return refusal.why
    return None


def _names(condition: Condition) -> bool:
    return any(
        test.field in {"problem_type", "own_stage"}
        or (isinstance(test.value, tuple) and any(isinstance(each, int) for each in test.value))
        for test in tests_in(condition)
    )
