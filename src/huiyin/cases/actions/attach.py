"""Keeps a file with a case."""

from __future__ import annotations

import hashlib
from typing import NoReturn

from django.core.files.uploadedfile import UploadedFile

from huiyin.cases.actions.moving import beside
from huiyin.cases.models import Attachment
from huiyin.cases.queries.settings import conduct_at
from huiyin.cases.rules.files import media_type_of, safe_name
from huiyin.cases.rules.needs import NEEDS
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

HEAD = 512


@action("cases.attach", needs=NEEDS["attach"])
def attach_file(act: Act, case_id: int, *, upload: UploadedFile[bytes]) -> Attachment:
    """Keeps a file whose content is what its name says; the same file twice is kept once.

    Raises:
        Invalid: too large, too many, or not of an allowed type.
    """
    case = beside(act, case_id, "attach")
    conduct = conduct_at(act.now)
    size = upload.size or 0
    if size > conduct.attachment_bytes:
        _refuse(_("The file is larger than %(limit)d MB and was not kept."), limit=conduct.attachment_bytes // 1048576)
    if case.attachments.count() >= conduct.attachments_a_case:
        _refuse(_("This case already has %(limit)d files."), limit=conduct.attachments_a_case)
    head = upload.read(HEAD)
    media_type = media_type_of(upload.name or "", head)
    if media_type is None:
        _refuse(_("Only pictures, PDF, Office files and plain text are kept, and their content must be what they say."))
    upload.seek(0)
    digest = hashlib.sha256(b"".join(upload.chunks())).hexdigest()
    upload.seek(0)
    standing = case.attachments.filter(digest=digest).first()
    if standing:
        return standing
    kept = Attachment(
        case=case,
        name=safe_name(upload.name or ""),
        media_type=media_type,
        size=size,
        digest=digest,
        at=act.now,
        by_id=act.actor.staff_id,
    )
    kept.file.save(digest[:24], upload, save=False)
    kept.save()
    act.record(case, customer_id=case.customer_id, file=kept.name, size=size)
    return kept


def _refuse(text: str, **params: object) -> NoReturn:
    why = message(text, **params)
    raise Invalid(why, {"upload": why})
