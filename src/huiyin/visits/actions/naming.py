"""The hour of the next try: one the customer named, or our own for the one later chance (VIS-23, VIS-28)."""

from __future__ import annotations

from datetime import datetime

from huiyin.foundation.actions import Act
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.visits.models import Visit
from huiyin.visits.queries.contacts import KIND_REFUSED, may_call_at, open_hours
from huiyin.visits.queries.resting import rests_until
from huiyin.visits.rules.chances import first_open

KEEP = _("Choose another hour, or keep this one because the customer asked for it.")


def check_hour(visit: Visit, hour: datetime, *, asked: bool, outside: bool) -> None:
    """Asks the contact ledger about the hour of the next try.

    ``asked``: the customer named it; then it may lie ``outside`` the windows when that is meant, but never in the time
    of rest.

    Raises:
        Invalid: the customer cannot be called then; the sentence says why.
    """
    answer = may_call_at(visit, hour, asked=asked)
    if not answer.allowed:
        raise Invalid(answer.why, {"again_at": answer.why})
    if asked and not outside and not (plain := may_call_at(visit, hour, asked=False)).allowed:
        raise Invalid(plain.why, {"again_at": message(KEEP)})


def later_hour(visit: Visit, now: datetime) -> datetime:
    """The hour of the later chance where nobody chose one: after the policy's rest, in the hours of the customer."""
    return first_open(open_hours(visit, now), now + visit.policy.attempts.rest_after_refusal)


def check_kind_rests(act: Act, visit: Visit, override_reason: str) -> None:
    """Checks that this kind does not rest for the customer.

    Raises:
        Conflict: it does, and nobody with the right to it says why the customer is called all the same.
    """
    until = rests_until(visit, act.now)
    if until and not (override_reason and act.actor.may("contacts.override")):
        raise Conflict(message(KIND_REFUSED))
