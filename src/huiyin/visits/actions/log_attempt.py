"""Logs a dial that did not bring all the answers: not reached, call back, refused, partly answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from huiyin.foundation.actions import Act, action
from huiyin.questionnaires.public import Heard
from huiyin.visits.actions.answering import take_answers
from huiyin.visits.actions.dialling import Dial, check_seconds, dial
from huiyin.visits.actions.following import TALKED, follow
from huiyin.visits.actions.promising import promise_record
from huiyin.visits.actions.taking import locked, take
from huiyin.visits.models import Visit
from huiyin.visits.queries.policies import rules_in_force
from huiyin.visits.rules.attempts import BusinessResult, Next


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
) -> Visit:
    """Logs one dial and carries out what it means (VIS-23).

    ``again_at`` is a time the customer named. ``answers`` given so far are kept with every connected call. With the
    business result ``completed`` the record is still owed: :func:`complete_visit` makes it.

    Raises:
        Invalid: results that do not go together, an impossible answer or time.
        Conflict: not now (with the reason), not again, or another agent has the visit.
    """
    check_seconds(seconds)
    visit = locked(act, visit_id)
    take(act, visit)
    what = Dial(line, business, again_at, seconds, note.strip(), sub_result.strip(), override_reason.strip())
    outcome = dial(act, visit, what)
    if outcome.next is Next.DONE:
        visit.save(update_fields=TALKED)
        promise_record(act, visit, calendar=rules_in_force(act.now.date()).calendar)
    else:
        follow(act, visit, outcome, asked=again_at is not None)
    said = {}
    if answers and business in (BusinessResult.PARTLY, BusinessResult.CALL_BACK):
        said = take_answers(act, visit, Heard(answers, visit.way or "phone", partial=True))
    act.record(visit, customer_id=visit.customer_id, reason=note.strip(), line=line, business=business, **said)
    return visit
