"""Brings a logged dial together with the call that an exchange made, and with its recordings."""

from __future__ import annotations

from huiyin.channels.public import PhoneCall, PhoneCallMoved
from huiyin.visits.actions.keep_recording import join_recordings
from huiyin.visits.models import Attempt, Visit
from huiyin.visits.queries.line import call_to_log
from huiyin.visits.rules.attempts import LineResult


def join_dial(visit: Visit, attempt: Attempt) -> None:
    """The last call of the visit that the same person asked for is this dial; what was recorded belongs to it."""
    if attempt.line == LineResult.CONNECTED:
        join_recordings(attempt)
    call = call_to_log(visit)
    if call is None or call.staff_id != attempt.by_id:
        return
    attempt.phone_call_id = call.pk
    attempt.save(update_fields=["phone_call_id"])
    complete_dial(attempt, call)


def complete_dial(attempt: Attempt, told: PhoneCallMoved | PhoneCall) -> Attempt:
    """Adds to a dial what the line said by now; what the agent said stays as it is."""
    wanted = {"heard": told.result, "heard_code": told.code}
    if told.seconds is not None and attempt.line == LineResult.CONNECTED:
        wanted["seconds"] = told.seconds  # type: ignore[assignment]  # measured by the exchange, no estimate
    changed = [name for name, value in wanted.items() if getattr(attempt, name) != value]
    for name in changed:
        setattr(attempt, name, wanted[name])
    if changed:
        attempt.save(update_fields=changed)
    return attempt
