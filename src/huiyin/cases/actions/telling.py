"""Words to the customer: written into the case, and sent by email, or by SMS to who has no mail or wrote by SMS."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from huiyin.cases.actions.letters import Letter, moment
from huiyin.cases.actions.unanswered import answered
from huiyin.cases.models import Case, CaseLink, CaseNote
from huiyin.cases.models.talk import NoteKind
from huiyin.cases.queries.customers import Known, Reach, reach_of
from huiyin.cases.queries.settings import conduct_at
from huiyin.cases.rules.threads import subject_of
from huiyin.channels.public import OutgoingMessage, can_reach, is_set_up, send_message
from huiyin.foundation.actions import Act
from huiyin.foundation.inserting import insert
from huiyin.kernel.refusal import Invalid

SMS = "sms"


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
    """Writes the words into the case and sends them: by email if an address is known, else by SMS.

    Who wrote by SMS is answered by SMS. An SMS says what there is and where to read it. Words are built in the
    customer's language; the note says how they were sent, or that they have to be told by phone. ``link`` and ``known``
    are the customer's link and file, where the caller has them.
    """
    reach = reach_of(case, known)
    standing = link or (link_of(act, case) if letter.with_link else None)
    address = address_of(standing.token) if standing and letter.with_link else ""
    sent = _by_sms(act, case, letter, reach, standing) if case.channel == SMS else None
    with translation.override(reach.language):
        if sent is None and reach.email:
            text = letter.mailed(case, reach.name, address)
            sent = _by_mail(act, case, reach.email, translation.gettext(letter.subject), text)
        if sent is None or sent.kind == SMS:
            text = letter.told(case, reach.name, address)
    if sent is None and case.channel != SMS:
        sent = _by_sms(act, case, letter, reach, standing)
    answered(act, case)
    return insert(
        CaseNote(
            case=case,
            kind=NoteKind.TOLD,
            text=text,
            at=act.now,
            author_id=act.actor.staff_id,
            channel=sent.kind if sent else "",
            message=sent._meta.label_lower if sent else "",
            message_id=sent.pk if sent else None,
        )
    )


def _by_mail(act: Act, case: Case, email: str, subject: str, text: str) -> OutgoingMessage | None:
    try:
        return send_message(
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


def _by_sms(act: Act, case: Case, letter: Letter, reach: Reach, link: CaseLink | None) -> OutgoingMessage | None:
    """None where there is no mobile number, or the company has no template for it."""
    if not reach.phone or not can_reach(SMS, reach.phone) or not is_set_up(SMS, letter.sms):
        return None
    token = (link or link_of(act, case)).token
    return send_message(
        act.call,
        kind=SMS,
        to=reach.phone,
        template=letter.sms,
        values={"number": case.number, "due": moment(case), "token": token},
        about=(case._meta.label_lower, case.pk),
        customer=case.customer_id,
    )
