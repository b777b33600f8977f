"""Calendars as a file: out, and in after a look at what would change (DIG-6)."""

from __future__ import annotations

from django.http import HttpResponse

from huiyin.foundation import clock
from huiyin.foundation.file_page import Taking, as_file, file_page
from huiyin.foundation.pages import Request, page
from huiyin.working_time.actions.import_calendars import NEEDS, changes_in, import_calendars
from huiyin.working_time.queries.calendar_files import exported

TAKING = Taking(NEEDS, changes_in, import_calendars, back="calendar")


@page("calendar/files/", name="calendar-files", needs="calendar.see")
def files(request: Request) -> HttpResponse:
    """Exports, or looks at a file and takes it."""
    return file_page(request, "working_time/files.html", TAKING)


@page("calendar/files/export/", name="calendar-export", needs="calendar.see")
def export(request: Request) -> HttpResponse:  # noqa: ARG001 - every page takes it
    """The newest version of every calendar as a JSON file."""
    return as_file(exported(), f"huiyin-calendars-{clock.now().date().isoformat()}.json")
