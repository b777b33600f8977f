"""Logs a dial that did not bring all the answers: not reached, call back, refused, partly answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from huiyin.foundation.actions import Act, action
from huiyin.questionnaires.public import Heard
from huiyin.visits.actions.answering import take_answers
from huiyin.visits.actions.dialling import Dial, check_seconds, dial
from huiyin.visits.actions.following import TALKED, follow
from huiyin.visits.actions.following_others import follow_others
from huiyin.visits.actions.one_call import hear_all, take_call
from huiyin.visits.actions.promising import promise_record
from huiyin.visits.actions.taking import locked
from huiyin.visits.models import Visit
from huiyin.visits.queries.policies import rules_in_force
from huiyin.visits.rules.attempts import BusinessResult, Next

KEPT = (BusinessResult.PARTLY, BusinessResult.CALL_BACK)


@action("visits.log_attempt", needs="visits.work")
def log_attempt(
    act: Act,
    visit_id: int,
    *,
    line: str,
    business: str = "",
    again_at: datetime | None = None,
    seconds: int | None = None,
    note: str = "",
    sub_result: str = "",
    override_reason: str = "",
    answers: Mapping[str, object] | None = None,
    together: Sequence[int] | None = None,
    outside: bool = True,
    try_at: datetime | None = None,
    final: bool = False,
) -> Visit:
    """Logs one dial and carries out what it means (VIS-23, VIS-28), for each visit of the call by its own policy.

    ``together`` are the visits that were asked about beside it (None: all that are made with it).

    ``again_at`` is a time the customer named; unless ``outside`` is meant, it must lie in the call windows. After a
    refusal ``try_at`` is our own time for the later chance (None: as the policy says), and ``final`` says that the
    customer wants none. ``answers`` given so far are kept with every connected call. With the
    business result ``completed`` the record is still owed: :func:`complete_visit` makes it.

    Raises:
        Invalid: results that do not go together, an impossible answer or time.
        Conflict: not now (with the reason), not again, or another agent has the visit.
    """
    check_seconds(seconds)
    visit = locked(act, visit_id)
    others = take_call(act, visit, together)
    what = Dial(line, business, again_at, seconds, note.strip(), sub_result.strip(), override_reason.strip())
    what = replace(what, outside=outside, try_at=try_at, final=final)
    outcome, *of_others = dial(act, visit, what, others)
    said: dict[str, Any] = {}
    if answers and others and business in KEPT:
        said = hear_all(act, visit, others, Heard(answers, visit.way or "phone", partial=True))
    heard = [
        each
        for each in zip(others, of_others, strict=True)
        if business != BusinessResult.PARTLY or _answered(each[0], said)
    ]
    follow_others(act, outcome, heard, asked=again_at is not None)
    if outcome.next is Next.DONE:
        visit.save(update_fields=TALKED)
        promise_record(act, visit, calendar=rules_in_force(act.now.date()).calendar)
    else:
        follow(act, visit, outcome, asked=again_at is not None)
    if answers and not others and business in KEPT:
        said = take_answers(act, visit, Heard(answers, visit.way or "phone", partial=True))
    act.record(visit, customer_id=visit.customer_id, reason=note.strip(), line=line, business=business, **said)
    return visit


def _answered(visit: Visit, said: Mapping[str, Any]) -> bool:
    """Whether anything was answered for a visit of the call; if not, it is still to be made."""
    return str(visit.pk) in said.get("with", {})
