"""The forms in which the result is taken away: Excel, Word, PDF."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse

from huiyin.documents.public import EXCEL_MIME, PDF_MIME, WORD_MIME, excel_of, pdf_of, word_of
from huiyin.foundation.file_answer import made_file_answer
from huiyin.kernel.refusal import NotFound
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.promotions.models import GiftList
from huiyin.promotions.result_sheet.paper import result_paper
from huiyin.promotions.result_sheet.tables import result_tables
from huiyin.promotions.rules.sheet import Sheet

MIMES = {"xlsx": EXCEL_MIME, "docx": WORD_MIME, "pdf": PDF_MIME}
DRAWN = {"docx": word_of, "pdf": pdf_of}


def file_answer(gifts: GiftList, sheet: Sheet, ending: str, *, language: str, now: datetime) -> HttpResponse:
    """The file to save under its name; nobody on the way may keep a copy.

    Raises:
        NotFound: there is no such form.
    """
    if ending not in MIMES:
        raise NotFound(message(_("A result comes as xlsx, docx or pdf.")))
    paper = result_paper(gifts, sheet, language=language, now=now)
    if ending in DRAWN:
        content = DRAWN[ending](paper)
    else:
        content = excel_of(result_tables(gifts, sheet, language=language), gifts.signed_at or now)
    name = f"{paper.title}-{paper.number}".replace("/", "-")
    return made_file_answer(content, MIMES[ending], f"{name}.{ending}")
