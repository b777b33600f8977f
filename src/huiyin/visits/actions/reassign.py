"""Gives visits to another agent, or takes them back into the pool."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.organisation.public import Staff
from huiyin.promises.public import hand_over
from huiyin.visits.actions.joining import locked_others
from huiyin.visits.actions.promising import hand_along
from huiyin.visits.actions.telling_case import tell_who_revisits
from huiyin.visits.models import Visit
from huiyin.visits.queries.policies import visitors
from huiyin.visits.rules.lifecycle import State


@action("visits.reassign", needs="visits.plan")
def reassign_visits(act: Act, visit_ids: Sequence[int], *, agent_id: int, reason: str = "") -> int:
    """Hands open visits inside the actor's area to an agent; returns how many changed hands.

    A visit that is made in one call with others changes hands with all of them.

    Raises:
        Invalid: no such agent, or the agent handled a case that one of the visits asks about.
        Conflict: somebody is on one of them right now.
    """
    agent = Staff.objects.filter(visitors(), pk=agent_id).first()
    if agent is None:
        why = message(_("Choose a service agent who is there."))
        raise Invalid(why, {"agent": why})
    led = Visit.objects.open().filter(pk__in=visit_ids, made_with__isnull=False).values("made_with")
    visits = list(
        Visit.objects.visible_to(act.actor)
        .open()
        .filter(Q(pk__in=visit_ids, made_with=None) | Q(pk__in=led))
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    moving = [visit for visit in visits if visit.agent_id != agent.pk]
    for visit in moving:
        for each in [visit, *locked_others([visit])]:
            _check(each, agent)
        visit.agent = agent
        visit.department_id = agent.department_id or visit.department_id
        visit.save(update_fields=["agent", "department"])
        hand_over(act.call, subject=visit, owner=agent.pk, department=visit.department_id)
        tell_who_revisits(act, visit)
        hand_along(act, visit)
        act.record(visit, customer_id=visit.customer_id, reason=reason, agent=agent.pk)
    return len(moving)


def _check(visit: Visit, agent: Staff) -> None:
    if visit.state == State.IN_PROGRESS and visit.started_by:
        raise Conflict(message(_("%(name)s has already taken this visit."), name=visit.started_by.name))
    if visit.not_agent_id == agent.pk:
        raise Invalid(message(_("Who handled the case does not make its revisit; leave it to a colleague.")))
