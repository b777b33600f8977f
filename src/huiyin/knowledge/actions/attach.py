"""Keeps files with an article, or takes one out: each is a new version, so that the review sees it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NoReturn

from django.core.files.uploadedfile import UploadedFile

from huiyin.foundation.actions import Act, action
from huiyin.foundation.files import keep_once
from huiyin.foundation.photos import MEGABYTE, photo_of
from huiyin.kernel.refusal import Invalid, NotFound
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _
from huiyin.knowledge.actions.locking import locked, moved
from huiyin.knowledge.actions.save import next_text
from huiyin.knowledge.models import Article, ArticleFile, ArticleText
from huiyin.knowledge.queries.articles import files_of
from huiyin.knowledge.queries.numbers import numbers_on, today_of
from huiyin.knowledge.rules.files import PICTURE, kept_name, media_type_of
from huiyin.knowledge.rules.numbers import ReviewNumbers
from huiyin.knowledge.rules.states import NEEDS

FOLDER = "articles"
HEAD = 16


@dataclass(frozen=True)
class _Judged:
    """A file that may be kept."""

    name: str
    media_type: str
    content: bytes

    @cached_property
    def digest(self) -> str:
        """Known by it."""
        return hashlib.sha256(self.content).hexdigest()


@action("knowledge.attach", needs=NEEDS["save"])
def attach_to_article(act: Act, article_id: int, *, uploads: Sequence[UploadedFile[bytes]]) -> Article:
    """Keeps files with the newest text as a new version of it, all or none; a file it has already is kept once.

    Pictures are written anew (upright, smaller, without EXIF). The text in use keeps its files until this is published.

    Raises:
        Invalid: none, too many, too large, or neither a picture nor a PDF.
        Conflict: the article is in review or retired.
    """
    article, text, move = locked(act, article_id, "save")
    numbers = numbers_on(today_of(act.now))
    there = {file.digest for file in files_of(text)}
    judged = {file.digest: file for file in (_judged(upload, numbers) for upload in uploads)}
    fresh = [file for digest, file in judged.items() if digest not in there]
    if not judged:
        _refuse(message(_("Choose a file.")))
    if len(there) + len(fresh) > numbers.files:
        _refuse(message(_("An article has no more than %(limit)d files."), limit=numbers.files))
    if fresh:
        made = next_text(act, article, text, reason="+ " + ", ".join(file.name for file in fresh))
        for file in fresh:
            _keep(act, made, file)
        moved(act, article, move, "newest")
    return article


@action("knowledge.detach", needs=NEEDS["save"])
def detach_from_article(act: Act, article_id: int, *, file_id: int) -> Article:
    """Takes a file out of the newest text as a new version; the versions that had it keep it.

    Raises:
        NotFound: the newest text has no such file.
        Conflict: the article is in review or retired.
    """
    article, text, move = locked(act, article_id, "save")
    file = next((each for each in files_of(text) if each.pk == file_id), None)
    if file is None:
        raise NotFound
    made = next_text(act, article, text, reason=f"− {file.name}")
    file.until = made.version
    file.save(update_fields=["until"])
    moved(act, article, move, "newest")
    return article


def _judged(upload: UploadedFile[bytes], numbers: ReviewNumbers) -> _Judged:
    name, most = upload.name or "", numbers.file_megabytes
    media_type = media_type_of(upload.read(HEAD))
    upload.seek(0)
    if media_type is None:
        _refuse(message(_("%(name)s is neither a picture (JPEG, PNG, WebP) nor a PDF."), name=name))
    if (upload.size or 0) > most * MEGABYTE:
        _refuse(message(_("%(name)s is larger than %(limit)d MB and was not kept."), name=name, limit=most))
    content = upload.read()
    if media_type == PICTURE:
        try:
            content = photo_of(content, most).content
        except Invalid as refusal:
            _refuse(refusal.why)
    return _Judged(kept_name(name, media_type), media_type, content)


def _keep(act: Act, text: ArticleText, file: _Judged) -> None:
    ArticleFile.objects.create(
        article_id=text.article_id,
        since=text.version,
        name=file.name,
        media_type=file.media_type,
        size=len(file.content),
        digest=file.digest,
        path=keep_once(FOLDER, file.content),
        at=act.now,
        by_id=act.actor.staff_id,
    )


def _refuse(why: Message) -> NoReturn:
    raise Invalid(why, {"uploads": why})
