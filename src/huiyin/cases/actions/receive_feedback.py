"""Takes what a stranger writes in the public form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import connection

from huiyin.cases.actions.hearing import keep_uploads
from huiyin.cases.actions.opening import open_new
from huiyin.cases.actions.telling import link_of
from huiyin.cases.models import Case
from huiyin.cases.queries.settings import conduct_at
from huiyin.cases.rules.new_case import NewCase
from huiyin.customers.public import normal_phone, recognise
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

WEBSITE = "website"
LOCK = 0x66656564  # one advisory lock space for the public form, keyed by phone or email


@action("cases.receive_feedback")
def receive_feedback(
    act: Act, /, *, channel: str = WEBSITE, uploads: Sequence[UploadedFile[bytes]] = (), **values: Any
) -> str:
    """Opens a case for a customer without sign-in and gives the token of the link to follow it.

    The same words from the same phone or email within a few minutes are the same case, however the form was sent. Files
    that cannot be kept are named behind the link; the case is opened all the same.

    Raises:
        Invalid: neither phone nor email, or values make no sense.
        Conflict: too many messages from this phone or email, or altogether, in a short time.
    """
    phone = normal_phone(values.get("reporter_phone", "")) or values.get("reporter_phone", "")
    email = values.get("reporter_email", "")
    if not (phone or email):
        where = message(_("Leave a phone number or an email address, so that we can answer."))
        raise Invalid(where, {"reporter_phone": where})
    _one_at_a_time(phone or email)
    same = _same(act, phone, email, values)
    if same is not None:
        keep_uploads(act, same, list(uploads))
        return link_of(act, same).token
    _not_too_many(act, phone, email)
    known = recognise(phone=phone, email=email, name=values.get("reporter_name", ""))
    case = open_new(act, NewCase(channel=channel, customer_id=known.pk if known else None, **values))
    keep_uploads(act, case, list(uploads))
    return link_of(act, case).token


def _one_at_a_time(who: str) -> None:
    """Forms of one person queue up until the transaction ends, so that a twin finds what the first one made."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [LOCK, who.lower()])


def _same(act: Act, phone: str, email: str, values: dict[str, Any]) -> Case | None:
    """The same words about the same thing a short while ago; another device is another matter."""
    since = act.now - timedelta(minutes=conduct_at(act.now).feedback_same_minutes)
    said, serial = (str(values.get(name) or "").strip() for name in ("description", "serial"))
    recent = Case.objects.filter(channel=WEBSITE, received_at__gt=since, description=said, serial__iexact=serial)
    mine = recent.filter(reporter_phone=phone) if phone else recent.filter(reporter_email=email)
    return mine.order_by("id").first()


def _not_too_many(act: Act, phone: str, email: str) -> None:
    conduct = conduct_at(act.now)
    recent = Case.objects.filter(channel=WEBSITE, received_at__gt=act.now - timedelta(hours=1))
    same = recent.filter(reporter_phone=phone) if phone else recent.filter(reporter_email=email)
    last_minute = recent.filter(received_at__gt=act.now - timedelta(minutes=1))
    if same.count() >= conduct.feedback_per_hour or last_minute.count() >= conduct.feedback_all_per_minute:
        raise Conflict(
            message(
                _("We have had many messages in a short time. What you typed is kept; please send it again in an hour.")
            )
        )
