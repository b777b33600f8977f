"""Words to the customer: written into the case, and sent by email when an address is known."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from huiyin.cases.actions.letters import Words
from huiyin.cases.actions.moving import staff_id
from huiyin.cases.models import Case, CaseLink, CaseNote
from huiyin.cases.models.talk import NoteKind
from huiyin.cases.queries.customers import reach_of
from huiyin.cases.queries.settings import conduct_at
from huiyin.cases.rules.threads import subject_of
from huiyin.channels.public import send_message
from huiyin.foundation.actions import Act
from huiyin.kernel.refusal import Invalid


def link_of(act: Act, case: Case) -> CaseLink:
    """The customer's link of a case; a fresh one when there is none or it runs out within a week."""
    standing = case.links.filter(revoked_at=None, expires_at__gt=act.now + timedelta(days=7)).order_by("-id").first()
    if standing:
        return standing
    return new_link(act, case)


def new_link(act: Act, case: Case) -> CaseLink:
    """A fresh link for the customer."""
    return CaseLink.objects.create(
        case=case,
        token=secrets.token_urlsafe(24),
        made_at=act.now,
        expires_at=act.now + timedelta(days=conduct_at(act.now).link_days),
    )


def address_of(link: CaseLink) -> str:
    """The full address of a customer's link."""
    return f"{settings.PUBLIC_URL}{reverse('case-for-customer', args=[link.token])}"


def tell_customer(act: Act, case: Case, words: Words, link: CaseLink | None = None) -> CaseNote:
    """Writes the words into the case and sends them by email if an address is known.

    Words are built in the customer's language; the note says whether they were sent or have to be told by phone.
    """
    link = link or link_of(act, case)
    reach = reach_of(case)
    with translation.override(reach.language):
        subject, text = words(case, reach.name, address_of(link))
    sent = _sent(act, case, reach.email, subject, text) if reach.email else None
    return CaseNote.objects.create(
        case=case,
        kind=NoteKind.TOLD,
        text=text,
        at=act.now,
        author_id=staff_id(act),
        channel="email" if sent else "",
        message=sent[0] if sent else "",
        message_id=sent[1] if sent else None,
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
