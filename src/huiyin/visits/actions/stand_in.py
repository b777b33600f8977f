"""Visits of somebody who is away find another agent, or go back to the pool (ORG-4)."""

from __future__ import annotations

from huiyin.channels.public import notify_staff
from huiyin.foundation.actions import Act, action
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.organisation.public import Department, PersonAway, Staff
from huiyin.promises.public import hand_over
from huiyin.visits.actions.joining import locked_others
from huiyin.visits.actions.promising import hand_along
from huiyin.visits.actions.telling_case import tell_who_revisits
from huiyin.visits.models import Visit
from huiyin.visits.queries.policies import visitors
from huiyin.visits.rules.lifecycle import State


@action("visits.stand_in")
def hand_over_visits(act: Act, away: PersonAway) -> int:
    """Gives visits that fall into the leave to the stand-in at the same time, else owed ones to the pool.

    Returns how many. Drawn visits without a stand-in who makes visits wait for the week to be planned anew; what an
    agent has in hand stays. Whoever takes a visit keeps it.
    """
    stand_in = Staff.objects.filter(visitors(), pk=away.stand_in_id or 0).first()
    moved = [visit for visit in _falling_in(away) if _hand_over(act, visit, stand_in)]
    if moved:
        _tell(act, away, moved, stand_in)
    return len(moved)


def _falling_in(away: PersonAway) -> list[Visit]:
    """The open visits of the person that are planned by the leave's last day, or owed before it ends."""
    rows = Visit.objects.filter(agent=away.staff_id, made_with=None, state__in=(State.PLANNED, State.DUE))
    rows = rows.select_for_update()
    return [visit for visit in rows.order_by("pk") if _falls_in(visit, away)]


def _falls_in(visit: Visit, away: PersonAway) -> bool:
    if visit.planned_on is not None:
        return visit.planned_on <= away.last_day
    return visit.due_by < away.until


def _hand_over(act: Act, visit: Visit, stand_in: Staff | None) -> bool:
    """A visit changes hands with those that are made in its call."""
    barred = {each.not_agent_id for each in (visit, *locked_others([visit]))}
    if stand_in is not None and stand_in.pk not in barred:
        visit.agent = stand_in
        visit.department_id = stand_in.department_id or visit.department_id
        visit.save(update_fields=["agent", "department"])
    elif not visit.sampled and visit.department_id is not None:
        visit.agent, visit.state, visit.planned_on = None, State.DUE, None
        visit.window_start = visit.window_end = None
        visit.save(update_fields=["agent", "state", "planned_on", "window_start", "window_end"])
    else:
        return False
    hand_over(act.call, subject=visit, owner=visit.agent_id, department=visit.department_id)
    tell_who_revisits(act, visit)
    hand_along(act, visit)
    act.record(visit, customer_id=visit.customer_id, agent=visit.agent_id)
    return True


def _tell(act: Act, away: PersonAway, moved: list[Visit], stand_in: Staff | None) -> None:
    """The stand-in hears of the visits that came; the department's head of those that are back in the pool."""
    taken = [visit for visit in moved if visit.agent_id is not None]
    pool = {visit.department_id for visit in moved if visit.agent_id is None and visit.department_id}
    if stand_in is not None and taken:
        text = message(_("%(name)s is away; %(count)s visits are yours now."), name=away.name, count=len(taken))
        notify_staff(act.call, [stand_in.pk], text, page="visits")
    heads = Department.objects.filter(pk__in=pool, head__isnull=False).values_list("head", flat=True)
    if pool:
        back = message(
            _("%(name)s is away; %(count)s visits are back in the pool."), name=away.name, count=len(moved) - len(taken)
        )
        notify_staff(act.call, sorted(pk for pk in set(heads) if pk), back, page="visits")
