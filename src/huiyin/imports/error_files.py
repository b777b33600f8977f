"""Rows that were left out, as files to correct and bring again: CSV and Excel."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import xlsxwriter
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils.translation import get_language, gettext, override

from huiyin.imports.models import ImportRun
from huiyin.imports.queries.row_errors import error_table
from huiyin.imports.queries.runs import own_run
from huiyin.kernel.actor import Actor

MOST_EXCEL_ROWS = 1_000_000


def errors_as_csv(actor: Actor, run_id: int) -> HttpResponse:
    """The rows left out as CSV, with a mark that tells Excel it is UTF-8.

    Raises:
        NotFound: no such import in sight.
        Forbidden: another person brought the file.
    """
    run = own_run(actor, run_id)
    answer = StreamingHttpResponse(_lines(run), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="errors-{run.pk}.csv"'
    return answer  # type: ignore[return-value]  # a streaming answer is an answer


def errors_as_xlsx(actor: Actor, run_id: int) -> HttpResponse:
    """The rows left out as a workbook of texts; nothing in it is a formula or a link.

    Raises:
        NotFound: no such import in sight.
        Forbidden: another person brought the file.
    """
    run = own_run(actor, run_id)
    buffer = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(error_table(run, _headings())):
            if place >= MOST_EXCEL_ROWS:
                break
            for column, cell in enumerate(row):
                sheet.write_string(place, column, cell)
    buffer.seek(0)
    return FileResponse(buffer, as_attachment=True, filename=f"errors-{run.pk}.xlsx")  # type: ignore[return-value]


def _headings() -> tuple[str, str]:
    return gettext("Row"), gettext("Reason")


def _lines(run: ImportRun) -> Iterator[str]:
    language = get_language() or "zh-hans"
    with override(language):
        headings = _headings()
        buffer = io.StringIO()
        writer = csv.writer(buffer)
        buffer.write("\ufeff")
        for row in error_table(run, headings):
            writer.writerow(row)
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
