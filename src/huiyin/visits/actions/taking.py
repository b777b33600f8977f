"""Common to everything an agent does with a visit: load it locked, and make sure that it is his."""

from __future__ import annotations

from huiyin.foundation.actions import Act
from huiyin.kernel.refusal import Conflict
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.visits.models import Visit
from huiyin.visits.queries.policies import under_policy
from huiyin.visits.rules.lifecycle import LIFECYCLE, State

TAKEN = ("state", "started_at", "started_by", "agent", "self_way")
"""What taking a visit changes about it."""


def locked(act: Act, visit_id: int) -> Visit:
    """The visit, locked, if the actor may see it.

    Only what never changes is joined: a row that another transaction changed while we waited for the lock would come
    with the people it had before.

    Raises:
        NotFound: it does not exist or lies outside the actor's area.
    """
    visits = Visit.objects.visible_to(act.actor).select_related("customer")
    return under_policy(act.lock(visits, visit_id))


def take(act: Act, visit: Visit) -> None:
    """Makes the visit the actor's, in progress (not saved). Taking one's own again changes nothing.

    Raises:
        Conflict: somebody else is on it (named), it has ended, the actor handled the case, or it is made with another.
    """
    if visit.made_with_id is not None:
        raise Conflict(
            message(_("This visit is made in one call with another; open that one."), visit=visit.made_with_id)
        )
    take_over(act, visit)


def take_over(act: Act, visit: Visit) -> None:
    """The same for a visit that is made in the call of another one."""
    me = act.actor.staff_id
    if visit.state == State.IN_PROGRESS and visit.started_by_id not in (None, me) and visit.started_by:
        raise Conflict(message(_("%(name)s has already taken this visit."), name=visit.started_by.name))
    check_handler(act, visit)
    visit.state = LIFECYCLE.move("start", visit.state).target
    visit.self_way = ""  # from now on somebody makes it
    if visit.started_by_id != me or visit.started_at is None:
        visit.started_at, visit.started_by_id = act.now, me
    if me is not None:
        visit.agent_id = me


def check_handler(act: Act, visit: Visit) -> None:
    """Raises Conflict when the actor handled the case that the visit asks about."""
    if visit.not_agent_id is not None and visit.not_agent_id == act.actor.staff_id:
        raise Conflict(message(_("Who handled the case does not make its revisit; leave it to a colleague.")))
