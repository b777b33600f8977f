"""Sends a customer the link to a questionnaire, or says why none is sent (QST-5, QST-6, VIS-29)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import translation

from huiyin.channels.public import OutgoingMessage, can_reach, is_set_up, send_message
from huiyin.contact_ledger.public import Way
from huiyin.contact_ledger.public import ask as ask_ledger
from huiyin.customers.public import Contact, Customer
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict
from huiyin.questionnaires.actions.make_link import LONG, SHORT, new_link
from huiyin.questionnaires.models import AnswerLink, Asking
from huiyin.questionnaires.queries.letters import letter_of
from huiyin.questionnaires.rules.words import PASSING, AskingState, Unsent

FIELDS = {Way.SMS: "phone", Way.EMAIL: "email"}


@dataclass(frozen=True)
class Posting:
    """How a link goes out: its way, what the contact ledger knows it by, the kind of SMS with its variables beside
    the link's end, and the business key."""

    way: str
    purpose: str
    sms: str
    once: str
    reminds: bool = False
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Sent:
    """What became of it: the key of the stored message, or why there is none and when it might go, if that is known."""

    message: int | None = None
    unsent: str = ""
    from_when: datetime | None = None

    @property
    def passing(self) -> bool:
        """Whether the reason may pass, so that it is worth trying again."""
        return self.unsent in PASSING


@action("questionnaires.send_link")
def send_link(
    act: Act, asking_id: int, *, way: str, purpose: str, sms: str, values: Mapping[str, str] | None = None
) -> Sent:
    """Stores the message that carries the link by ``way`` (sms, email), once per asking and way.

    ``purpose`` is what the contact ledger knows it by, ``sms`` the kind of SMS with ``values`` for its variables beside
    the link's end. The contact is taken before the message is stored, and what becomes of the message settles it;
    contacts about the asking's subject count as one matter.
    """
    asking = act.lock(Asking.objects.select_related("questionnaire"), asking_id)
    before = AnswerLink.objects.filter(asking=asking, sent_by=way, message_id__isnull=False).order_by("pk").first()
    if before is not None:
        return Sent(before.message_id)
    once = f"questionnaires.link:{asking.pk}:{way}"
    return put_out(act, asking, Posting(way, purpose, sms, once, values=values or {}))


def put_out(act: Act, asking: Asking, posting: Posting) -> Sent:
    """Sends a fresh link of a locked asking, or says why not."""
    customer = Customer.objects.filter(pk=asking.customer_id or 0).first()
    closed = asking.state not in (AskingState.OPEN, AskingState.PARTIAL) or asking.expires_at <= act.now
    if closed or customer is None:
        return Sent(unsent=Unsent.CLOSED if closed else Unsent.NO_CUSTOMER)
    matter = (asking.subject, asking.subject_id)
    answer = ask_ledger(customer.pk, posting.way, posting.purpose, act.now, matter=matter)
    if not answer.allowed:
        return Sent(unsent=answer.code, from_when=answer.from_when)
    address = _address(customer, posting.way)
    if address is None or not is_set_up(posting.way, posting.sms):
        return Sent(unsent=Unsent.NOT_SET_UP if address else Unsent.BAD_ADDRESS)
    try:
        with transaction.atomic():
            return Sent(_store(act, asking, customer, address, posting).pk)
    except Conflict:  # somebody else contacted the customer between the question and the claim
        return Sent(unsent=Unsent.GAP)


def _address(customer: Customer, way: str) -> str | None:
    """The first address of the customer that takes such messages, the main contact's before the others'."""
    field = FIELDS[Way(way)]
    contacts = Contact.objects.filter(customer=customer).exclude(**{field: ""}).order_by("-is_primary", "pk")
    return next((each for each in contacts.values_list(field, flat=True) if can_reach(way, each)), None)


def _words(asking: Asking, customer: Customer, token: str, posting: Posting) -> dict[str, Any]:
    """What the message says: an SMS in the words its provider approved, a mail in the customer's language."""
    if posting.way == Way.SMS:
        return {"template": posting.sms, "values": {**posting.values, "token": token}}
    with translation.override(customer.language):
        letter = letter_of(asking, customer.name, token, reminds=posting.reminds)
    return {"subject": letter.subject, "text": letter.text, "html": letter.html}


def _store(act: Act, asking: Asking, customer: Customer, address: str, posting: Posting) -> OutgoingMessage:
    way, purpose = posting.way, posting.purpose
    token = new_link(act, asking, size=SHORT if way == Way.SMS else LONG, sent_by=way, purpose=purpose)
    message = send_message(
        act.call,
        kind=way,
        to=address,
        **_words(asking, customer, token, posting),
        about=(asking.subject, asking.subject_id),
        customer=customer.pk,
        once=posting.once,
        purpose=purpose,
    )
    AnswerLink.objects.filter(asking=asking, sent_by=way, message_id=None).update(message_id=message.pk)
    act.record(asking, customer_id=customer.pk, way=way, message=message.pk, reminder=posting.reminds)
    return message
