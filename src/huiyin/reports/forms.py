"""The forms in which a document can be taken away: Excel, Word, PDF (REP-3)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from huiyin.documents.public import EXCEL_MIME, PDF_MIME, WORD_MIME, Document, Paper, excel_of, pdf_of, word_of
from huiyin.reports.paper import paper_of

EXCEL = "xlsx"


@dataclass(frozen=True)
class Form:
    """A file format: its ending, media type, and how a paper is drawn in it (Excel draws the cells themselves)."""

    ending: str
    mime: str
    draw: Callable[[Paper], bytes] | None = None


FORMS = {
    form.ending: form
    for form in (Form(EXCEL, EXCEL_MIME), Form("docx", WORD_MIME, word_of), Form("pdf", PDF_MIME, pdf_of))
}


def write_as(form: Form, document: Document, made_at: datetime, *, draft: bool = False, digest: str = "") -> bytes:
    """The document's bytes in a form."""
    if form.draw is None:
        return excel_of(document, made_at)
    return form.draw(paper_of(document, made_at, draft=draft, digest=digest))
