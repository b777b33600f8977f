"""The forms in which a document can be taken away: Excel, Word, PDF (REP-3)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from huiyin.documents.public import PDF_MIME, WORD_MIME, Paper, pdf_of, word_of
from huiyin.reports.excel import MIME as EXCEL_MIME
from huiyin.reports.excel import write_excel
from huiyin.reports.paper import paper_of
from huiyin.reports.rules.sheets import Document

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
        return write_excel(document, made_at)
    return form.draw(paper_of(document, made_at, draft=draft, digest=digest))
