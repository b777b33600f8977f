"""Recalls an unanswered link to the customer, once (QST-6); where nothing goes out, the asking says why (QST-5)."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from huiyin.channels.public import send_message
from huiyin.customers.public import Customer
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.questionnaires.actions.make_link import new_link
from huiyin.questionnaires.models import Asking
from huiyin.questionnaires.queries.links import address_of
from huiyin.questionnaires.rules.words import AskingState, Unsent

WAITING = (AskingState.OPEN, AskingState.PARTIAL)


@action("questionnaires.remind")
def remind(act: Act, asking_id: int) -> Asking:
    """Sends the one reminder of an asking, with a fresh link, or notes why none went out; settled once and for all."""
    asking = act.lock(Asking.objects.select_related("questionnaire"), asking_id)
    if asking.reminded_at is not None or asking.state not in WAITING or asking.expires_at <= act.now:
        return asking
    customer = Customer.objects.filter(pk=asking.customer_id or 0).first()
    asking.unsent = _send(act, asking, customer)
    asking.reminded_at = act.now
    asking.save(update_fields=["unsent", "reminded_at"])
    act.record(asking, customer_id=asking.customer_id, unsent=asking.unsent)
    return asking


def _send(act: Act, asking: Asking, customer: Customer | None) -> str:
    """Sends it; why not, or an empty text."""
    if customer is None:
        return Unsent.NO_CUSTOMER
    if customer.do_not_contact:
        return Unsent.DO_NOT_CONTACT
    contacts = customer.contacts.exclude(email="").order_by("-is_primary", "pk")
    email = contacts.values_list("email", flat=True).first()
    if not email:
        return Unsent.NO_ADDRESS
    try:
        with translation.override(customer.language):
            subject, text = _words(asking, customer, address_of(new_link(act, asking)))
        send_message(
            act.call,
            kind="email",
            to=email,
            subject=subject,
            text=text,
            about=(asking._meta.label_lower, asking.pk),
            customer=customer.pk,
            once=f"questionnaires.reminder:{asking.pk}",
        )
    except Invalid:  # nothing can be sent to this address
        return Unsent.BAD_ADDRESS
    return ""


def _words(asking: Asking, customer: Customer, link: str) -> tuple[str, str]:
    text = _(
        "Dear %(name)s,\n\n"
        "a few days ago we asked you how satisfied you are with us. It takes a minute: %(link)s\n\n"
        "If you would rather not, you need do nothing; we shall not ask again."
    )
    return asking.questionnaire.title, text % {"name": customer.name, "link": link}
