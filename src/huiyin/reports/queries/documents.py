"""The document of a report: drawn fresh while it is a draft, as frozen afterwards."""

from __future__ import annotations

import hashlib
from datetime import datetime

from huiyin.insights.public import Lens
from huiyin.kernel.actor import SYSTEM
from huiyin.kernel.refusal import Conflict, NotFound
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.reports.excel import write_excel
from huiyin.reports.models import Report, ReportFile
from huiyin.reports.rules.sheets import Document, from_json
from huiyin.reports.rules.way import ReportState


def draft_of(report: Report, now: datetime) -> Document:
    """The document with the numbers of this moment; reports speak for the whole company."""
    return report.is_kind.build(Lens(SYSTEM, report.about, now))


def document_of(report: Report, now: datetime) -> Document:
    """What the report says: frozen once submitted."""
    if report.state == ReportState.DRAFT or report.document is None:
        return draft_of(report, now)
    return from_json(report.document)


def file_of(report: Report, now: datetime) -> bytes:
    """The bytes to download: the file as submitted, or one drawn now for a draft.

    Raises:
        NotFound: the stored file is gone.
        Conflict: the stored file no longer has the digest that was recorded.
    """
    if report.state == ReportState.DRAFT:
        return write_excel(draft_of(report, now), now)
    kept = ReportFile.objects.filter(digest=report.digest).first()
    if kept is None:
        raise NotFound
    content = bytes(kept.content)
    if hashlib.sha256(content).hexdigest() != report.digest:
        raise Conflict(message(_("The stored file was changed after it was submitted; it is not handed out.")))
    return content
