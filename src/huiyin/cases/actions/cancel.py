"""Cancels a case that is none, or that the customer withdrew."""

from __future__ import annotations

from huiyin.cases.actions.clocks import drop_clocks
from huiyin.cases.actions.moving import change, locked, move
from huiyin.cases.actions.tasks import drop_steps
from huiyin.cases.events import CaseCancelled
from huiyin.cases.models import Case
from huiyin.cases.rules.kinds import CANCEL_WHYS
from huiyin.cases.rules.needs import NEEDS
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _


@action("cases.cancel", needs=NEEDS["cancel"])
def cancel_case(act: Act, case_id: int, *, why: str, reason: str, same_as: str = "") -> Case:
    """Ends a case without a verdict: withdrawn, duplicate, mistaken or spam, always with words of explanation.

    Raises:
        Invalid: no reason, an unknown one, or a duplicate of a case that is not there or is this one.
    """
    case = locked(act, case_id)
    original = _original(act, case, why, same_as)
    wrong: dict[str, Message] = {}
    if why not in CANCEL_WHYS:
        wrong["why"] = message(_("Choose one of the listed values."))
    if not reason.strip():
        wrong["reason"] = message(_("Say why."))
    if why == "duplicate" and original is None:
        wrong["same_as"] = message(_("Give the number of the other case."))
    if wrong:
        raise Invalid(message(_("The case was not cancelled.")), wrong)
    move(act, case, "cancel", reason=reason, waiting_for="", returns_to="", closed_at=act.now, ended_as=why)
    if original:
        change(case, repeat_of_id=original.pk)
    drop_clocks(act, case, reason)
    drop_steps(act, case, reason, every=True)
    act.record(case, customer_id=case.customer_id, reason=reason, why=why, same_as=same_as)
    act.emit(CaseCancelled(case.pk, reason))
    return case


def _original(act: Act, case: Case, why: str, same_as: str) -> Case | None:
    if why != "duplicate":
        return None
    return Case.objects.visible_to(act.actor).filter(number=same_as.strip().upper()).exclude(pk=case.pk).first()
