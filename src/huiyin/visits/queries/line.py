"""The telephone line of a visit: whether an exchange can dial for the agent, and what it told of the last call."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.channels.public import PhoneCall, extension_of, last_call_about
from huiyin.kernel.actor import Actor
from huiyin.visits.models import Attempt, Visit
from huiyin.visits.queries.contacts import matter_of

SILENT = ("asked", "unknown")


@dataclass(frozen=True)
class LinePart:
    """``able``: an exchange dials for this agent. ``call`` is the last one; ``logged``: it stands among the dials."""

    visit: Visit
    able: bool
    call: PhoneCall | None
    logged: bool

    @property
    def silent(self) -> bool:
        """Nothing was heard of the call yet."""
        return self.call is not None and self.call.state in SILENT


def can_dial(actor: Actor) -> bool:
    """Whether an exchange dials for this person."""
    return actor.staff_id is not None and extension_of(actor.staff_id) is not None


def line_part(visit: Visit, actor: Actor) -> LinePart:
    """The line as the workstation shows it."""
    call = last_call_about(*matter_of(visit))
    logged = call is not None and Attempt.objects.filter(phone_call_id=call.pk).exists()
    return LinePart(visit, can_dial(actor), call, logged)


def call_to_log(visit: Visit) -> PhoneCall | None:
    """The last call of the visit, if it rang and does not stand among the dials yet."""
    call = last_call_about(*matter_of(visit))
    if call is None or call.state in ("failed", "given_up"):
        return None
    return None if Attempt.objects.filter(phone_call_id=call.pk).exists() else call
