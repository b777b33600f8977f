"""Tells a sender which of the attachments could not be accepted."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from huiyin.channels.actions.send_message import send_message
from huiyin.channels.models import IncomingAttachment, IncomingMessage, OutgoingMessage
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid


@action("channels.tell_sender")
def tell_sender(act: Act, received: IncomingMessage, refused: Sequence[IncomingAttachment]) -> OutgoingMessage | None:
    """One answer per mail, in the company's language; the mail itself is kept and worked on."""
    with translation.override(settings.LANGUAGE_CODE):
        try:
            return send_message(
                act.call,
                kind="email",
                to=received.sender,
                subject=_("Some attachments were not accepted: %(subject)s") % {"subject": received.subject},
                text=_text(refused),
                about=(received._meta.label_lower, received.pk),
                once=f"attachments-refused:{received.pk}",
                answers=received,
            )
        except Invalid:
            return None


def _text(refused: Sequence[IncomingAttachment]) -> str:
    lines = [_("· %(name)s: %(why)s") % {"name": one.name, "why": _(one.refusal_text)} for one in refused]
    return _(
        "Your message has arrived and is being worked on. These attachments could not be accepted:\n\n"
        "%(list)s\n\n"
        "Please send them in a smaller or another form, in answer to this mail.\n"
    ) % {"list": "\n".join(lines)}
