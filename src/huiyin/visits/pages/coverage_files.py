"""The coverage report as Excel and CSV."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse

from huiyin.documents.public import EXCEL_MIME, csv_of, excel_of
from huiyin.foundation import clock
from huiyin.foundation.pages import Request, page
from huiyin.visits.pages.covered import report_of
from huiyin.visits.queries.coverage_tables import document_of


@page("plan/coverage.xlsx", name="coverage-excel", needs="visits.see_plan")
def coverage_excel(request: Request) -> HttpResponse:
    """Strata with all fates, and the reasons, as Excel."""
    document = document_of(report_of(request))
    return _file(excel_of(document, clock.now()), EXCEL_MIME, f"{document.name}.xlsx")


@page("plan/coverage.csv", name="coverage-csv", needs="visits.see_plan")
def coverage_csv(request: Request) -> HttpResponse:
    """One line a stratum with all its numbers, as CSV."""
    document = document_of(report_of(request))
    return _file(csv_of(document.sheets[0]).encode(), "text/csv; charset=utf-8", f"{document.name}.csv")


def _file(content: bytes, mime: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=mime)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer
