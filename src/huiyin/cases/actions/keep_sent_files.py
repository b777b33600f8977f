"""Files that came with a customer's message stand with the case too."""

from __future__ import annotations

from pathlib import PurePosixPath

from huiyin.cases.models import Attachment, Case
from huiyin.cases.queries.settings import conduct_at
from huiyin.cases.rules.files import media_type_of
from huiyin.channels.public import ReceivedFile, files_of, kept
from huiyin.foundation.actions import Act

HEAD = 512


def keep_sent_files(act: Act, case: Case, message_id: int) -> int:
    """Keeps the message's files with a locked case, each content once; returns how many are new.

    What a case does not keep (programs, archives, one file too many) stays with the message and can be fetched there.
    """
    files = files_of(message_id)
    if not files:
        return 0
    conduct = conduct_at(act.now)
    standing = set(case.attachments.values_list("digest", flat=True))
    new: dict[str, Attachment] = {}
    for file in files:
        media_type = media_type_of(file.name, kept(file.path)[:HEAD])
        digest = PurePosixPath(file.path).name
        room = len(standing) + len(new) < conduct.attachments_a_case
        if media_type and digest not in {*standing, *new} and room and file.size <= conduct.attachment_bytes:
            new[digest] = _row(act, case, file, media_type, digest)
    Attachment.objects.bulk_create(new.values())
    return len(new)


def _row(act: Act, case: Case, file: ReceivedFile, media_type: str, digest: str) -> Attachment:
    return Attachment(
        case=case,
        name=file.name,
        media_type=media_type,
        size=file.size,
        digest=digest,
        file=file.path,
        at=act.now,
    )
