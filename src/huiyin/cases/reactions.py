"""What cases do when a lower room speaks."""

from __future__ import annotations

from huiyin.cases.actions.begin_clock_work import follow_calendar
from huiyin.cases.actions.letter_lost import letter_lost
from huiyin.cases.actions.parts import LABEL, go_on_with_parts, rest_for_part
from huiyin.cases.actions.receive_message import receive_message
from huiyin.cases.actions.stand_in import hand_over_all, hand_over_cases
from huiyin.channels.public import MessageNotDelivered, MessageReceived
from huiyin.foundation.events import reacts_to
from huiyin.kernel.actor import SYSTEM
from huiyin.kernel.call import Call
from huiyin.organisation.public import PersonAway, PersonLeaving
from huiyin.spare_parts.public import PartsComplete, PartsMissing
from huiyin.working_time.public import CalendarChanged


@reacts_to(MessageReceived)
def take_message(call: Call, event: MessageReceived) -> None:
    """A message from a customer becomes a case, or a line in the case it answers."""
    receive_message(
        call,
        message_id=event.message_id,
        channel=event.channel,
        sender=event.sender,
        subject=event.subject,
        text=event.text,
        thread_of=event.thread_of,
        identity_id=event.identity_id,
    )


@reacts_to(MessageNotDelivered)
def say_what_did_not_arrive(call: Call, event: MessageNotDelivered) -> None:
    """A letter about a case, or about what belongs to one, that came back is for a person to tell another way."""
    letter_lost(Call(SYSTEM, call.now), message_id=event.message_id, state=event.state, about=event.about)


@reacts_to(CalendarChanged)
def reckon_running_clocks(call: Call, event: CalendarChanged) -> None:
    """Running clocks whose policy follows the calendar are reckoned anew by the worker."""
    follow_calendar(Call(SYSTEM, call.now), event.code, event.version, event.reason, call.actor.staff_id)


@reacts_to(PartsMissing)
def wait_for_the_part(call: Call, event: PartsMissing) -> None:
    """A case whose work is agreed waits for what is not there."""
    label, case_id = event.about
    if label == LABEL:
        rest_for_part(call, case_id, event.part)


@reacts_to(PartsComplete)
def go_on_with_the_part(call: Call, event: PartsComplete) -> None:
    """All that was missing is there: the case goes on."""
    label, case_id = event.about
    if label == LABEL:
        go_on_with_parts(call, case_id, event.part)


@reacts_to(PersonAway)
def cases_find_other_hands(call: Call, event: PersonAway) -> None:
    """Cases of somebody who is away go to the stand-in, or back to the department (ORG-4)."""
    hand_over_cases(Call(SYSTEM, call.now), event)


@reacts_to(PersonLeaving)
def cases_find_a_successor(call: Call, event: PersonLeaving) -> None:
    """Open cases of somebody who leaves go to the successor."""
    hand_over_all(Call(SYSTEM, call.now), event)
