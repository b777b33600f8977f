"""What a visit tells the contact ledger apart from its calls."""

from __future__ import annotations

from huiyin.contact_ledger.public import Outcome, Way, note_contact, settle_contact
from huiyin.foundation.actions import Act
from huiyin.visits.models import Visit
from huiyin.visits.queries.contacts import call_for, matter_of

WAYS = {"face": Way.IN_PERSON, "other": Way.OTHER}
BY_PHONE = "phone"


def release_call(act: Act, visit: Visit) -> None:
    """The call that was claimed for the visit does not take place: others may contact the customer."""
    settle_contact(act.call, way=Way.PHONE, about=matter_of(visit), outcome=Outcome.RELEASED)


def note_answered(act: Act, visit: Visit, way: str) -> None:
    """The visit is completed without a call being logged now.

    A call that was claimed after an earlier one took place is settled; a customer met another way was contacted by it,
    and one who answered by link contacted us.
    """
    if way == BY_PHONE:
        settle_contact(act.call, way=Way.PHONE, about=matter_of(visit), outcome=Outcome.REACHED)
        return
    release_call(act, visit)
    if way in WAYS and visit.contact_at is None:
        told = call_for(visit, spoken=False)
        note_contact(
            act.call,
            customer=told["customer"],
            way=WAYS[way],
            purpose=told["purpose"],
            about=told["about"],
            outcome=Outcome.REACHED,
        )
