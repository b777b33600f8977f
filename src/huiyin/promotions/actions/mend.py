"""The store mends an error and says how; the recipient is asked again."""

from __future__ import annotations

from huiyin.foundation.actions import Act, action
from huiyin.kernel.actor import SYSTEM
from huiyin.kernel.call import Call
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _
from huiyin.promises.public import keep_promise, make_promise
from huiyin.promotions.actions.ask_line import wish_of
from huiyin.promotions.actions.locking import locked_error
from huiyin.promotions.models import GiftError, GiftList
from huiyin.promotions.queries.rules import today_of
from huiyin.promotions.rules.codes import MEND, VERIFY, VERIFYING
from huiyin.promotions.rules.lifecycle import ERROR
from huiyin.visits.public import Visit, owe_visit, policy_called, visiting_department
from huiyin.working_time.public import Span, Unit

LONGEST = 500


@action("promotions.mend", needs="promotions.mend")
def mend_error(act: Act, error_id: int, *, explanation: str, evidence: str) -> GiftError:
    """Notes how it came about and what was done, with the evidence; customer service owes the verification.

    Raises:
        Invalid: explanation or evidence is missing.
        Conflict: it was mended already, or is closed.
    """
    _demand(explanation, evidence)
    gifts, error = locked_error(act, error_id)
    error.state = ERROR.move("mend", error.state).target
    error.explanation, error.evidence = explanation.strip()[:LONGEST], evidence.strip()[:LONGEST]
    error.mended_at, error.mended_by_id = act.now, act.actor.staff_id
    error.visit = _ask_again(act, gifts, error)
    error.save()
    keep_promise(act.call, kind=MEND, subject=error, evidence=error.evidence)
    act.record(error, customer_id=error.line.customer_id, explanation=error.explanation, evidence=error.evidence)
    return error


def _demand(explanation: str, evidence: str) -> None:
    missing = {"explanation": explanation, "evidence": evidence}
    wrong: dict[str, Message] = {
        name: message(_("A value is missing.")) for name, text in missing.items() if not text.strip()
    }
    if wrong:
        raise Invalid(message(_("Say how it came about and what was done, with the evidence.")), wrong)


def _ask_again(act: Act, gifts: GiftList, error: GiftError) -> Visit:
    policy = policy_called(VERIFYING, today_of(act.now))
    promise = make_promise(
        act.call,
        kind=VERIFY,
        subject=error,
        span=Span(gifts.numbers.verify_days, Unit.WORKING_DAYS),
        department=policy.department_id or visiting_department(),
        customer=error.line.customer_id,
        title=f"{gifts.title} · {error.line.gift}",
        policy=f"gift rules {gifts.rules or 'v0'}",
        calendar=gifts.calendar,
    )
    return owe_visit(
        Call(SYSTEM, act.now),
        policy,
        customer_id=error.line.customer_id or 0,
        due_by=promise.due_at,
        store=gifts.store_id,
        about=(error._meta.label_lower, error.pk),
        wish=wish_of(gifts, error.line, error.evidence),
    )
