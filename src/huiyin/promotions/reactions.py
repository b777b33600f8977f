"""What promotions do when a lower room speaks."""

from __future__ import annotations

from huiyin.foundation.events import reacts_to
from huiyin.kernel.actor import SYSTEM
from huiyin.kernel.call import Call
from huiyin.promotions.actions.results import take_answer, take_failure
from huiyin.promotions.actions.verify import note_unreached, verify_error
from huiyin.promotions.models import GiftError, GiftLine
from huiyin.promotions.queries.waiting import line_of_late_answer
from huiyin.questionnaires.public import AnswersGiven
from huiyin.visits.public import Visit, VisitDone, VisitFailed

LINE, ERROR = GiftLine._meta.label_lower, GiftError._meta.label_lower


@reacts_to(VisitDone)
def after_visit(call: Call, event: VisitDone) -> None:
    """A recipient answered about a gift, or about a mended error."""
    label, pk = event.about or ("", 0)
    if label == LINE:
        take_answer(Call(SYSTEM, call.now), event.visit_id)
    elif label == ERROR:
        verify_error(Call(SYSTEM, call.now), pk, event.visit_id)


@reacts_to(VisitFailed)
def after_failed_visit(call: Call, event: VisitFailed) -> None:
    """A recipient was not reached."""
    label, pk = event.about or ("", 0)
    if label == LINE:
        take_failure(Call(SYSTEM, call.now), event.visit_id)
    elif label == ERROR:
        note_unreached(Call(SYSTEM, call.now), pk, event.visit_id)


@reacts_to(AnswersGiven)
def after_late_answers(call: Call, event: AnswersGiven) -> None:
    """Answers about a recipient whom we had given up: what was said still counts."""
    if event.subject != Visit._meta.label_lower or not _may_be_about_a_line(event):
        return
    if line_of_late_answer(event.subject_id):
        take_answer(Call(SYSTEM, call.now), event.subject_id, complete=event.complete)


def _may_be_about_a_line(event: AnswersGiven) -> bool:
    """False where the visit at hand says that something else wants it, or nothing."""
    return not isinstance(event.about, Visit) or event.about.about_label == LINE
