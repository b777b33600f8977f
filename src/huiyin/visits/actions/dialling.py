"""One dial: checked against contact rules and the two-attempts rule, logged, and followed by what it means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from huiyin.contact_ledger.public import Outcome as Contacted
from huiyin.contact_ledger.public import make_contact
from huiyin.customers.public import mask_phone
from huiyin.foundation.actions import Act
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.visits.actions.dial_joined import join_dial
from huiyin.visits.actions.naming import check_hour, check_kind_rests, later_hour
from huiyin.visits.actions.save_sub_results import check_sub_result
from huiyin.visits.models import Attempt, Visit
from huiyin.visits.queries.contacts import call_for, reach_of
from huiyin.visits.queries.dials import dialled_for
from huiyin.visits.rules.attempts import (
    AttemptPolicy,
    BusinessResult,
    Dialled,
    LineResult,
    Next,
    Outcome,
    check_may_dial,
    check_result,
    outcome_of,
)

TALKED = (BusinessResult.COMPLETED, BusinessResult.PARTLY)


@dataclass(frozen=True)
class Dial:
    """What the agent enters about one dial; ``again_at`` is a time the customer named, ``seconds`` the talk.

    ``outside``: the customer named a time outside the call windows, and that is meant. ``try_at`` is our own time for
    the later chance after a refusal; ``final``: the customer wants none.
    """

    line: str
    business: str = ""
    again_at: datetime | None = None
    seconds: int | None = None
    note: str = ""
    sub_result: str = ""
    override_reason: str = ""
    outside: bool = True
    try_at: datetime | None = None
    final: bool = False


def dial(act: Act, visit: Visit, what: Dial, others: Sequence[Visit] = ()) -> list[Outcome]:
    """Logs the dial, also in the contact ledger, and says what it means; the visits themselves are left to the caller.

    ``others`` are made in the same call: it is one dial and one contact, and means for each what its own policy and its
    own earlier dials say. The outcomes come in their order, the visit's own first.

    Raises:
        Invalid: the two layers of the result do not go together, or the customer cannot be called at the next hour.
        Conflict: the customer may not be called now, or not again for this visit.
        Forbidden: a contact rule would be overridden without the right.
    """
    check_result(what.line, what.business, what.again_at, act.now)
    check_sub_result(what.sub_result, what.business or what.line)
    every = [visit, *others]
    dialled = dialled_for(every)
    earlier = dialled[visit.pk]
    check_may_dial(visit.policy.attempts, earlier, act.now)
    spoken = any(each.line == LineResult.CONNECTED for each in earlier)
    if not spoken:
        check_kind_rests(act, visit, what.override_reason)
    _check_next_hour(visit, what)
    outcomes = [_meaning(act, each, what, dialled[each.pk]) for each in every]
    overridden = make_contact(
        act.call,
        **call_for(visit, spoken=spoken),
        outcome=_contacted(visit.policy.attempts, what, outcomes[0]),
        override_reason=what.override_reason,
    )
    _log(act, visit, what, overridden, [each.pk for each in others])
    if what.business in TALKED:
        for each in every:
            each.contact_at = each.contact_at or act.now
            each.way = each.way or "phone"
    return outcomes


def _meaning(act: Act, visit: Visit, what: Dial, earlier: Sequence[Dialled]) -> Outcome:
    return outcome_of(
        visit.policy.attempts,
        earlier,
        Dialled(act.now, what.line, what.business),
        due_by=visit.breach_at,
        again_at=_next_hour(act, visit, what),
        owed=not visit.sampled,
        final=what.final,
    )


def _check_next_hour(visit: Visit, what: Dial) -> None:
    """Asks the contact ledger about the hour that somebody chose."""
    chosen = what.again_at or what.try_at
    if chosen is not None:
        check_hour(visit, chosen, asked=what.again_at is not None, outside=what.outside)


def _next_hour(act: Act, visit: Visit, what: Dial) -> datetime | None:
    """When to try again, as far as somebody chose it or a refusal leaves it to us."""
    chosen = what.again_at or what.try_at
    if chosen is None and what.business == BusinessResult.REFUSED:
        return later_hour(visit, act.now)
    return chosen


def _contacted(policy: AttemptPolicy, what: Dial, outcome: Outcome) -> Contacted:
    """What the call was as a contact; a refusal counts as one for every follow-up when no later chance is left
    (VIS-28), unless the policy lets it end its own kind only."""
    if what.line != LineResult.CONNECTED:
        return Contacted.NOT_REACHED
    ends_all = outcome.next is Next.REFUSED and policy.kind_rest is None
    return Contacted.REFUSED if ends_all else Contacted.REACHED


def _log(act: Act, visit: Visit, what: Dial, overridden: str, also_for: list[int]) -> None:
    attempt = Attempt.objects.create(
        visit=visit,
        customer_id=visit.customer_id,
        at=act.now,
        by_id=act.actor.staff_id,
        number=mask_phone(reach_of(visit).number),
        line=what.line,
        business=what.business,
        sub_result=what.sub_result,
        seconds=what.seconds,
        again_at=what.again_at,
        note=what.note,
        override=overridden,
        also_for=also_for,
        override_reason=what.override_reason if overridden else "",
    )
    join_dial(visit, attempt)


def check_seconds(seconds: int | None) -> None:
    """Raises Invalid when a talk is said to have lasted less than nothing or more than a day."""
    if seconds is not None and not 0 <= seconds <= timedelta(days=1).total_seconds():
        raise Invalid(message(_("The length of the talk cannot be right.")))
