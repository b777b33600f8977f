"""Records what the revisit brought."""

from __future__ import annotations

from huiyin.cases.actions.clocks import reach
from huiyin.cases.actions.moving import locked, move
from huiyin.cases.actions.settling import back_to_work, shut
from huiyin.cases.models import Case, CaseRevisit
from huiyin.cases.rules.kinds import REVISIT_OUTCOMES
from huiyin.cases.rules.needs import NEEDS
from huiyin.cases.rules.states import State
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


@action("cases.record_revisit", needs=NEEDS["record_revisit"])
def record_revisit(
    act: Act,
    case_id: int,
    *,
    outcome: str,
    score: int | None = None,
    words: str = "",
    source: tuple[str, int] | None = None,
) -> Case:
    """Keeps outcome and second score of the revisit made by the actor (CAS-11).

    A content customer closes the case, an unsettled problem reopens it, an unreached customer leaves it to be closed
    by hand on the verdict that stands.

    Raises:
        Invalid: an unknown outcome or a score outside 1 to 5.
        Conflict: the actor handled the case, or it is not waiting for a revisit.
    """
    case = locked(act, case_id)
    if outcome not in REVISIT_OUTCOMES or (score is not None and not 1 <= score <= 5):  # noqa: PLR2004 - a 1–5 scale
        raise Invalid(message(_("Choose an outcome, and a score from 1 to 5 if there is one.")))
    CaseRevisit.objects.create(
        case=case,
        outcome=outcome,
        score=score,
        words=words,
        at=act.now,
        made_by_id=act.actor.staff_id,
        source=source[0] if source else "",
        source_id=source[1] if source else None,
    )
    act.record(case, customer_id=case.customer_id, reason=words, outcome=outcome, score=score)
    reach(act, case, "record_revisit", words)
    if outcome == "confirmed":
        return shut(act, case, "record_revisit", words)
    if outcome == "unsettled":
        return back_to_work(act, case, "record_revisit", words)
    move(act, case, "record_revisit", State.REVISIT, reason=words, revisit=outcome)
    return case
