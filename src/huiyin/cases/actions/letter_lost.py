"""A message to the customer did not arrive: the conversation says so, and who works on the case hears of it."""

from __future__ import annotations

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from huiyin.cases.actions.hearing import tell_who_works
from huiyin.cases.models import Case, CaseNote
from huiyin.cases.models.talk import NoteKind
from huiyin.cases.queries.matters import case_behind_record
from huiyin.cases.queries.merged import standing_case
from huiyin.channels.public import OutgoingMessage
from huiyin.foundation.actions import Act, action
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

UNCERTAIN = "uncertain"
TOLD = {
    True: _("It is not known whether a message to the customer of %(number)s has arrived: %(title)s"),
    False: _("A message to the customer of %(number)s did not arrive: %(title)s"),
}
NOTED = {
    True: _("It is not known whether this message to the customer has arrived: %(what)s"),
    False: _("This message to the customer did not arrive: %(what)s"),
}


@action("cases.letter_lost")
def letter_lost(act: Act, *, message_id: int, state: str, about: tuple[str, int] | None) -> Case | None:
    """Notes it in the case the message was about; None where it was about none."""
    behind = case_behind_record(about)
    if behind is None:
        return None
    case, doubtful = standing_case(behind), state == UNCERTAIN
    with translation.override(settings.LANGUAGE_CODE):
        text = gettext(NOTED[doubtful]) % {"what": _what(OutgoingMessage.objects.get(pk=message_id))}
    CaseNote.objects.create(case=case, kind=NoteKind.NOTE, text=text, at=act.now)
    act.record(case, customer_id=case.customer_id, message_id=message_id, state=state)
    tell_who_works(act, case, message(TOLD[doubtful], number=case.number, title=case.title))
    return case


def _what(sent: OutgoingMessage) -> str:
    """Its subject (of an SMS its words), and why."""
    reason = gettext(sent.error_text) if sent.error_text else ""
    return f"{sent.title} ({reason})" if reason else sent.title
