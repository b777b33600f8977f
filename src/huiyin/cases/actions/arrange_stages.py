"""What the company decides about its own stages."""

from __future__ import annotations

from huiyin.cases.actions.own_stage import enter_stage
from huiyin.cases.models import Case, OwnStage
from huiyin.cases.rules.own_stages import stage_faults
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

ARRANGE = "cases.arrange"
NO_STAGE = ""


@action("cases.save_stage", needs=ARRANGE)
def save_stage(
    act: Act, stage_id: int | None, *, code: str, name: str, name_en: str = "", state: str, position: int = 0
) -> OwnStage:
    """Makes a stage, or changes one; its code stays, and its state stays while cases are in it.

    Raises:
        Invalid: a code that is taken or makes no sense, no name, no state that may have stages.
        Conflict: cases are in it.
    """
    stage = act.lock(OwnStage.objects.all(), stage_id) if stage_id else OwnStage(code=code)
    wrong = stage_faults(code=stage.code, name=name, state=state)
    if stage_id is None and OwnStage.objects.filter(code=code).exists():
        wrong["code"] = message(_("There is a stage with this code already."))
    if wrong:
        raise Invalid(message(_("The stage was not saved. What you typed is kept.")), wrong)
    if stage_id and stage.state != state and Case.objects.filter(own_stage=stage).exists():
        raise Conflict(message(_("Cases are in this stage: it stays in its state. Move them first.")))
    stage.name, stage.name_en, stage.state, stage.position = name.strip(), name_en.strip(), state, position
    stage.in_use = True
    stage.save()
    act.record(stage, code=stage.code, state=state)
    return stage


@action("cases.retire_stage", needs=ARRANGE)
def retire_stage(act: Act, stage_id: int, *, into: str | None = None) -> int:
    """Takes a stage out of use; cases in it go into the stage ``into`` of the same state, or into none ("").

    Returns how many cases were moved. What they went through stays on record.

    Raises:
        Invalid: cases are in it and nobody said where they go, or there is no such stage in that state.
    """
    stage = act.lock(OwnStage.objects.all(), stage_id)
    inside = Case.objects.filter(own_stage=stage)
    count = inside.count()
    if count and into is None:
        why = message(_("%(count)d cases are in this stage. Say where they go."), count=count)
        raise Invalid(why, {"into": why})
    target = _target(stage, into)
    stage.in_use = False
    stage.save(update_fields=["in_use"])
    for pk in list(inside.order_by("pk").values_list("pk", flat=True)):
        case = act.lock(Case.objects.all(), pk)
        enter_stage(act, case, target)
        act.record(case, customer_id=case.customer_id, before=stage.code, to=target.code if target else "")
    act.record(stage, code=stage.code, moved=count, to=target.code if target else "")
    return count


def _target(stage: OwnStage, into: str | None) -> OwnStage | None:
    if not into:
        return None
    found = OwnStage.objects.filter(code=into, state=stage.state, in_use=True).exclude(pk=stage.pk).first()
    if found is None:
        why = message(_("There is no such stage in this state. Reload the page to see which there are."))
        raise Invalid(why, {"into": why})
    return found
