"""A long tracking table on its way: how far it is, stop, download."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

from django.http import HttpResponse

from huiyin.cases.actions.export_table import from_json, stop_export
from huiyin.cases.models import TableExport
from huiyin.cases.queries.exports import content_of, export_of
from huiyin.cases.tracking.file import file_name
from huiyin.cases.tracking.table import name_of_table
from huiyin.documents.public import EXCEL_MIME
from huiyin.foundation.file_answer import made_file_answer
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.kernel.refusal import Repeated


@dataclass(frozen=True)
class ExportPage:
    """The work and what it is called."""

    export: TableExport
    name: str


@page("cases/tracking/exports/<int:export_id>/", name="case-tracking-export", needs="cases.track")
def tracking_export(request: Request, export_id: int) -> HttpResponse:
    """How far it is; a POST stops it."""
    export = export_of(request.actor, export_id)
    if request.method == "POST":
        with contextlib.suppress(Repeated):
            stop_export(call_of(request), export_id)
        return go("case-tracking-export", export_id)
    template = "cases/_tracking_export.html" if request.htmx else "cases/tracking_export.html"
    return show(request, template, ExportPage(export, name_of_table()))


@page("cases/tracking/exports/<int:export_id>/file/", name="case-tracking-export-file", needs="cases.track")
def tracking_export_file(request: Request, export_id: int) -> HttpResponse:
    """The finished file."""
    export = export_of(request.actor, export_id)
    return made_file_answer(content_of(export), EXCEL_MIME, f"{file_name(from_json(export.wanted))}.xlsx")
