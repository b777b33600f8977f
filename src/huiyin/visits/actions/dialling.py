"""One dial: checked against window, contact rules and the two-attempts rule, logged, and followed by what it means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from huiyin.customers.public import mask_phone
from huiyin.foundation.actions import Act
from huiyin.kernel.refusal import Conflict, Forbidden, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.visits.actions.taking import staff_id
from huiyin.visits.models import Attempt, Visit
from huiyin.visits.queries.contacts import Reach, may_call_now, reach_of
from huiyin.visits.rules.attempts import (
    BusinessResult,
    Dialled,
    LineResult,
    Outcome,
    check_may_dial,
    check_result,
    outcome_of,
)
from huiyin.visits.rules.calling import Answer

LONGEST_CALL = timedelta(minutes=45)
OVERRIDE = "visits.override"
TALKED = (BusinessResult.COMPLETED, BusinessResult.PARTLY)


@dataclass(frozen=True)
class Dial:
    """What the agent enters about one dial; ``again_at`` is a time the customer named, ``seconds`` the talk."""

    line: str
    business: str = ""
    again_at: datetime | None = None
    seconds: int | None = None
    note: str = ""
    sub_result: str = ""
    override_reason: str = ""


def dial(act: Act, visit: Visit, what: Dial) -> Outcome:
    """Logs the dial and says what it means; the visit itself is left to the caller.

    Raises:
        Invalid: the two layers of the result do not go together.
        Conflict: the customer may not be called now, or not again for this visit.
    """
    check_result(what.line, what.business, what.again_at, act.now)
    policy = visit.policy.attempts
    earlier = [Dialled(*each) for each in visit.attempts.values_list("at", "line", "business")]
    check_may_dial(policy, earlier, act.now)
    spoken = any(each.line == LineResult.CONNECTED for each in earlier)
    reach = reach_of(visit, act.now)
    overridden = _check_contact(act, visit, reach, what.override_reason, spoken=spoken)
    Attempt.objects.create(
        visit=visit,
        customer_id=visit.customer_id,
        at=act.now,
        by_id=staff_id(act),
        number=mask_phone(reach.number),
        line=what.line,
        business=what.business,
        sub_result=what.sub_result,
        seconds=what.seconds,
        again_at=what.again_at,
        note=what.note,
        override=overridden,
        override_reason=what.override_reason if overridden else "",
    )
    if what.business in TALKED:
        visit.contact_at = visit.contact_at or act.now
        visit.way = visit.way or "phone"
    return outcome_of(
        policy,
        earlier,
        Dialled(act.now, what.line, what.business),
        due_by=visit.breach_at,
        again_at=what.again_at,
        owed=not visit.sampled,
    )


def _check_contact(act: Act, visit: Visit, reach: Reach, reason: str, *, spoken: bool) -> str:
    """The code of the rule that was overridden, "" when the call is allowed as it is.

    A call that began inside its window may be logged after the window has closed.
    """
    answer = _answer(act, visit, reach, spoken=spoken)
    if answer.allowed:
        return ""
    if not reason.strip() or answer.firm:
        raise Conflict(answer.why)
    if not act.actor.may(OVERRIDE):
        raise Forbidden(message(_("Only who holds the right may call in spite of the contact rules.")))
    return answer.code


def _answer(act: Act, visit: Visit, reach: Reach, *, spoken: bool) -> Answer:
    answer = may_call_now(visit, reach, act.now, spoken=spoken)
    began = visit.started_at
    if answer.allowed or began is None or not act.now - LONGEST_CALL <= began < act.now:
        return answer
    then = may_call_now(visit, reach_of(visit, began), began, spoken=spoken)
    return then if then.allowed else answer


def check_seconds(seconds: int | None) -> None:
    """Raises Invalid when a talk is said to have lasted less than nothing or more than a day."""
    if seconds is not None and not 0 <= seconds <= timedelta(days=1).total_seconds():
        raise Invalid(message(_("The length of the talk cannot be right.")))
