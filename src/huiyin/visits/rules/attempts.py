"""Dialling a customer (VIS-23, VIS-28): results in two layers, and what each means for the visit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _


class LineResult(StrEnum):
    """What the line said."""

    CONNECTED = "connected"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    POWERED_OFF = "powered_off"
    OUT_OF_SERVICE = "out_of_service"
    WRONG_NUMBER = "wrong_number"


class BusinessResult(StrEnum):
    """What a connected call brought; "" on a line that never connected."""

    NONE = ""
    COMPLETED = "completed"
    PARTLY = "partly"
    REFUSED = "refused"
    CALL_BACK = "call_back"


LINE_LABELS: dict[str, str] = {
    LineResult.CONNECTED: _("Connected"),
    LineResult.NO_ANSWER: _("No answer"),
    LineResult.BUSY: _("Busy"),
    LineResult.POWERED_OFF: _("Powered off"),
    LineResult.OUT_OF_SERVICE: _("Out of service"),
    LineResult.WRONG_NUMBER: _("Wrong number"),
}
BUSINESS_LABELS: dict[str, str] = {
    BusinessResult.COMPLETED: _("Completed"),
    BusinessResult.PARTLY: _("Partly answered"),
    BusinessResult.REFUSED: _("Refused"),
    BusinessResult.CALL_BACK: _("Call back later"),
}


RESULT_LABELS: dict[str, str] = {
    code: label
    for code, label in {**BUSINESS_LABELS, **LINE_LABELS}.items()
    if code not in (LineResult.CONNECTED, BusinessResult.COMPLETED)
}
"""The results that may have finer ones of the company's own."""


@dataclass(frozen=True)
class AttemptPolicy:
    """How often to dial: unanswered tries allowed, refusals respected, rest after a refusal, time for the record.

    ``kind_rest``: after the last refusal only visits of the same kind rest, and for so long; None: every follow-up
    rests, as the contact rules say.
    """

    unanswered_limit: int = 2
    unanswered: frozenset[str] = frozenset({LineResult.NO_ANSWER, LineResult.BUSY})
    ends_at_once: frozenset[str] = frozenset(
        {LineResult.POWERED_OFF, LineResult.OUT_OF_SERVICE, LineResult.WRONG_NUMBER}
    )
    refusals_limit: int = 2
    rest_after_refusal: timedelta = timedelta(days=3)
    kind_rest: timedelta | None = None
    retry_after: timedelta = timedelta(hours=1)
    record_within: timedelta = timedelta(hours=24)


@dataclass(frozen=True)
class Dialled:
    """One logged dial: when, what the line said and what the call brought."""

    at: datetime
    line: str
    business: str = ""


class Next(StrEnum):
    """Where a dial leaves the visit."""

    DONE = "done"
    PARTIAL = "partial"
    NOT_REACHED = "not_reached"
    REFUSED = "refused"
    AGAIN = "again"


@dataclass(frozen=True)
class Outcome:
    """What a dial means: the visit's next state, whether a replacement is drawn, when to try again, and why."""

    next: Next
    why: Message
    replace: bool = False
    again_at: datetime | None = None
    success: bool = field(default=False)


def check_result(line: str, business: str, again_at: datetime | None, now: datetime) -> None:
    """Checks that the two layers go together.

    Raises:
        Invalid: an unknown result, a business result without a connection, or a call-back without a future time.
    """
    if line not in LINE_LABELS:
        raise Invalid(message(_("Say what the line said.")), {"line": message(_("Unknown result."))})
    if (line == LineResult.CONNECTED) != bool(business):
        why = message(_("A connected call needs its outcome; any other call has none."))
        raise Invalid(why, {"business": why})
    if business and business not in BUSINESS_LABELS:
        raise Invalid(message(_("Say what the call brought.")), {"business": message(_("Unknown result."))})
    if business == BusinessResult.CALL_BACK and (again_at is None or again_at <= now):
        why = message(_("Say when to call back; it must be in the future."))
        raise Invalid(why, {"again_at": why})


def check_may_dial(policy: AttemptPolicy, earlier: Sequence[Dialled], now: datetime) -> None:
    """Checks that the two-attempts rule and the rest after a try allow another dial.

    Raises:
        Conflict: the customer is not dialled again for this visit, or not yet.
    """
    if unanswered(policy, earlier) >= policy.unanswered_limit:
        raise Conflict(
            message(
                _("%(count)s calls went unanswered; this customer is not dialled again for this visit."),
                count=policy.unanswered_limit,
            )
        )
    last = earlier[-1] if earlier else None
    if last and last.line in policy.unanswered and now < last.at + policy.retry_after:
        raise Conflict(
            message(
                _("The last call went unanswered %(minutes)s minutes ago; try again later."),
                minutes=int((now - last.at) / timedelta(minutes=1)),
            )
        )


def unanswered(policy: AttemptPolicy, dials: Sequence[Dialled]) -> int:
    """How many of the dials count as unanswered."""
    return sum(dial.line in policy.unanswered for dial in dials)


def refusals(dials: Sequence[Dialled]) -> int:
    """How many times the customer refused."""
    return sum(dial.business == BusinessResult.REFUSED for dial in dials)


def outcome_of(
    policy: AttemptPolicy,
    earlier: Sequence[Dialled],
    dial: Dialled,
    *,
    due_by: datetime,
    again_at: datetime | None = None,
    owed: bool = False,
    final: bool = False,
) -> Outcome:
    """What ``dial`` means after the ``earlier`` ones.

    ``again_at`` is the time the customer named, or the hour of the later chance. ``owed``: the visit is obligatory, so
    nobody can replace it. ``final``: the customer asked not to be called again, so there is no later chance.
    """
    every = [*earlier, dial]
    if dial.line in policy.ends_at_once:
        why = message(_("The number does not lead to the customer; another one is drawn instead."))
        return _ended(Next.NOT_REACHED, why, owed=owed)
    if dial.line in policy.unanswered:
        return _after_no_answer(policy, every, dial, owed=owed)
    if dial.business == BusinessResult.REFUSED:
        later = None if final else again_at or dial.at + policy.rest_after_refusal
        return _after_refusal(policy, every, due_by, later, owed=owed)
    if dial.business == BusinessResult.COMPLETED:
        return Outcome(Next.DONE, message(_("All questions are answered.")), success=True)
    if again_at is not None:
        return Outcome(Next.AGAIN, message(_("The customer asked to be called back.")), again_at=again_at)
    return _ended(Next.PARTIAL, message(_("Only part of the questions is answered; what is there is kept.")), owed=owed)


def _ended(state: Next, why: Message, *, owed: bool) -> Outcome:
    return Outcome(state, why, replace=not owed)


def _after_no_answer(policy: AttemptPolicy, every: Sequence[Dialled], dial: Dialled, *, owed: bool) -> Outcome:
    if unanswered(policy, every) >= policy.unanswered_limit:
        why = message(
            _("%(count)s calls went unanswered; another customer is drawn instead."), count=policy.unanswered_limit
        )
        return _ended(Next.NOT_REACHED, why, owed=owed)
    return Outcome(
        Next.AGAIN, message(_("Not answered; one more try is allowed.")), again_at=dial.at + policy.retry_after
    )


def _after_refusal(
    policy: AttemptPolicy,
    every: Sequence[Dialled],
    due_by: datetime,
    later: datetime | None,
    *,
    owed: bool,
) -> Outcome:
    if later is None or refusals(every) >= policy.refusals_limit or (later > due_by and not owed):
        return _ended(Next.REFUSED, message(_("The customer refused; that is respected.")), owed=owed)
    return Outcome(Next.AGAIN, message(_("Refused; there is one later chance, then it is respected.")), again_at=later)


def record_due(contact_at: datetime, policy: AttemptPolicy) -> datetime:
    """When the record of a contact must be complete (VIS-26)."""
    return contact_at + policy.record_within


def is_late(contact_at: datetime, completed_at: datetime, policy: AttemptPolicy) -> bool:
    """Whether a record completed at ``completed_at`` is late; late is late for ever."""
    return completed_at > record_due(contact_at, policy)
