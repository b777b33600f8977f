"""What a customer says about a case, however it came: a line of the conversation, and somebody who hears of it."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.utils import translation
from django.utils.translation import gettext

from huiyin.cases.actions.keeping import Unkept, keep_what_may_be
from huiyin.cases.actions.telling_watchers import followers
from huiyin.cases.actions.unanswered import waits
from huiyin.cases.models import Case, CaseNote
from huiyin.cases.models.talk import NoteKind
from huiyin.cases.queries.customers import reach_of
from huiyin.channels.public import notify_staff
from huiyin.foundation.actions import Act
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _


def hear(
    act: Act,
    case: Case,
    text: str,
    *,
    channel: str,
    source: tuple[str, int] | None = None,
    silent: bool = False,
    said_in: Case | None = None,
) -> CaseNote:
    """Keeps the customer's words; the owner hears of them, without an owner the department's head.

    ``said_in`` is the case the customer spoke of, where that was merged into this one.
    """
    note = CaseNote.objects.create(
        case=case,
        kind=NoteKind.SAID,
        text=text.strip(),
        at=act.now,
        channel=channel,
        message=source[0] if source else "",
        message_id=source[1] if source else None,
        said_in=said_in if said_in and said_in.pk != case.pk else None,
    )
    waits(act, case)
    act.record(case, customer_id=case.customer_id, channel=channel, message_id=note.message_id)
    if not silent:
        told = message(_("The customer has written about %(number)s: %(title)s"), number=case.number, title=case.title)
        tell_who_works(act, case, told)
    return note


def tell_who_works(act: Act, case: Case, told: Message) -> None:
    """The owner hears it, without an owner the department's head, and who follows the case."""
    people = [case.owner_id] if case.owner_id else [case.department.head_id] if case.department else []
    concerned = [person for person in (*people, *followers(case)) if person]
    notify_staff(act.call, concerned, told, page="case", args=[case.pk])


def keep_uploads(act: Act, case: Case, uploads: list[UploadedFile[bytes]]) -> list[str]:
    """Keeps the customer's files and returns their names; those that could not be kept are named in an answer."""
    kept, unkept = keep_what_may_be(act, case, uploads)
    if unkept:
        _tell_unkept(act, case, unkept)
    return [each.name for each in kept]


def _tell_unkept(act: Act, case: Case, unkept: list[Unkept]) -> None:
    """The customer reads it behind the link, whoever works on the case reads it in the conversation."""
    with translation.override(reach_of(case).language):
        lines = [f"· {each.name}: {gettext(each.why.text) % each.why.params}" for each in unkept]
        text = gettext("What you wrote has arrived. These files could not be accepted:\n\n%(list)s") % {
            "list": "\n".join(lines)
        }
    CaseNote.objects.create(case=case, kind=NoteKind.TOLD, text=text, at=act.now, channel="website")
