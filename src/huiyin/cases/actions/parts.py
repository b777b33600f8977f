"""Spare parts of a case: reserved from its page; it rests while a part is missing and goes on when it is there."""

from __future__ import annotations

from decimal import Decimal

from huiyin.cases.actions.moving import beside
from huiyin.cases.actions.resume import resume_case
from huiyin.cases.actions.wait import wait_for
from huiyin.cases.models import Case
from huiyin.cases.rules.needs import NEEDS
from huiyin.cases.rules.states import RESTS_FOR_PARTS, State, WaitingFor
from huiyin.foundation.actions import Act, action
from huiyin.kernel.actor import SYSTEM
from huiyin.kernel.call import Call
from huiyin.kernel.refusal import NotFound
from huiyin.spare_parts.public import Need, reserve_parts

LABEL = Case._meta.label_lower


@action("cases.need_part", needs=NEEDS["need_part"])
def need_part(act: Act, case_id: int, *, part_id: int, place_id: int, quantity: Decimal = Decimal(1)) -> Need:
    """Reserves spare parts for the case; what is not there is owed, and the case waits for it once work is agreed.

    Stock is locked before the case, as when parts come in.

    Raises:
        NotFound: no such case, or outside the actor's scope.
        Invalid: no such part or place, or no quantity.
    """
    case = Case.objects.in_area_of(act.actor).filter(pk=case_id).first()
    if case is None:
        raise NotFound
    need = reserve_parts(
        act.call,
        about=(LABEL, case.pk),
        title=f"{case.number} {case.title}",
        part_id=part_id,
        place_id=place_id,
        quantity=quantity,
        page="case",
        number=case.number,
    )
    case = beside(act, case_id, "need_part")
    act.record(case, customer_id=case.customer_id, part=need.part.number, quantity=str(need.wanted))
    return need


def rest_for_part(call: Call, case_id: int, part: str) -> None:
    """Lets a case whose work is agreed or running wait for a part."""
    case = Case.objects.filter(pk=case_id).first()
    if case is not None and case.state in RESTS_FOR_PARTS:
        wait_for(_by_itself(call), case_id, waiting_for=WaitingFor.PART, reason=part)


def go_on_with_parts(call: Call, case_id: int, part: str) -> None:
    """Lets a case that waits for parts go on, now that all are there."""
    case = Case.objects.filter(pk=case_id).first()
    if case is not None and case.state == State.WAITING and case.waiting_for == WaitingFor.PART:
        resume_case(_by_itself(call), case_id, note=part)


def _by_itself(call: Call) -> Call:
    return Call(actor=SYSTEM, now=call.now)
