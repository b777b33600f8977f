"""Imports as people see them: what is allowed, where it stands, which rows were left out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from huiyin.imports.files import Layout, Limits
from huiyin.imports.kinds import ImportKind, import_kind, import_kinds
from huiyin.imports.models import ImportLimits, ImportRun, RowError, RunState, SavedMapping
from huiyin.kernel.actor import Actor, ActorKind, Scope
from huiyin.kernel.refusal import Forbidden, NotFound

WORKING = (RunState.READING, RunState.CHECKING, RunState.WRITING)


def limits() -> Limits:
    """The limits in force."""
    row = ImportLimits.objects.order_by("-id").first() or ImportLimits()
    return Limits(
        max_file_bytes=row.max_file_bytes,
        max_unpacked_bytes=row.max_unpacked_bytes,
        max_rows=row.max_rows,
        max_columns=row.max_columns,
        batch_rows=row.batch_rows,
    )


def folder() -> Path:
    """Where files that come in are kept; made if it is missing, for our eyes only."""
    path = Path(settings.MEDIA_ROOT) / "imports"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def kinds_for(actor: Actor) -> list[ImportKind]:
    """The kinds of file this person may bring."""
    return [kind for kind in import_kinds().values() if actor.may(kind.needs)]


def runs_for(actor: Actor) -> QuerySet[ImportRun]:
    """Imports this person may look at: of the kinds this person may bring; somebody of a store only the own ones."""
    runs = ImportRun.objects.filter(kind__in=[kind.code for kind in kinds_for(actor)]).select_related("started_by")
    return runs.filter(started_by=actor.id) if actor.store_ids and actor.scope is not Scope.ALL else runs


def layout_of(run: ImportRun) -> Layout:
    """How the run's file is read."""
    return Layout(encoding=run.encoding, delimiter=run.delimiter, sheet=run.sheet, header_row=run.header_row)


def saved_mappings(kind: str) -> QuerySet[SavedMapping]:
    """Mappings people saved for a kind."""
    return SavedMapping.objects.filter(kind=kind).order_by("name")


def row_errors(run: ImportRun) -> QuerySet[RowError]:
    """Rows left out, in the order of the file."""
    return run.errors.order_by("row_no", "id")


def may_see_cells(actor: Actor, run: ImportRun) -> bool:
    """Whether the person brought the file: its cells are full personal data, others see counts only (PRV-1)."""
    return actor.kind is ActorKind.SYSTEM or (actor.id is not None and run.started_by_id == actor.id)


@dataclass(frozen=True)
class Progress:
    """Where an import stands, for a bar: percent is None while the number of rows is not known yet."""

    state: str
    label: str
    working: bool
    rows: int
    percent: int | None


def progress_of(run: ImportRun) -> Progress:
    """The progress of a run."""
    counted = run.state in (RunState.CHECKING, RunState.WRITING)
    percent = int(100 * run.rows_done / max(run.rows_read, 1)) if counted else None
    rows = run.rows_done if counted else run.rows_read
    return Progress(run.state, str(RunState(run.state).label), run.state in WORKING, rows, percent)


def kind_of(run: ImportRun) -> ImportKind:
    """The kind of a run."""
    return import_kind(run.kind)


def run_seen_by(actor: Actor, run_id: int) -> ImportRun:
    """The import, if this person may look at it.

    Raises:
        NotFound: there is none, or it is of a kind this person may not bring.
    """
    run = runs_for(actor).filter(pk=run_id).first()
    if run is None:
        raise NotFound
    return run


def own_run(actor: Actor, run_id: int) -> ImportRun:
    """The import, if this person brought the file and may see its cells.

    Raises:
        NotFound: there is none in sight.
        Forbidden: somebody else brought it.
    """
    run = run_seen_by(actor, run_id)
    if not may_see_cells(actor, run):
        raise Forbidden
    return run
