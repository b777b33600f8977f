"""What cases do when a lower room speaks."""

from __future__ import annotations

from huiyin.cases.actions.begin_clock_work import follow_calendar
from huiyin.cases.actions.receive_message import receive_message
from huiyin.channels.public import MessageReceived
from huiyin.foundation.events import reacts_to
from huiyin.kernel.actor import SYSTEM
from huiyin.kernel.call import Call
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
    )


@reacts_to(CalendarChanged)
def reckon_running_clocks(call: Call, event: CalendarChanged) -> None:
    """Running clocks whose policy follows the calendar are reckoned anew by the worker."""
    follow_calendar(Call(SYSTEM, call.now), event.code, event.version, event.reason, call.actor.staff_id)
