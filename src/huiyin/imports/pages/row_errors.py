"""Rows that were left out, to correct and bring again: as CSV and as Excel."""

from __future__ import annotations

from django.http import HttpResponse

from huiyin.foundation.pages import Request, page
from huiyin.imports.error_files import errors_as_csv, errors_as_xlsx


@page("imports/<int:run_id>/errors.csv", name="import-errors-csv", needs="imports.run")
def errors_csv_page(request: Request, run_id: int) -> HttpResponse:
    """The rows left out as CSV."""
    return errors_as_csv(request.actor, run_id)


@page("imports/<int:run_id>/errors.xlsx", name="import-errors-xlsx", needs="imports.run")
def errors_xlsx_page(request: Request, run_id: int) -> HttpResponse:
    """The rows left out as a workbook."""
    return errors_as_xlsx(request.actor, run_id)
