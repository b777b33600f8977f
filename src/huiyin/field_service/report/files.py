"""The files in which a report is taken away: Word and PDF."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse

from huiyin.documents.public import PDF_MIME, WORD_MIME, pdf_of, picture_of, word_of
from huiyin.field_service.models import ServiceReport, SiteVisit
from huiyin.field_service.queries.sheet import sheet_of
from huiyin.field_service.report.paper import language_of, report_paper
from huiyin.foundation.file_answer import made_file_answer
from huiyin.foundation.files import kept
from huiyin.kernel.refusal import NotFound
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

MIMES = {"docx": WORD_MIME, "pdf": PDF_MIME}
DRAWN = {"docx": word_of, "pdf": pdf_of}


def _signature(report: ServiceReport) -> bytes | None:
    """The picture of the signature; None where it is gone or broken, and nothing where nobody has signed."""
    try:
        return picture_of(kept(report.signature)) if report.signature else b""
    except OSError:
        return None


def file_answer(visit: SiteVisit, report: ServiceReport, ending: str, *, language: str, now: datetime) -> HttpResponse:
    """The file to save under its name; nobody on the way may keep a copy.

    Raises:
        NotFound: there is no such form.
    """
    if ending not in MIMES:
        raise NotFound(message(_("A report comes as docx or pdf.")))
    paper = report_paper(
        report, sheet_of(visit, report), language=language_of(language), now=now, signature=_signature(report)
    )
    return made_file_answer(DRAWN[ending](paper), MIMES[ending], f"{paper.title}-{paper.number}.{ending}")
