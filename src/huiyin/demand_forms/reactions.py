"""What demand forms do when a visit ends."""

from __future__ import annotations

from huiyin.demand_forms.actions.follow_visit import follow_visit
from huiyin.demand_forms.queries.wishes import carries_wishes
from huiyin.foundation.events import reacts_to
from huiyin.kernel.actor import SYSTEM
from huiyin.kernel.call import Call
from huiyin.visits.public import VisitDone, VisitFailed


@reacts_to(VisitDone)
def answers_go_back(call: Call, event: VisitDone) -> None:
    """The answers to the wishes on a visit go back to whoever asked."""
    if carries_wishes(event.visit_id):
        follow_visit(Call(SYSTEM, call.now), event.visit_id, done=True)


@reacts_to(VisitFailed)
def no_answer_goes_back(call: Call, event: VisitFailed) -> None:
    """Whoever asked hears that nobody was reached, and what was said if anything was."""
    if carries_wishes(event.visit_id):
        follow_visit(Call(SYSTEM, call.now), event.visit_id, done=False)
