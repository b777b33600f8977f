"""Stores a message and has the worker send it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac
from procrastinate.contrib.django import app

from huiyin.channels.actions.contacting import claim_for
from huiyin.channels.models import IncomingMessage, Mailbox, OutgoingMessage
from huiyin.channels.registry import channel_kinds
from huiyin.contact_ledger.public import Purpose
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid

DELIVER = "huiyin.channels.tasks.deliver"
SUBJECT_LENGTH = 300


@action("channels.send_message")
def send_message(
    act: Act,
    *,
    kind: str,
    to: str,
    subject: str = "",
    text: str = "",
    html: str = "",
    template: str = "",
    values: Mapping[str, str] | None = None,
    about: tuple[str, int] | None = None,
    customer: int | None = None,
    once: str | None = None,
    answers: IncomingMessage | None = None,
    purpose: str = Purpose.ANSWER,
) -> OutgoingMessage:
    """Keeps the message and its job in the caller's transaction: both come about, or neither (CHN-2).

    ``once`` is a key of the business (``case.receipt:42``): the same key again gives the first message back.
    ``answers`` is the received message this one answers. An SMS is a kind of SMS that a room declared
    (``template``, ``sms_texts.py``) with its ``values``; subject, text and ``html`` (the same text) are a
    mail's. ``purpose`` is what the contact ledger knows it by: a message to a customer that is no answer takes a
    contact about ``about``, or is not kept at all.

    Raises:
        Conflict: the customer may not be contacted by this way now (the sentence says why).
        Invalid: nothing can be sent to ``to`` by this channel, or the text is too long for it.
        KeyError: there is no such kind of SMS, or a value of it is missing.
    """
    channel = channel_kinds()[kind]
    wrong = channel.check(to) if channel.check else None
    if wrong is not None:
        raise Invalid(wrong, {"to": wrong})
    sender = _sender(answers) if kind == "email" else None
    fields: dict[str, Any] = {
        "kind": kind,
        "template": template,
        "values": dict(values or {}),
        "mailbox": sender,
        "to": to,
        "subject": " ".join(subject.split())[:SUBJECT_LENGTH],
        "text": text.replace("\x00", ""),
        "html": html.replace("\x00", ""),
        "about": about[0] if about else "",
        "about_id": about[1] if about else None,
        "customer_id": customer,
        "in_reply_to": answers.message_id if answers else "",
        "contact_purpose": purpose,
        "created_at": act.now,
        "next_try_at": act.now,
        "message_id": _message_id(sender),
    }
    return _stored(act, OutgoingMessage(once=once, **fields))


def _stored(act: Act, message: OutgoingMessage) -> OutgoingMessage:
    """The message as it is kept: the first one with this business key."""
    twin = OutgoingMessage.objects.filter(once=message.once).first() if message.once is not None else None
    if twin is not None:
        return twin
    compose = channel_kinds()[message.kind].compose
    if compose:
        compose(message)
    try:
        with transaction.atomic():
            message.save(force_insert=True)
    except IntegrityError:
        if message.once is None:
            raise
        return OutgoingMessage.objects.get(once=message.once)
    claim_for(act, message)
    return _queued(act, message)


def _sender(answers: IncomingMessage | None) -> Mailbox | None:
    if answers and answers.mailbox:
        return answers.mailbox
    return Mailbox.objects.filter(is_active=True).exclude(smtp_host="").first()


def _queued(act: Act, message: OutgoingMessage) -> OutgoingMessage:
    app.configure_task(DELIVER).defer(message_id=message.pk)
    act.record(message, customer_id=message.customer_id, to=message.masked_to, about=message.about)
    return message


def _message_id(mailbox: Mailbox | None) -> str:
    """A Message-ID that nobody can guess: an answer to it is trusted to belong to our record."""
    seed = secrets.token_hex(12)
    proof = salted_hmac("huiyin.channels.message_id", seed).hexdigest()[:12]
    domain = mailbox.address.rpartition("@")[2] if mailbox else "huiyin.invalid"
    return f"<hy.{seed}.{proof}@{domain}>"
