"""Files that come to a case, from whomever: judged by their content, photos written anew, the same file kept once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import NoReturn

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile

from huiyin.cases.models import Attachment, Case
from huiyin.cases.queries.settings import conduct_at
from huiyin.cases.rules.conduct import Conduct
from huiyin.cases.rules.files import PHOTOS, media_type_of, safe_name
from huiyin.foundation.actions import Act
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _
from huiyin.questionnaires.public import photo_of

HEAD = 512
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Unkept:
    """A file that was not kept, and why."""

    name: str
    why: Message


def keep_file(act: Act, case: Case, upload: UploadedFile[bytes], *, anew: bool = False) -> Attachment:
    """Keeps one file with a locked case; ``anew`` rewrites photos (without EXIF, upright, smaller).

    Raises:
        Invalid: too large, too many, or not what its name says.
    """
    conduct = conduct_at(act.now)
    media_type = _checked(case, upload, conduct)
    name, content = safe_name(upload.name or ""), upload.read()
    if anew and media_type in PHOTOS:
        content = photo_of(content, conduct.attachment_bytes // MEGABYTE).content
        name, media_type = f"{PurePath(name).stem[:110]}.jpg", "image/jpeg"
    digest = hashlib.sha256(content).hexdigest()
    standing = case.attachments.filter(digest=digest).first()
    return standing or _kept(act, case, name, media_type, content, digest)


def keep_what_may_be(act: Act, case: Case, uploads: list[UploadedFile[bytes]]) -> tuple[list[Attachment], list[Unkept]]:
    """Keeps a customer's files one by one: a bad one is named and takes nothing with it."""
    kept: list[Attachment] = []
    unkept: list[Unkept] = []
    most = conduct_at(act.now).feedback_files
    for upload in uploads[:most]:
        try:
            kept.append(keep_file(act, case, upload, anew=True))
        except Invalid as refusal:
            unkept.append(Unkept(safe_name(upload.name or ""), refusal.why))
    too_many = message(_("No more than %(limit)d files at once."), limit=most)
    unkept += [Unkept(safe_name(upload.name or ""), too_many) for upload in uploads[most:]]
    return kept, unkept


def _checked(case: Case, upload: UploadedFile[bytes], conduct: Conduct) -> str:
    """The media type of a file that may be kept."""
    if (upload.size or 0) > conduct.attachment_bytes:
        _refuse(_("The file is larger than %(limit)d MB and was not kept."), limit=conduct.attachment_bytes // MEGABYTE)
    if case.attachments.count() >= conduct.attachments_a_case:
        _refuse(_("This case already has %(limit)d files."), limit=conduct.attachments_a_case)
    media_type = media_type_of(upload.name or "", upload.read(HEAD))
    upload.seek(0)
    if media_type is None:
        _refuse(_("Only pictures, PDF, Office files and plain text are kept, and their content must be what they say."))
    return media_type


def _kept(act: Act, case: Case, name: str, media_type: str, content: bytes, digest: str) -> Attachment:
    kept = Attachment(
        case=case,
        name=name,
        media_type=media_type,
        size=len(content),
        digest=digest,
        at=act.now,
        by_id=act.actor.staff_id,
    )
    kept.file.save(digest[:24], ContentFile(content), save=False)
    kept.save()
    act.record(case, customer_id=case.customer_id, file=kept.name, size=kept.size)
    return kept


def _refuse(text: str, **params: object) -> NoReturn:
    why = message(text, **params)
    raise Invalid(why, {"upload": why})
