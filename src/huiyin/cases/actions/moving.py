"""How a case changes state: lifecycle, guards, compare-and-set, a stage row."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from huiyin.cases.actions.at_hand import at_hand
from huiyin.cases.actions.clocks import clocks_moved
from huiyin.cases.actions.own_stage import leave_stage
from huiyin.cases.actions.telling_watchers import tell_of_move
from huiyin.cases.models import Case, CaseStage
from huiyin.cases.queries.facts import facts_of
from huiyin.cases.queries.settings import conduct_at
from huiyin.cases.queries.sla import policy_of
from huiyin.cases.rules.facts import Step
from huiyin.cases.rules.guards import guarded, pass_guards
from huiyin.cases.rules.lifecycle import LIFECYCLE, aside, move_to
from huiyin.cases.rules.needs import FOLLOWS_ONLY
from huiyin.foundation.actions import Act
from huiyin.foundation.inserting import insert
from huiyin.kernel.refusal import Conflict, Forbidden, NotFound
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.working_time.public import calendar_of, working_time_between


def locked(act: Act, case_id: int) -> Case:
    """The case, locked, if it lies in the actor's area.

    Raises:
        NotFound: no such case, or outside the actor's scope.
        Forbidden: the actor only follows it.
    """
    if (case := at_hand(act, case_id, works=True)) is not None:
        return case
    try:
        return act.lock(Case.objects.in_area_of(act.actor), case_id)
    except NotFound:
        if Case.objects.visible_to(act.actor).filter(pk=case_id).exists():
            raise Forbidden(FOLLOWS_ONLY) from None
        raise


def in_sight(act: Act, case_id: int, verb: str) -> Case:
    """The case, locked, for what also those may do who only follow it; if ``verb`` is possible in its state."""
    case = at_hand(act, case_id, works=False) or act.lock(Case.objects.visible_to(act.actor), case_id)
    aside(verb, case.state)
    return case


def beside(act: Act, case_id: int, verb: str) -> Case:
    """The case, locked, if the side step ``verb`` is possible in its state."""
    case = locked(act, case_id)
    aside(verb, case.state)
    return case


def move(
    act: Act,
    case: Case,
    verb: str,
    target: str | None = None,
    *,
    reason: str = "",
    values: dict[str, str] | None = None,
    evidence: str | None = None,
    starts: str = "",
    **changes: Any,
) -> CaseStage:
    """Moves a locked case on by ``verb`` (to ``target`` where the verb has several) and saves ``changes`` with it.

    With ``evidence`` (which may be empty) the promises that the verb reaches are kept; ``starts`` is an event whose
    clocks begin to run.

    Raises:
        Conflict: the lifecycle or a guard objects, or the state changed under our feet.
    """
    found = LIFECYCLE.move(verb, case.state) if target is None else move_to(verb, case.state, target)
    step = Step(verb, found.target, act.actor.staff_id, values or {})
    if guarded(verb):
        pass_guards(facts_of(case), step, conduct_at(act.now))
    changes |= clocks_moved(act, case, verb, evidence, starts)
    return _moved(act, case, verb, found.target, reason, changes)


def _moved(act: Act, case: Case, verb: str, target: str, reason: str, changes: dict[str, Any]) -> CaseStage:
    before, since = case.state, case.state_since
    changes |= {"state": target} if target == before else {"state": target, "state_since": act.now}
    if not Case.objects.filter(pk=case.pk, state=before).update(**changes):
        raise Conflict(message(_("Somebody else has just changed this case. Reload the page.")))
    for name, value in changes.items():
        setattr(case, name, value)
    if case.own_stage_id:
        leave_stage(act, case, target)
    if case.watched:
        tell_of_move(act, case, verb, target)
    return insert(
        CaseStage(
            case=case,
            verb=verb,
            from_state=before,
            to_state=target,
            at=act.now,
            actor_kind=act.actor.kind,
            actor_id=act.actor.staff_id,
            reason=reason,
            lasted=max(act.now - since, timedelta(0)),
            worked=_worked(case, since, act),
        )
    )


def opened(act: Act, case: Case) -> CaseStage:
    """The first stage row of a new case."""
    return insert(
        CaseStage(
            case=case,
            verb="open",
            to_state=case.state,
            at=act.now,
            actor_kind=act.actor.kind,
            actor_id=act.actor.staff_id,
            lasted=timedelta(0),
            worked=timedelta(0),
        )
    )


def _worked(case: Case, since: Any, act: Act) -> timedelta:
    """Nothing where the server's clock was set back meanwhile."""
    return working_time_between(calendar_of(policy_of(case).calendar), since, max(since, act.now))


def change(case: Case, **changes: Any) -> None:
    """Saves fields of a locked case that are no move."""
    for name, value in changes.items():
        setattr(case, name, value)
    case.save(update_fields=list(changes))
