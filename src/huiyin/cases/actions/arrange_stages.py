"""What the company decides about its own stages."""

from __future__ import annotations

from huiyin.cases.actions.clocks import owed_about, set_due
from huiyin.cases.actions.own_stage import enter_stage
from huiyin.cases.models import Case, OwnStage
from huiyin.cases.queries.own_stages import mark_of_stage
from huiyin.cases.queries.sla import company_day, policies_on, policy_in
from huiyin.cases.queries.sla_contents import newest_policies
from huiyin.cases.rules.own_stages import PREFIX, stage_faults
from huiyin.cases.rules.sla import Policy
from huiyin.foundation.actions import Act, action
from huiyin.kernel.marks import demand_as_shown
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.promises.public import Promise

ARRANGE = "cases.arrange"
NO_STAGE = ""


@action("cases.save_stage", needs=ARRANGE)
def save_stage(
    act: Act,
    stage_id: int | None,
    *,
    code: str,
    name: str,
    name_en: str = "",
    state: str,
    position: int = 0,
    reached_by: str = "",
    shown: str | None = None,
) -> OwnStage:
    """Makes a stage, or changes one; its code stays, and its state stays while cases are in it.

    ``shown`` is the mark (:func:`mark_of_stage`) of what the page showed.

    Raises:
        Invalid: a code that is taken or makes no sense, no name, no state that may have stages.
        Conflict: cases are in it, or it is not as it was shown.
    """
    stage = act.lock(OwnStage.objects.all(), stage_id) if stage_id else OwnStage(code=code)
    if stage_id:
        demand_as_shown(shown, mark_of_stage(stage))
    wrong = stage_faults(code=stage.code, name=name, state=state, reached_by=reached_by)
    if stage_id is None and OwnStage.objects.filter(code=code).exists():
        wrong["code"] = message(_("There is a stage with this code already."))
    if wrong:
        raise Invalid(message(_("The stage was not saved. What you typed is kept.")), wrong)
    if stage_id and stage.state != state and Case.objects.filter(own_stage=stage).exists():
        raise Conflict(message(_("Cases are in this stage: it stays in its state. Move them first.")))
    stage.name, stage.name_en, stage.state, stage.position = name.strip(), name_en.strip(), state, position
    stage.reached_by, stage.in_use = reached_by, True
    stage.save()
    act.record(stage, code=stage.code, state=state)
    return stage


@action("cases.retire_stage", needs=ARRANGE)
def retire_stage(act: Act, stage_id: int, *, into: str | None = None) -> int:
    """Takes a stage out of use; cases in it go into the stage ``into`` of the same state, or into none ("").

    Returns how many cases were moved. What they went through stays on record; clocks of earlier versions of policies
    that end with the stage are let go of; those that began with it run on.

    Raises:
        Conflict: a policy that holds, or will, has a clock that begins or ends with it.
        Invalid: cases are in it and nobody said where they go, or there is no such stage in that state.
    """
    _hold_cases(stage_id)
    stage = act.lock(OwnStage.objects.all(), stage_id)
    _demand_no_clock(act, stage)
    inside = _hold_cases(stage_id)
    count = len(inside)
    if count and into is None:
        why = message(_("%(count)d cases are in this stage. Say where they go."), count=count)
        raise Invalid(why, {"into": why})
    target = _target(stage, into)
    stage.in_use = False
    stage.save(update_fields=["in_use"])
    for pk in inside:
        case = act.lock(Case.objects.all(), pk)
        enter_stage(act, case, target)
        act.record(case, customer_id=case.customer_id, before=stage.code, to=target.code if target else "")
    _let_go(act, stage)
    act.record(stage, code=stage.code, moved=count, to=target.code if target else "")
    return count


def _hold_cases(stage_id: int) -> list[int]:
    """Locks the cases in a stage and returns their keys.

    Cases come before their stage, as for whoever puts a case into one; who came between is found by a second look.
    """
    inside = Case.objects.filter(own_stage=stage_id).order_by("pk")
    return list(inside.select_for_update(of=("self",)).values_list("pk", flat=True))


def _demand_no_clock(act: Act, stage: OwnStage) -> None:
    held = [*policies_on(company_day(act.now)).values(), *(policy_in(row) for row in newest_policies())]
    named = {each.code: message(each.shown_name) for each in held if _names(each, stage)}
    if named:
        text = _("Clocks of %(names)s begin or end with this stage. Change the policy first.")
        raise Conflict(message(text, names=tuple(named.values())))


def _names(policy: Policy, stage: OwnStage) -> bool:
    return any(f"{PREFIX}{stage.code}" in (clock.start, clock.goal) for clock in policy.clocks)


def _let_go(act: Act, stage: OwnStage) -> None:
    kind = f"case.{PREFIX}{stage.code}"
    running = Promise.objects.filter(subject="cases.case", kind=kind, state__in=("open", "paused"))
    for case_id in sorted(running.values_list("subject_id", flat=True)):
        case = act.lock(Case.objects.all(), case_id)
        owed_about(act, case).cancel(stage.name, {kind})
        set_due(act, case)


def _target(stage: OwnStage, into: str | None) -> OwnStage | None:
    if not into:
        return None
    found = OwnStage.objects.filter(code=into, state=stage.state, in_use=True).exclude(pk=stage.pk).first()
    if found is None:
        why = message(_("There is no such stage in this state. Reload the page to see which there are."))
        raise Invalid(why, {"into": why})
    return found
