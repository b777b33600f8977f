"""A low score, anger or a problem told by a printed code opens a case at once, though there was no visit (VIS-27)."""

from __future__ import annotations

from huiyin.cases.public import Case, open_case
from huiyin.foundation.actions import Act, action
from huiyin.questionnaires.public import AnswersGiven, Asking
from huiyin.visits.actions.follow_up import description_of, finding_in, lows_in


@action("visits.case_of_scan")
def case_of_scan(act: Act, given: AnswersGiven) -> None:
    """Opens one case for the answers that began with a scanned code; safe to repeat."""
    finding, source = finding_in(given), (given.subject, given.subject_id)
    if finding is None or Case.objects.filter(source=source[0], source_id=source[1]).exists():
        return
    asking = act.lock(Asking.objects.all(), given.asking_id)
    open_case(
        act.call,
        title=finding.words.partition("\n")[0],
        kind="complaint",
        topic=finding.topic,
        channel="questionnaire",
        description=description_of(finding, lows_in(given)),
        customer_id=given.customer_id,
        emotion=finding.emotion,
        source=source,
        happened_at=act.now,
        store_id=asking.store_id,
    )
