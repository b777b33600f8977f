"""The company's mailboxes."""

from __future__ import annotations

from huiyin.channels.models import Mailbox
from huiyin.kernel.refusal import NotFound


def all_mailboxes() -> list[Mailbox]:
    """Every mailbox with its progress, oldest first."""
    return list(Mailbox.objects.select_related("progress"))


def mailbox_by_id(mailbox_id: int) -> Mailbox:
    """One mailbox.

    Raises:
        NotFound: there is none.
    """
    mailbox = Mailbox.objects.filter(pk=mailbox_id).first()
    if mailbox is None:
        raise NotFound
    return mailbox
