"""Imports over the API: bring a file, say its columns, try, start, watch, stop, and get the rows left out."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext
from ninja import File, Form, Query, Router, Status
from ninja.decorators import decorate_view
from ninja.files import UploadedFile

from huiyin.foundation.api import ApiRequest, Cursor, Page, Problem, answers, call_of_api, needs, outcome, page_of
from huiyin.foundation.forms import say
from huiyin.imports.actions.start_import import start_import
from huiyin.imports.actions.stop_import import stop_import
from huiyin.imports.bringing import Columns, bring_mapped, read_as, set_columns
from huiyin.imports.error_files import errors_as_csv, errors_as_xlsx
from huiyin.imports.files import Layout, Unreadable
from huiyin.imports.models import RowError
from huiyin.imports.queries.preview import Preview, preview_of
from huiyin.imports.queries.row_errors import said
from huiyin.imports.queries.runs import kinds_for, own_run, row_errors, run_seen_by, runs_for
from huiyin.imports.schemas import (
    ColumnsIn,
    KindOut,
    LayoutIn,
    PreviewOut,
    ProgressOut,
    RowErrorOut,
    RunOut,
    StartIn,
    UploadIn,
    kind_out,
    progress_out,
    run_out,
)
from huiyin.imports.uploads import TOO_LARGE, StoredFile, takes_api_uploads
from huiyin.kernel.refusal import Invalid, NotFound
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

PREFIX = "/imports"
router = Router(tags=["imports"])
auth = needs("imports.run")


def _not_taken(refusal: Unreadable, status: int) -> HttpResponse:
    """The problem of a file that was stopped on its way, before the operation saw it."""
    too_large = status == TOO_LARGE
    why = Problem(
        code="too_large" if too_large else "invalid",
        title=gettext("Too large") if too_large else gettext("Wrong values"),
        detail=say(refusal.why),
        fields={"file": say(refusal.why)},
    )
    answer = JsonResponse(why.dict(), status=status)
    answer["Connection"] = "close"
    return answer


@router.get("/kinds", auth=auth, response=answers(list[KindOut]))
def list_import_kinds(request: ApiRequest) -> list[KindOut]:
    """The kinds of file you may bring, with their fields, options and mappings."""
    return [kind_out(kind) for kind in kinds_for(request.actor)]


@router.get("", auth=auth, response=answers(Page[RunOut]))
def list_imports(request: ApiRequest, cursor: Query[Cursor]) -> Page[RunOut]:
    """Imports so far, newest first."""
    return page_of(runs_for(request.actor), order=("-id",), cursor=cursor, out=run_out)


@router.post("", auth=auth, response={**answers(RunOut, 201), TOO_LARGE: Problem})
@decorate_view(takes_api_uploads(refuse=_not_taken))
def bring_file(request: ApiRequest, data: Form[UploadIn], file: File[UploadedFile]) -> Status[RunOut]:
    """Takes a file (multipart) and looks into it; nothing is imported before the start.

    With an ``Idempotency-Key`` a repeated upload makes no second import.
    """
    if not isinstance(file, StoredFile):
        why = message(_("Choose a file."))
        raise Invalid(why, {"file": why})
    said_columns = Columns(data.mapping, data.columns, data.options or {}, data.save_as)
    pk = outcome(
        bring_mapped,
        call_of_api(request),
        kind=data.kind,
        name=str(file.name),
        stored=file.stored,
        encoding=data.encoding,
        columns=said_columns,
    )
    return Status(201, run_out(run_seen_by(request.actor, pk)))


@router.get("/{int:run_id}", auth=auth, response=answers(RunOut))
def get_import(request: ApiRequest, run_id: int) -> RunOut:
    """One import as it stands."""
    return run_out(run_seen_by(request.actor, run_id))


@router.get("/{int:run_id}/progress", auth=auth, response=answers(ProgressOut))
def get_import_progress(request: ApiRequest, run_id: int) -> ProgressOut:
    """How far the work got."""
    return progress_out(run_seen_by(request.actor, run_id))


@router.get("/{int:run_id}/preview", auth=auth, response=answers(PreviewOut))
def get_import_preview(request: ApiRequest, run_id: int) -> Preview:
    """The first rows, for whoever brought the file."""
    run = own_run(request.actor, run_id)
    preview = preview_of(run) if run.file else None
    if preview is None:
        raise NotFound
    return preview


@router.put("/{int:run_id}/columns", auth=auth, response=answers(RunOut))
def set_import_columns(request: ApiRequest, run_id: int, data: ColumnsIn) -> RunOut:
    """Says which column feeds which field, before the start."""
    said_columns = Columns(data.mapping, data.columns, data.options, data.save_as)
    outcome(set_columns, call_of_api(request), run_seen_by(request.actor, run_id), said_columns)
    return run_out(run_seen_by(request.actor, run_id))


@router.put("/{int:run_id}/layout", auth=auth, response=answers(RunOut))
def set_import_layout(request: ApiRequest, run_id: int, data: LayoutIn) -> RunOut:
    """Reads the file otherwise: another encoding, separator, sheet or heading row; columns are suggested anew."""
    outcome(read_as, call_of_api(request), run_seen_by(request.actor, run_id), Layout(**data.dict()))
    return run_out(run_seen_by(request.actor, run_id))


@router.post("/{int:run_id}/start", auth=auth, response=answers(RunOut))
def start_import_run(request: ApiRequest, run_id: int, data: StartIn) -> RunOut:
    """Starts a trial run or the import itself, or goes on with a stopped one; the worker does it."""
    outcome(start_import, call_of_api(request), run_id, trial=data.trial)
    return run_out(run_seen_by(request.actor, run_id))


@router.post("/{int:run_id}/stop", auth=auth, response=answers(RunOut))
def stop_import_run(request: ApiRequest, run_id: int) -> RunOut:
    """Stops after the present batch; what was written stays."""
    outcome(stop_import, call_of_api(request), run_id)
    return run_out(run_seen_by(request.actor, run_id))


@router.get("/{int:run_id}/errors", auth=auth, response=answers(Page[RowErrorOut]))
def list_import_errors(request: ApiRequest, run_id: int, cursor: Query[Cursor]) -> Page[RowErrorOut]:
    """The rows left out with their reasons, for whoever brought the file."""
    rows = row_errors(own_run(request.actor, run_id))
    return page_of(rows, order=("row_no", "id"), cursor=cursor, out=_error)


@router.get("/{int:run_id}/errors.csv", auth=auth, response=answers(None))
def get_import_errors_csv(request: ApiRequest, run_id: int) -> HttpResponse:
    """The rows left out as CSV, to correct and bring again."""
    return errors_as_csv(request.actor, run_id)


@router.get("/{int:run_id}/errors.xlsx", auth=auth, response=answers(None))
def get_import_errors_xlsx(request: ApiRequest, run_id: int) -> HttpResponse:
    """The rows left out as a workbook, to correct and bring again."""
    return errors_as_xlsx(request.actor, run_id)


def _error(error: RowError) -> RowErrorOut:
    return RowErrorOut(row=error.row_no, field=error.field, why=said(error.text, error.params), cells=error.cells)
