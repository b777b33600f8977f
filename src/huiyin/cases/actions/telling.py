"""Words to the customer: written into the case, and sent by email when an address is known."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from huiyin.cases.actions.letters import Letter
from huiyin.cases.models import Case, CaseLink, CaseNote
from huiyin.cases.models.talk import NoteKind
from huiyin.cases.queries.customers import Known, reach_of
from huiyin.cases.queries.settings import conduct_at
from huiyin.cases.rules.threads import subject_of
from huiyin.channels.public import send_message
from huiyin.foundation.actions import Act
from huiyin.foundation.inserting import insert
from huiyin.kernel.refusal import Invalid


def link_of(act: Act, case: Case) -> CaseLink:
    """The customer's link of a case; a fresh one when there is none or it runs out within a week."""
    standing = case.links.filter(revoked_at=None, expires_at__gt=act.now + timedelta(days=7)).order_by("-id").first()
    if standing:
        return standing
    return new_link(act, case)


def new_link(act: Act, case: Case) -> CaseLink:
    """A fresh link for the customer."""
    return insert(
        CaseLink(
            case=case,
            token=secrets.token_urlsafe(24),
            made_at=act.now,
            expires_at=act.now + timedelta(days=conduct_at(act.now).link_days),
        )
    )


def address_of(token: str) -> str:
    """The full address of a customer's link."""
    return f"{settings.PUBLIC_URL}{reverse('case-for-customer', args=[token])}"


def tell_customer(
    act: Act, case: Case, letter: Letter, link: CaseLink | None = None, known: Known | None = None
) -> CaseNote:
    """Writes the words into the case and sends them by email if an address is known.

    Words are built in the customer's language; the note says whether they were sent or have to be told by phone.
    ``link`` and ``known`` are the customer's link and file, where the caller has them.
    """
    reach = reach_of(case, known)
    address = address_of((link or link_of(act, case)).token) if letter.with_link else ""
    sent = None
    with translation.override(reach.language):
        if reach.email:
            text = letter.mailed(case, reach.name, address)
            sent = _sent(act, case, reach.email, translation.gettext(letter.subject), text)
        if sent is None:
            text = letter.told(case, reach.name, address)
    return insert(
        CaseNote(
            case=case,
            kind=NoteKind.TOLD,
            text=text,
            at=act.now,
            author_id=act.actor.staff_id,
            channel="email" if sent else "",
            message=sent[0] if sent else "",
            message_id=sent[1] if sent else None,
        )
    )


def _sent(act: Act, case: Case, email: str, subject: str, text: str) -> tuple[str, int] | None:
    try:
        message = send_message(
            act.call,
            kind="email",
            to=email,
            subject=subject_of(case.number, subject),
            text=text,
            about=(case._meta.label_lower, case.pk),
            customer=case.customer_id,
        )
    except Invalid:  # an address nothing can be sent to: the words stay in the case, to be told another way
        return None
    return message._meta.label_lower, message.pk
