"""One mail over SMTP. The Message-ID is fixed beforehand, so a second copy after a crash is recognised as such."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from huiyin.channels.models import Mailbox, OutgoingMessage, Security
from huiyin.channels.registry import Fate, FateKind
from huiyin.channels.rules.bounces import without_addresses
from huiyin.channels.secrets import secret_of
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _

TIMEOUT_SECONDS = 30
PERMANENT = 500


def check_address(to: str) -> Message | None:
    """What is wrong with a mail address; None when nothing is."""
    try:
        validate_email(to)
    except ValidationError:
        return message(_("This is not a mail address."))
    return None if to.isascii() else message(_("Mail addresses with other than Latin letters are not supported."))


def sending_mailbox() -> Mailbox | None:
    """The mailbox that mails of our own go out by, if one is set up."""
    return Mailbox.objects.filter(is_active=True).exclude(smtp_host="").first()


def send_mail(outgoing: OutgoingMessage) -> Fate:
    """Tries once; every answer of the server becomes a fate."""
    mailbox = outgoing.mailbox or sending_mailbox()
    if mailbox is None or not mailbox.smtp_host:
        return Fate(FateKind.NOT_SET_UP, "no mailbox that sends is set up")
    try:
        letter = write_letter(outgoing, mailbox)
        with _connection(mailbox) as server:
            server.send_message(letter, from_addr=mailbox.address, to_addrs=[outgoing.to])
    except smtplib.SMTPRecipientsRefused as error:
        code, words = next(iter(error.recipients.values()))
        return _answer(code, words)
    except smtplib.SMTPAuthenticationError:
        return Fate(FateKind.LATER, "the mail server did not accept user name and password")
    except smtplib.SMTPResponseException as error:
        return _answer(error.smtp_code, error.smtp_error)
    except (OSError, smtplib.SMTPException) as error:
        return Fate(FateKind.LATER, without_addresses(f"{type(error).__name__}: {error}"))
    return Fate(FateKind.SENT)


def write_letter(outgoing: OutgoingMessage, mailbox: Mailbox) -> EmailMessage:
    """The mail as it is sent; marked as a machine's, so that well-behaved machines do not answer it."""
    letter = EmailMessage()
    user, _at, domain = mailbox.address.partition("@")
    letter["From"] = Address(mailbox.name, user, domain)
    letter["To"] = outgoing.to
    letter["Subject"] = " ".join(outgoing.subject.split())
    letter["Date"] = format_datetime(outgoing.created_at)
    letter["Message-ID"] = outgoing.message_id
    if outgoing.in_reply_to:
        letter["In-Reply-To"] = letter["References"] = outgoing.in_reply_to
    letter["X-Loop"] = mailbox.address
    if outgoing.automatic:
        letter["Auto-Submitted"] = "auto-replied" if outgoing.in_reply_to else "auto-generated"
        letter["X-Auto-Response-Suppress"] = "All"
    letter.set_content(outgoing.text, charset="utf-8")
    if outgoing.html:
        letter.add_alternative(outgoing.html, subtype="html", charset="utf-8")
    return letter


@contextmanager
def _connection(mailbox: Mailbox) -> Iterator[smtplib.SMTP]:
    """A signed-in connection; what happens while saying goodbye no longer matters, the mail is accepted by then."""
    context = ssl.create_default_context()
    server: smtplib.SMTP
    if mailbox.smtp_security == Security.SSL:
        server = smtplib.SMTP_SSL(mailbox.smtp_host, mailbox.smtp_port, timeout=TIMEOUT_SECONDS, context=context)
    else:
        server = smtplib.SMTP(mailbox.smtp_host, mailbox.smtp_port, timeout=TIMEOUT_SECONDS)
    try:
        if mailbox.smtp_security == Security.STARTTLS:
            server.starttls(context=context)
        if mailbox.username and mailbox.secret and server.has_extn("auth"):
            server.login(mailbox.username, secret_of(mailbox.secret))
        yield server
        with suppress(OSError, smtplib.SMTPException):
            server.quit()
    finally:
        server.close()


def _answer(code: int, words: bytes | str) -> Fate:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    kind = FateKind.REFUSED if code >= PERMANENT else FateKind.LATER
    return Fate(kind, without_addresses(f"{code} {text}"))
