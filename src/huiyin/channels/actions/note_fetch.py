"""Notes when a mailbox was last read and what went wrong."""

from __future__ import annotations

from huiyin.channels.models import Mailbox, MailboxProgress
from huiyin.foundation.actions import Act, action


@action("channels.note_fetch")
def begin_fetch(act: Act, mailbox: Mailbox, *, uid_validity: int) -> None:
    """A mailbox that was made anew on the server (another generation of numbers) is read from its beginning."""
    MailboxProgress.objects.filter(mailbox=mailbox).exclude(uid_validity=uid_validity).update(
        uid_validity=uid_validity, last_uid=0, fetched_at=act.now
    )


@action("channels.note_fetch")
def end_fetch(act: Act, mailbox: Mailbox, *, problem: str = "") -> None:
    """The end of one look into the mailbox."""
    MailboxProgress.objects.filter(mailbox=mailbox).update(fetched_at=act.now, problem=problem[:300])
