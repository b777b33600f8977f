"""Which mails are kept but not worked on, and why: machines talking to machines."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from huiyin.channels.rules.authenticity import is_forged
from huiyin.channels.rules.bounces import read_bounce
from huiyin.channels.rules.parsing import ParsedMail
from huiyin.channels.rules.policy import MailNumbers
from huiyin.kernel.words import gettext_noop as _

REASONS = {
    "own": _("Sent by this company itself"),
    "bounce": _("A delivery report"),
    "forged": _("The sender is not who the mail says, by the word of your mail server"),
    "automatic": _("An automatic answer"),
    "flood": _("Too many mails from one sender in a short time"),
    "staff": _("From one of the company's own people"),
    "torrent": _("Too many messages from one person in a short time"),
    "untaken": _("Nobody took it up"),
    "loop": _("Answers the same message again and again"),
    "nobody": _("Without a sender"),
    "opt_out": _("Asked for no more messages; this is respected"),
    "service_number": _("From a service number, not from a person"),
}
# Chinese data: how mail programs begin the subject of an automatic answer
_AUTOMATIC_SUBJECT = re.compile(
    r"^\W*(自动回复|自動回覆|自动答复|auto(matic)?[ -]?(reply|response)|out of (the )?office)", re.IGNORECASE
)
_BULK = frozenset({"bulk", "junk", "list", "auto_reply", "auto-reply"})


@dataclass(frozen=True)
class Circumstances:
    """What the store knows about a mail: our own addresses, what its sender sent within the flood window, and the name
    of the mail server whose word about senders is believed."""

    own_addresses: AbstractSet[str] = frozenset()
    believed_server: str = ""
    recent_from_sender: int = 0
    recent_in_thread: int = 0


def why_ignored(mail: ParsedMail, around: Circumstances, numbers: MailNumbers) -> str:
    """The code of the reason (a key of ``REASONS``); empty when the mail is to be worked on."""
    if read_bounce(mail) is not None:
        return "bounce"
    if mail.sender in around.own_addresses or mail.headers.get("x-loop", "").lower() in around.own_addresses:
        return "own"
    if not mail.sender:
        return "nobody"
    if is_forged(mail.headers.get("authentication-results", ""), around.believed_server):
        return "forged"
    return "automatic" if _automatic(mail) else _too_much(around, numbers)


def _too_much(around: Circumstances, numbers: MailNumbers) -> str:
    if around.recent_in_thread >= numbers.same_thread_mails:
        return "loop"
    return "flood" if around.recent_from_sender >= numbers.flood_mails else ""


def _automatic(mail: ParsedMail) -> bool:
    headers = mail.headers
    return (
        headers.get("auto-submitted", "no").split(";")[0].strip().lower() != "no"
        or headers.get("precedence", "").strip().lower() in _BULK
        or "x-autoreply" in headers
        or "x-autorespond" in headers
        or headers.get("return-path", "-").strip() == "<>"
        or "multipart/report" in headers.get("content-type", "").lower()
        or bool(_AUTOMATIC_SUBJECT.match(mail.subject))
    )
