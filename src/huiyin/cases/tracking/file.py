"""The problem tracking table as a file that is small enough to be drawn while somebody waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huiyin.cases.queries.settings import conduct_at
from huiyin.cases.queries.tracking import all_problems, counted, problems
from huiyin.cases.rules.tracking import TrackingFilter
from huiyin.cases.tracking.table import cells, columns, heading, name_of_table, paper
from huiyin.documents.public import EXCEL_MIME, PDF_MIME, WORD_MIME, Document, Sheet, excel_of, pdf_of, word_of
from huiyin.kernel.actor import Actor
from huiyin.kernel.refusal import Conflict, NotFound
from huiyin.kernel.words import message
from huiyin.organisation.public import department_choices

PAPERS = {"pdf": (PDF_MIME, pdf_of), "docx": (WORD_MIME, word_of)}


@dataclass(frozen=True)
class TableFile:
    """A file to save under its name."""

    content: bytes
    mime: str
    name: str


def table_file(actor: Actor, wanted: TrackingFilter, ending: str, now: datetime) -> TableFile | None:
    """The table as ``xlsx``, ``docx`` or ``pdf`` in the reader's language; None: so long that the worker writes it.

    Raises:
        NotFound: no such kind of file. Conflict: more problems than paper holds.
    """
    if ending not in (*PAPERS, "xlsx"):
        raise NotFound
    rows = problems(actor, wanted, now)
    counts = counted(rows, now)
    if ending == "xlsx" and counts.total > conduct_at(now).export_rows_at_once:
        return None
    most = conduct_at(now).paper_rows
    if ending in PAPERS and counts.total > most:
        raise Conflict(
            message(_("Paper holds %(most)d problems at most. Narrow the filter, or take Excel."), most=most)
        )
    head = list(heading(wanted, counts, _department(wanted)))
    found = [problem for piece in all_problems(rows) for problem in piece]
    name = f"{file_name(wanted)}.{ending}"
    if ending == "xlsx":
        sheet = Sheet(name_of_table(), tuple(head), columns(), tuple(cells(problem) for problem in found))
        return TableFile(excel_of(Document(name_of_table(), (sheet,)), now), EXCEL_MIME, name)
    mime, draw = PAPERS[ending]
    language = "en" if (get_language() or "").startswith("en") else "zh-hans"
    return TableFile(draw(paper(head, found, language=language, made_at=now, by=actor.name)), mime, name)


def file_name(wanted: TrackingFilter) -> str:
    """What the file is called, without its ending."""
    return f"{name_of_table()}-{wanted.first:%Y%m%d}-{wanted.last:%Y%m%d}"


def _department(wanted: TrackingFilter) -> str:
    return next((name for key, name in department_choices() if int(key) == wanted.department), "")
