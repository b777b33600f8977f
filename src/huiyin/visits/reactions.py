"""What visits do when a lower room speaks."""

from __future__ import annotations

from huiyin.cases.public import CaseReopened, CaseSettled, FollowUpAgreed
from huiyin.channels.public import MessageNotDelivered, PhoneCallMoved, RecordingOffered
from huiyin.contact_ledger.public import RECORDING, ConsentWithdrawn
from huiyin.foundation.events import reacts_to
from huiyin.kernel.actor import SYSTEM
from huiyin.kernel.call import Call
from huiyin.organisation.public import PersonAway
from huiyin.questionnaires.public import AnswersGiven
from huiyin.visits.actions.case_of_scan import case_of_scan
from huiyin.visits.actions.follow_up import follow_answers, tell_unreached
from huiyin.visits.actions.hear_line import hear_line
from huiyin.visits.actions.invite import link_not_delivered
from huiyin.visits.actions.owe_visit import owe_visit
from huiyin.visits.actions.stand_in import hand_over_visits
from huiyin.visits.actions.take_recording import take_recording
from huiyin.visits.actions.visit_as_agreed import visit_as_agreed
from huiyin.visits.actions.void_revisits import void_revisits
from huiyin.visits.actions.withdraw_recordings import withdraw_recordings
from huiyin.visits.events import VisitFailed
from huiyin.visits.models import Visit
from huiyin.visits.queries.invitations import sent_by_message
from huiyin.visits.queries.policies import policy_for
from huiyin.visits.rules.falling_due import triggered_by_case
from huiyin.visits.tasks import clear_recordings, draw_replacement, fetch_recording

UNCERTAIN = "uncertain"
SCAN = "questionnaires.scan"


@reacts_to(CaseSettled)
def visit_after_case(call: Call, event: CaseSettled) -> None:
    """A settled case owes a visit by somebody else than who handled it (VIS-2, VIS-4, CAS-11)."""
    policy = policy_for(triggered_by_case(event.kind), event.settled_at.date())
    if policy is None or event.customer_id is None:
        return
    owe_visit(
        Call(SYSTEM, call.now),
        policy,
        customer_id=event.customer_id,
        case_id=event.case_id,
        start=event.settled_at,
        not_agent=event.handler_id,
    )


@reacts_to(CaseReopened)
def no_visit_for_open_case(call: Call, event: CaseReopened) -> None:
    """A reopened case is not asked about before it settles again."""
    void_revisits(Call(SYSTEM, call.now), event.case_id)


@reacts_to(FollowUpAgreed)
def visit_on_agreed_day(call: Call, event: FollowUpAgreed) -> None:
    """A day agreed while a case was handled is a visit of its own (VIS-8, CAS-11)."""
    visit_as_agreed(Call(SYSTEM, call.now), event)


@reacts_to(VisitFailed)
def after_failure(call: Call, event: VisitFailed) -> None:
    """The worker draws a replacement, so that the agent does not wait; a case learns that nobody was reached."""
    if event.replace:
        draw_replacement.defer(visit_id=event.visit_id)
    if event.case_id is not None:
        tell_unreached(call, event.visit_id)


@reacts_to(MessageNotDelivered)
def link_came_back(call: Call, event: MessageNotDelivered) -> None:
    """A link that did not arrive makes way for the next way at once; of one in doubt the answer is waited for."""
    found = sent_by_message(event.message_id) if event.state != UNCERTAIN else None
    if found is not None:
        link_not_delivered(Call(SYSTEM, call.now), found[1], found[0])


@reacts_to(AnswersGiven)
def answers_of_visit(call: Call, event: AnswersGiven) -> None:
    """Answers about a visit may open a case, settle one, or end the visit (VIS-27, VIS-29)."""
    if event.subject == Visit._meta.label_lower:
        follow_answers(call, event)
    elif event.subject == SCAN and event.complete:
        case_of_scan(Call(SYSTEM, call.now), event)


@reacts_to(PersonAway)
def visits_find_other_hands(call: Call, event: PersonAway) -> None:
    """Visits of somebody who is away go to the stand-in, or back to the pool (ORG-4)."""
    hand_over_visits(Call(SYSTEM, call.now), event)


@reacts_to(ConsentWithdrawn)
def no_recording_without_consent(call: Call, event: ConsentWithdrawn) -> None:
    """What was recorded under a consent goes with it (VIS-25)."""
    if event.purpose != RECORDING:
        return
    act = Call(SYSTEM, call.now)
    if withdraw_recordings(act, event.customer_id, subject=event.subject, subject_id=event.subject_id):
        clear_recordings.defer()


@reacts_to(PhoneCallMoved)
def line_of_visit(call: Call, event: PhoneCallMoved) -> None:
    """What the line says of a call belongs to its dial."""
    if event.about[0] == Visit._meta.label_lower:
        hear_line(Call(SYSTEM, call.now), event)


@reacts_to(RecordingOffered)
def recording_of_visit(call: Call, event: RecordingOffered) -> None:
    """A recording is fetched by the worker, so that the exchange does not wait."""
    if event.about[0] != Visit._meta.label_lower:
        return
    recording = take_recording(Call(SYSTEM, call.now), event)
    if recording.next_try_at:
        fetch_recording.defer(recording_id=recording.pk)
