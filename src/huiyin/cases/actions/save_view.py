"""Makes, changes and removes saved views."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from huiyin.cases.models.view import CaseView
from huiyin.cases.queries.case_facts import case_fields
from huiyin.cases.queries.views import view_from
from huiyin.cases.rules.views import Audience, View, check_view, may_change
from huiyin.foundation.actions import Act, action
from huiyin.foundation.conditions import plain, read_condition
from huiyin.kernel.refusal import Conflict, Forbidden, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

MOST_OWN = 100


@action("cases.save_view", needs="cases.see")
def save_view(act: Act, /, view_id: int | None = None, *, expected: int | None = None, **values: Any) -> CaseView:
    """Keeps a view: a new one, or the changes of one; ``values`` are fields of :class:`View`.

    Raises:
        Forbidden: it is for others, and the actor may not share so widely.
        Invalid: it makes no sense; ``fields`` says what.
        Conflict: somebody changed it since version ``expected``.
    """
    row = _changeable(act, view_id, expected) if view_id else CaseView(version=0)
    view = _judged(act, replace(view_from(row), **values) if view_id else View(**values))
    for name in ("name", "name_en", "audience", "condition", "order", "ended_too", "owner_id", "department_id"):
        setattr(row, name, getattr(view, name))
    row.columns = list(view.columns)
    row.version += 1
    row.changed_by_id = act.actor.staff_id
    row.save()
    act.record(row, version=row.version, audience=row.audience)
    return row


@action("cases.delete_view", needs="cases.see")
def delete_view(act: Act, view_id: int, *, expected: int | None = None) -> None:
    """Removes a view; the cases stay as they are.

    Raises:
        Forbidden: the actor may not change it. Conflict: somebody changed it in the meantime.
    """
    row = _changeable(act, view_id, expected)
    act.record(row, name=row.name, audience=row.audience)
    row.delete()


def _changeable(act: Act, view_id: int, expected: int | None) -> CaseView:
    row = act.lock(CaseView.objects.visible_to(act.actor), view_id)
    if not may_change(view_from(row), act.actor):
        raise Forbidden
    if expected is not None and row.version != expected:
        text = _("%(name)s changed this view in the meantime. Look at it, and save again to put yours in its place.")
        raise Conflict(message(text, name=row.changed_by.name if row.changed_by else "–"))
    return row


def _judged(act: Act, view: View) -> View:
    """The view with its owner and its condition in plain form, if the actor may keep it."""
    view = replace(
        view,
        name=view.name.strip(),
        name_en=view.name_en.strip(),
        columns=tuple(view.columns),
        owner_id=act.actor.staff_id if view.audience == Audience.OWN else None,
        department_id=view.department_id if view.audience == Audience.TEAM else None,
    )
    check_view(view)
    if not may_change(view, act.actor):
        raise Forbidden
    try:
        condition = read_condition(view.condition, case_fields())
    except Invalid as refusal:
        raise Invalid(refusal.why, {"condition": refusal.why}) from refusal
    if not view.pk and view.audience == Audience.OWN and _own(act) >= MOST_OWN:
        raise Invalid(message(_("You have %(most)s views of your own. Remove one first."), most=MOST_OWN))
    return replace(view, condition=plain(condition))


def _own(act: Act) -> int:
    return CaseView.objects.filter(audience=Audience.OWN, owner_id=act.actor.staff_id).count()
