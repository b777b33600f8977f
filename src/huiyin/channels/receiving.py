"""Reads mailboxes: every new mail in a transaction of its own, one bad mail never stops the others."""

from __future__ import annotations

import imaplib
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from imap_tools.errors import ImapToolsError

from huiyin.channels.actions.keep_stuck import keep_stuck
from huiyin.channels.actions.note_fetch import begin_fetch, end_fetch
from huiyin.channels.actions.receive_mail import receive_mail
from huiyin.channels.models import Mailbox, MailboxProgress
from huiyin.channels.queries.numbers import mail_numbers
from huiyin.channels.registry import Fetched, RawMail, channel_kinds
from huiyin.channels.rules.bounces import without_addresses
from huiyin.kernel.call import Call

log = logging.getLogger(__name__)
UNREACHABLE = (OSError, imaplib.IMAP4.error, ImapToolsError)


@dataclass(frozen=True)
class FetchReport:
    """What one look into one mailbox brought; ``problem`` is empty when it could be read."""

    address: str
    received: int = 0
    known: int = 0
    stuck: int = 0
    problem: str = ""


def fetch_all(new_call: Callable[[], Call]) -> list[FetchReport]:
    """Reads every active mailbox that receives."""
    return [
        fetch_mailbox(new_call, mailbox) for mailbox in Mailbox.objects.filter(is_active=True).exclude(imap_host="")
    ]


def fetch_mailbox(new_call: Callable[[], Call], mailbox: Mailbox) -> FetchReport:
    """Reads one mailbox; ``new_call`` gives a call with the present moment for each mail."""
    counts = {"received": 0, "known": 0, "stuck": 0}
    problem = ""
    try:
        for result in _taken(new_call, mailbox):
            counts[result] += 1
    except UNREACHABLE as error:
        problem = without_addresses(f"{type(error).__name__}: {error}")
        log.warning("mailbox %s cannot be read: %s", mailbox.pk, problem)
    end_fetch(new_call(), mailbox, problem=problem)
    return FetchReport(mailbox.address, **counts, problem=problem)


def _taken(new_call: Callable[[], Call], mailbox: Mailbox) -> Iterator[str]:
    fetched = _look(new_call, mailbox)
    for mail in fetched.mails:
        yield _take(new_call(), mailbox, mail)


def _look(new_call: Callable[[], Call], mailbox: Mailbox) -> Fetched:
    fetch = channel_kinds()["email_in"].fetch
    assert fetch is not None  # noqa: S101 - the contract test of the kinds
    progress, _made = MailboxProgress.objects.get_or_create(mailbox=mailbox)
    fetched = fetch(mailbox, progress, mail_numbers())
    begin_fetch(new_call(), mailbox, uid_validity=fetched.uid_validity)
    return fetched


def _take(call: Call, mailbox: Mailbox, mail: RawMail) -> str:
    try:
        return "received" if receive_mail(call, mailbox, mail) else "known"
    except Exception as error:
        log.exception("mail %s of mailbox %s could not be taken up", mail.uid, mailbox.pk)
        keep_stuck(call, mailbox, mail, why=type(error).__name__)
        return "stuck"
