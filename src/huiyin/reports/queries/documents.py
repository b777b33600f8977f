"""The document of a report: drawn fresh while it is a draft, as frozen afterwards."""

from __future__ import annotations

import hashlib
from datetime import datetime

from huiyin.documents.public import Document, from_json
from huiyin.insights.public import Lens
from huiyin.kernel.actor import SYSTEM
from huiyin.kernel.refusal import Conflict, NotFound
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.reports.forms import EXCEL, FORMS, Form, write_as
from huiyin.reports.models import Report, ReportFile
from huiyin.reports.rules.way import ReportState


def draft_of(report: Report, now: datetime) -> Document:
    """The document with the numbers of this moment; reports speak for the whole company."""
    return report.is_kind.build(Lens(SYSTEM, report.about, now))


def document_of(report: Report, now: datetime) -> Document:
    """What the report says: frozen once submitted."""
    if report.state == ReportState.DRAFT or report.document is None:
        return draft_of(report, now)
    return from_json(report.document)


def file_of(report: Report, now: datetime, form: str = EXCEL) -> bytes:
    """The bytes to download: as submitted, or drawn now for a draft. Word and PDF are drawn from the frozen cells.

    Raises:
        NotFound: the stored file is gone, or there is no such form.
        Conflict: the stored file no longer has the digest that was recorded.
    """
    wanted = form_called(form)
    if report.state == ReportState.DRAFT:
        return write_as(wanted, draft_of(report, now), now, draft=True)
    stored = _stored_file(report)
    if wanted.draw is None:
        return stored
    return write_as(wanted, document_of(report, now), report.submitted_at or now, digest=report.digest)


def form_called(form: str) -> Form:
    """A form by its ending.

    Raises:
        NotFound: there is none.
    """
    found = FORMS.get(form)
    if found is None:
        raise NotFound(message(_("A report comes as xlsx, docx or pdf.")))
    return found


def _stored_file(report: Report) -> bytes:
    """The Excel file as it was submitted."""
    kept = ReportFile.objects.filter(digest=report.digest).first()
    if kept is None:
        raise NotFound
    content = bytes(kept.content)
    if hashlib.sha256(content).hexdigest() != report.digest:
        raise Conflict(message(_("The stored file was changed after it was submitted; it is not handed out.")))
    return content
