"""Takes an event of a line, once: what it means for its call follows from all events together."""

from __future__ import annotations

from typing import Any

from huiyin.channels.events import PhoneCallMoved, RecordingOffered
from huiyin.channels.models import EventState, Exchange, PhoneCall, PhoneEvent
from huiyin.channels.queries.telephone import call_by_key
from huiyin.channels.rules.telephone.line import EventKind, Happened, Line, LineState, line_of
from huiyin.channels.rules.telephone.reading import LineEvent
from huiyin.customers.public import mask_phone
from huiyin.foundation.actions import Act, action

CLOSED = (LineState.FAILED, LineState.GIVEN_UP)


@action("channels.take_line_event")
def take_line_event(act: Act, exchange: Exchange, event: LineEvent) -> bool:
    """Keeps the event and moves its call; False when it was here before. One of an unknown call is kept as a stray."""
    call = call_by_key(exchange, event.call)
    if call is not None:
        call = PhoneCall.objects.select_for_update().get(pk=call.pk)
    row, made = PhoneEvent.objects.get_or_create(
        exchange=exchange, event_id=event.event_id, defaults=_columns(act, event, call)
    )
    if not made or call is None:
        return made
    if event.kind == EventKind.RECORDING:
        about = (call.about, call.about_id)
        act.emit(RecordingOffered(call.pk, about, exchange.pk, event.recording_url, None, event.at))
    elif _moved(call, _line(exchange, call)):
        act.emit(_told(call, row))
    return True


@action("channels.take_sound")
def take_sound(act: Act, exchange: Exchange, reference: str, content: bytes) -> bool:
    """An exchange hands a recording over; the room that the call was asked for decides whether it is kept.

    False when the call is none of ours.
    """
    call = call_by_key(exchange, reference)
    if call is None:
        return False
    at = call.ended_at or act.now
    act.emit(RecordingOffered(call.pk, (call.about, call.about_id), exchange.pk, "", content, at))
    return True


@action("channels.set_event_aside", needs="channels.work")
def set_event_aside(act: Act, event_id: int) -> None:
    """Somebody has looked at a stray event; it leaves the list and stays kept."""
    event = act.lock(PhoneEvent.objects.filter(state=EventState.STRAY), event_id)
    event.state = EventState.ASIDE
    event.save(update_fields=["state"])
    act.record(event, kind=event.kind)


def _columns(act: Act, event: LineEvent, call: PhoneCall | None) -> dict[str, Any]:
    return {
        "call": call,
        "reference": event.call,
        "kind": event.kind,
        "at": event.at,
        "sequence": event.sequence,
        "code": event.code,
        "seconds": event.seconds,
        "extension": event.extension,
        "number": mask_phone(event.number) if event.number else "",
        "received_at": act.now,
        "state": EventState.TAKEN if call else EventState.STRAY,
    }


def _told(call: PhoneCall, row: PhoneEvent) -> PhoneCallMoved:
    return PhoneCallMoved(
        call_id=call.pk,
        about=(call.about, call.about_id),
        staff_id=call.staff_id,
        state=call.state,
        result=call.result,
        code=call.code,
        seconds=call.seconds,
        at=call.ended_at or row.at,
    )


def _line(exchange: Exchange, call: PhoneCall) -> Line:
    rows = call.events.values_list("kind", "at", "sequence", "code", "seconds")
    return line_of((Happened(*row) for row in rows), exchange.codes)


def _moved(call: PhoneCall, line: Line) -> bool:
    """Writes the line onto its call; False when nothing differs. What was given up comes back only by its end."""
    state = call.state if not line.state or (call.state in CLOSED and line.state != LineState.ENDED) else line.state
    wanted = {
        "state": state,
        "answered_at": line.answered_at,
        "ended_at": line.ended_at or call.ended_at,
        "result": line.result,
        "code": line.code,
        "seconds": line.seconds,
    }
    if all(getattr(call, name) == value for name, value in wanted.items()):
        return False
    for name, value in wanted.items():
        setattr(call, name, value)
    call.save(update_fields=list(wanted))
    return True
