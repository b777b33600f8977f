"""The customer adds words and files behind the link."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.core.files.uploadedfile import UploadedFile

from huiyin.cases.actions.by_link import case_by_link
from huiyin.cases.actions.hearing import hear, keep_uploads
from huiyin.cases.actions.opening import open_new
from huiyin.cases.actions.telling import link_of
from huiyin.cases.models import Case
from huiyin.cases.models.talk import NoteKind
from huiyin.cases.queries.settings import conduct_at
from huiyin.cases.rules.new_case import NewCase
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

WEBSITE = "website"


@action("cases.say")
def say_by_link(act: Act, token: str, *, text: str = "", uploads: Sequence[UploadedFile[bytes]] = ()) -> str:
    """Keeps the words with the case; words to an ended case open a new one that points to it.

    Returns the token of the link behind which they are found.

    Raises:
        NotFound: nobody was given this link; Conflict: it has expired, or too much came in an hour.
        Invalid: neither words nor files.
    """
    case = case_by_link(act, token)
    if not text.strip() and not uploads:
        why = message(_("Write something or choose a file first."))
        raise Invalid(why, {"text": why})
    _not_too_much(act, case)
    if case.live:
        files = keep_uploads(act, case, list(uploads))
        hear(act, case, text.strip() or " · ".join(files) or "–", channel=WEBSITE)
        return token
    return _opened_anew(act, case, text, uploads)


def _not_too_much(act: Act, case: Case) -> None:
    said = case.notes.filter(kind=NoteKind.SAID, channel=WEBSITE, at__gt=act.now - timedelta(hours=1))
    if said.count() >= conduct_at(act.now).link_words_per_hour:
        raise Conflict(
            message(
                _("We have had many messages in a short time. What you typed is kept; please send it again in an hour.")
            )
        )


def _opened_anew(act: Act, ended: Case, text: str, uploads: Sequence[UploadedFile[bytes]]) -> str:
    new = NewCase(
        kind=ended.kind,
        topic=ended.topic,
        channel=WEBSITE,
        description=text.strip() or "–",
        customer_id=ended.customer_id,
        reporter_name=ended.reporter_name,
        reporter_phone=ended.reporter_phone,
        reporter_email=ended.reporter_email,
        reporter_language=ended.reporter_language,
        product_id=ended.product_id,
        product_name=ended.product_name,
        serial=ended.serial,
        store_id=ended.store_id,
    )
    case = open_new(act, new)
    case.repeat_of = ended
    case.save(update_fields=["repeat_of"])
    keep_uploads(act, case, list(uploads))
    return link_of(act, case).token
