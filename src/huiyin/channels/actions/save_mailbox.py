"""Sets up a mailbox."""

from __future__ import annotations

from typing import Any

from huiyin.channels.models import Mailbox, MailboxProgress
from huiyin.channels.secrets import check_reference
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

FIELDS = frozenset(
    {
        "address", "name", "username", "secret", "imap_host", "imap_port", "imap_security", "believed_server",
        "smtp_host", "smtp_port", "smtp_security", "is_active",
    }
)  # fmt: skip


@action("channels.save_mailbox", needs="channels.change")
def save_mailbox(act: Act, mailbox_id: int | None, fields: dict[str, Any]) -> Mailbox:
    """Makes a mailbox, or changes the one with ``mailbox_id``; other servers mean it is read from its beginning.

    Raises:
        Invalid: the address is taken, or the password reference points elsewhere than it may.
    """
    check_reference(str(fields.get("secret", "")))
    address = str(fields["address"]).lower()
    if Mailbox.objects.filter(address=address).exclude(pk=mailbox_id or 0).exists():
        taken = message(_("There is a mailbox with this address already."))
        raise Invalid(taken, {"address": taken})
    mailbox = act.lock(Mailbox.objects.all(), mailbox_id) if mailbox_id else Mailbox()
    for name in FIELDS & set(fields):
        setattr(mailbox, name, fields[name])
    mailbox.address = address
    mailbox.save()
    MailboxProgress.objects.get_or_create(mailbox=mailbox)
    act.record(mailbox, address=mailbox.address, imap=mailbox.imap_host, smtp=mailbox.smtp_host)
    return mailbox
