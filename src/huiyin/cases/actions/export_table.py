"""Writes the problem tracking table as a long Excel file, by the worker, in slices that can be stopped and taken up."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.utils import translation

from huiyin.cases.models import ExportState, TableExport
from huiyin.cases.queries.settings import conduct_at
from huiyin.cases.queries.tracking import all_problems, counted, problems
from huiyin.cases.rules.tracking import TrackingFilter
from huiyin.cases.tracking.table import cells, columns, heading, name_of_table
from huiyin.documents.public import Cell, excel_file
from huiyin.foundation.actions import Act, action
from huiyin.foundation.files import discard, keep_apart
from huiyin.kernel.refusal import Forbidden, Refused
from huiyin.organisation.public import Department, actor_of

FOLDER = "case-tables"


class Stopped(Exception):
    """Somebody stopped the work."""


@action("cases.ask_export", needs="cases.track")
def ask_export(act: Act, wanted: TrackingFilter, *, language: str) -> TableExport:
    """Asks the worker for the file; only the asker gets it, with what he may see."""
    rows = problems(act.actor, wanted, act.now)
    if act.actor.staff_id is None:
        raise Forbidden
    export = TableExport.objects.create(
        wanted=as_json(wanted),
        language=language,
        total=rows.count(),
        asked_by_id=act.actor.staff_id,
        asked_at=act.now,
    )
    act.record(export, rows=export.total)
    return export


@action("cases.stop_export", needs="cases.track")
def stop_export(act: Act, export_id: int) -> TableExport:
    """Stops the work; what was written is thrown away. Stopping twice changes nothing."""
    export = act.lock(TableExport.objects.filter(asked_by_id=act.actor.staff_id), export_id)
    if export.working and not export.stop_wanted:
        export.stop_wanted = True
        export.save(update_fields=["stop_wanted"])
        act.record(export)
    return export


def write_export(export_id: int, now: datetime) -> bool:
    """Writes the file and keeps it; whether it did. Safe to be killed and to run again: it begins anew.

    How far it is stands in the row after every slice; a stop is heeded there. It runs outside any transaction.
    """
    asked = TableExport.objects.select_related("asked_by").filter(pk=export_id).first()
    if asked is None or not asked.working:
        return False
    TableExport.objects.filter(pk=export_id).update(state=ExportState.RUNNING, done=0)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "table.xlsx"
        try:
            _write(asked, str(place), now)
        except (Stopped, Refused):  # refused: the view it was narrowed to is gone, and no later round would find it
            _end(export_id, ExportState.CANCELLED, now)
            return False
        file = keep_apart(FOLDER, place.read_bytes())
    if not _end(export_id, ExportState.DONE, now, file=file):
        discard(file)
    return True


def _write(asked: TableExport, place: str, now: datetime) -> None:
    wanted, actor = from_json(asked.wanted), actor_of(asked.asked_by)
    rows = problems(actor, wanted, now)
    department = Department.objects.filter(pk=wanted.department or 0).values_list("name", flat=True).first() or ""
    with translation.override(asked.language):
        head = list(heading(wanted, counted(rows, now), department))
        excel_file(place, name_of_table(), head, columns(), _told(asked, all_problems(rows)), now)


def _told(asked: TableExport, pieces: Iterator[list[Any]]) -> Iterator[tuple[Cell, ...]]:
    done = 0
    for piece in pieces:
        yield from (cells(problem) for problem in piece)
        done += len(piece)
        TableExport.objects.filter(pk=asked.pk).update(done=done)
        if TableExport.objects.filter(pk=asked.pk, stop_wanted=True).exists():
            raise Stopped


def _end(export_id: int, state: str, now: datetime, *, file: str = "") -> int:
    """Only work that has not ended ends; a twin that was faster keeps its file."""
    running = TableExport.objects.filter(pk=export_id, state=ExportState.RUNNING)
    return running.update(state=state, ended_at=now, file=file)


def forget_exports(now: datetime) -> int:
    """Files whose days are over go, with their rows; returns how many."""
    old = TableExport.objects.filter(asked_at__lt=now - timedelta(days=conduct_at(now).export_days))
    for export in old:
        discard(export.file) if export.file else None
    return old.delete()[0]


def as_json(wanted: TrackingFilter) -> dict[str, Any]:
    """A filter as JSON that :func:`from_json` reads back."""
    return asdict(wanted) | {"first": wanted.first.isoformat(), "last": wanted.last.isoformat()}


def from_json(data: dict[str, Any]) -> TrackingFilter:
    """A filter that was kept."""
    days = {name: date.fromisoformat(data[name]) for name in ("first", "last")}
    return TrackingFilter(**(data | days))
