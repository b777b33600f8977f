"""Delivery reports: which of our messages came back, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass

from huiyin.channels.rules.parsing import ParsedMail

_MESSAGE_ID = re.compile(r"^Message-I[Dd]:\s*(<[^<>\s]+>)", re.MULTILINE)
_DIAGNOSIS = re.compile(r"^Diagnostic-Code:\s*(.+(?:\n[ \t].+)*)", re.MULTILINE | re.IGNORECASE)
_ACTION = re.compile(r"^Action:\s*(\w+)", re.MULTILINE | re.IGNORECASE)
_STATUS = re.compile(r"^Status:\s*(\d\.\d+\.\d+)", re.MULTILINE | re.IGNORECASE)
_ANY_ADDRESS = re.compile(r"[^\s<>:;,]+@[^\s<>:;,]+")
_DAEMON = re.compile(r"^(mailer-daemon|postmaster)@", re.IGNORECASE)


@dataclass(frozen=True)
class Bounce:
    """A report about one of our messages. ``final`` is False for a delay that the server still works on, and for a
    delivery."""

    message_id: str
    reason: str
    final: bool


def read_bounce(mail: ParsedMail) -> Bounce | None:
    """The report a mail carries; None when it is no delivery report."""
    kind = mail.headers.get("content-type", "").lower()
    reported = _is_about_delivery(kind) or "x-failed-recipients" in mail.headers
    if not reported and not (_DAEMON.match(mail.sender) and mail.reports):
        return None
    text = "\n".join(mail.reports) or mail.full_text
    ids = _MESSAGE_ID.findall(text) or [*mail.answers]
    fates = {fate.lower() for fate in _ACTION.findall(text)}
    return Bounce(
        message_id=ids[0] if ids else "",
        reason=_reason(text),
        final=not fates or "failed" in fates,
    )


def _is_about_delivery(kind: str) -> bool:
    """Not a receipt for a mail that was read, nor word of one that was taken for spam: those have arrived."""
    return "multipart/report" in kind and ("report-type" not in kind or "delivery-status" in kind)


def _reason(text: str) -> str:
    """The server's words without addresses."""
    diagnosis, status = _DIAGNOSIS.search(text), _STATUS.search(text)
    words = diagnosis.group(1) if diagnosis else (status.group(1) if status else "")
    return without_addresses(words)


def without_addresses(words: str) -> str:
    """A server's words on one line, mail addresses taken out, 300 characters at most."""
    return _ANY_ADDRESS.sub("…", " ".join(words.split())[:2_000])[:300]
