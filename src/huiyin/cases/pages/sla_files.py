"""Policies of clocks as a file: out, and in after a look at what would change."""

from __future__ import annotations

from django.http import HttpResponse

from huiyin.cases.actions.import_sla import changes_in, import_sla
from huiyin.cases.queries.sla import company_day
from huiyin.cases.queries.sla_contents import exported
from huiyin.cases.rules.needs import CHANGE_CLOCKS
from huiyin.foundation import clock
from huiyin.foundation.file_page import Taking, as_file, file_page
from huiyin.foundation.pages import Request, page

TAKING = Taking(CHANGE_CLOCKS, changes_in, import_sla, back="sla")


@page("cases/clocks/files/", name="sla-files", needs="cases.see")
def files(request: Request) -> HttpResponse:
    """Exports, or looks at a file and takes it."""
    return file_page(request, "cases/sla_files.html", TAKING)


@page("cases/clocks/files/export/", name="sla-export", needs="cases.see")
def export(request: Request) -> HttpResponse:  # noqa: ARG001 - every page takes it
    """The newest version of every policy and the list as a JSON file."""
    return as_file(exported(), f"huiyin-clocks-{company_day(clock.now()).isoformat()}.json")
