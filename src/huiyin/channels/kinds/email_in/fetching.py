"""New mails of a mailbox over IMAP, by UID; nothing is deleted or marked on the server."""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted

from huiyin.channels.models import Mailbox, MailboxProgress, Security
from huiyin.channels.registry import Fetched, RawMail
from huiyin.channels.rules.policy import MailNumbers
from huiyin.channels.rules.sieve import Sieve
from huiyin.channels.secrets import secret_of

TIMEOUT_SECONDS = 60
AT_ONCE = 500
PIECE = 1024 * 1024
ENCODED = 1.4  # base64 and its line ends make a file more than a third larger
_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")


def fetch_new(mailbox: Mailbox, progress: MailboxProgress, numbers: MailNumbers) -> Fetched:
    """Signs in and looks for mails after the last one read; a mailbox made anew is read from its beginning.

    The mails come lazily; the connection closes behind the last one.

    Raises:
        OSError, imaplib.IMAP4.error, imap_tools.errors.ImapToolsError: the server cannot be reached or refuses.
    """
    box = _signed_in(mailbox)
    validity = _uid_validity(box)
    after = progress.last_uid if progress.uid_validity == validity else 0
    return Fetched(uid_validity=validity, mails=_mails(box, after, numbers))


def _signed_in(mailbox: Mailbox) -> BaseMailBox:
    host, port = mailbox.imap_host, mailbox.imap_port
    context = ssl.create_default_context()
    box: BaseMailBox
    if mailbox.imap_security == Security.SSL:
        box = MailBox(host, port, timeout=TIMEOUT_SECONDS, ssl_context=context)
    elif mailbox.imap_security == Security.STARTTLS:
        box = MailBoxStartTls(host, port, timeout=TIMEOUT_SECONDS, ssl_context=context)
    else:
        box = MailBoxUnencrypted(host, port, timeout=TIMEOUT_SECONDS)
    box.login(mailbox.username or mailbox.address, secret_of(mailbox.secret), initial_folder=None)
    if "ID" in box.client.capabilities:  # some providers let nobody in who does not say his name
        box.client.xatom("ID", '("name" "Huiyin")')
    box.folder.set("INBOX", readonly=True)
    return box


def _uid_validity(box: BaseMailBox) -> int:
    _kind, values = box.client.response("UIDVALIDITY")
    return int(values[0]) if values and values[0] else 1


def _mails(box: BaseMailBox, after: int, numbers: MailNumbers) -> Iterator[RawMail]:
    try:
        for uid, size in _new_ones(box, after):
            raw = _whole(box, uid) if size <= PIECE else _sieved(box, uid, size, numbers)
            if raw:
                yield RawMail(uid=uid, raw=raw, size=size)
    finally:
        box.logout()


def _new_ones(box: BaseMailBox, after: int) -> Iterator[tuple[int, int]]:
    """(uid, size in bytes) of every new mail, oldest first. ``n:*`` names the newest mail even when it is older."""
    uids = sorted(uid for uid in map(int, box.uids(f"UID {after + 1}:*", charset=None)) if uid > after)
    for start in range(0, len(uids), AT_ONCE):
        some = ",".join(map(str, uids[start : start + AT_ONCE]))
        _answer, lines = box.client.uid("FETCH", some, "(RFC822.SIZE)")
        yield from sorted(_sizes(lines))


def _sizes(lines: list[bytes | None]) -> Iterator[tuple[int, int]]:
    for line in lines:
        uid, size = _UID.search(line or b""), _SIZE.search(line or b"")
        if uid and size:
            yield int(uid.group(1)), int(size.group(1))


def _whole(box: BaseMailBox, uid: int) -> bytes:
    return _literal(box, uid, "(BODY.PEEK[])")


def _sieved(box: BaseMailBox, uid: int, size: int, numbers: MailNumbers) -> bytes:
    """A large mail in pieces, without the parts that are larger than an attachment may be."""
    pieces = (_literal(box, uid, f"(BODY.PEEK[]<{start}.{PIECE}>)") for start in range(0, size, PIECE))
    sieve = Sieve(
        part_bytes=int(numbers.attachment_bytes * ENCODED) + PIECE, total_bytes=int(numbers.mail_bytes * ENCODED)
    )
    return b"".join(sieve.lines(pieces))


def _literal(box: BaseMailBox, uid: int, what: str) -> bytes:
    """The bytes of one part; empty when the mail is gone meanwhile."""
    _answer, lines = box.client.uid("FETCH", str(uid), what)
    return next((bytes(line[1]) for line in lines if isinstance(line, tuple)), b"")
