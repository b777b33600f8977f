"""Visits join a call, leave it, and go where its leader goes (VIS-15).

Order of locks: the leader first, then the others by key. Whoever merges never waits for a lock: a visit that somebody
holds is left as it is, and the hourly run comes again.
"""

from __future__ import annotations

from collections.abc import Iterable

from huiyin.visits.models import Visit
from huiyin.visits.queries.policies import under_policy
from huiyin.visits.queries.together import in_order
from huiyin.visits.rules.lifecycle import OPEN, State

PLACE = ("state", "plan", "planned_on", "window_start", "window_end", "agent", "place_band", "again_at")
LINKS = ("made_with", "leads", *PLACE)


def join(visit: Visit, leader: Visit) -> None:
    """The visit is made in the leader's call from now on and gives up its own place (not saved)."""
    visit.made_with = leader
    _without_place(visit)
    visit.agent_id = leader.agent_id


def leave(visit: Visit) -> None:
    """The visit is made by itself again, and has no place yet (not saved)."""
    visit.made_with = None
    _without_place(visit)
    visit.agent = None


def _without_place(visit: Visit) -> None:
    visit.state, visit.plan, visit.planned_on = State.DUE, None, None
    visit.window_start = visit.window_end = visit.again_at = None
    visit.place_band = ""


def locked_others(leaders: Iterable[Visit], *, waiting: bool = True) -> list[Visit]:
    """The open visits made with locked ones, locked by key, in the order in which they are asked about.

    Without ``waiting`` those that somebody else holds are left out.
    """
    led = {each.pk: each for each in leaders if each.leads}
    if not led:
        return []
    rows = Visit.objects.filter(made_with__in=led, state__in=sorted(OPEN))
    found = [
        under_policy(each) for each in rows.order_by("pk").select_for_update(of=("self",), skip_locked=not waiting)
    ]
    for each in found:
        each.made_with = led[each.made_with_id or 0]
        each.customer = each.made_with.customer
    return in_order(found)


def bring_along(leaders: Iterable[Visit]) -> list[Visit]:
    """What is made with these visits goes to the same agent, and is returned for its promises as if planned there.

    It does not wait: whoever places a visit may hold the week's places already.
    """
    along = locked_others(leaders, waiting=False)
    for each in along:
        leader = each.made_with
        assert leader  # noqa: S101 - that is how they were found
        if (each.agent_id, each.department_id) != (leader.agent_id, leader.department_id):
            each.agent_id, each.department_id = leader.agent_id, leader.department_id
            each.save(update_fields=["agent", "department"])
        each.window_end = leader.window_end
    return along
