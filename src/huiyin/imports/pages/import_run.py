"""One import from its columns to its result: the page shows what can be done in the state it is in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext

from huiyin.foundation.api import outcome
from huiyin.foundation.forms import say
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.imports.actions.map_columns import map_columns
from huiyin.imports.actions.start_import import start_import
from huiyin.imports.actions.stop_import import stop_import
from huiyin.imports.arrivals import read_otherwise
from huiyin.imports.files import Layout, Unreadable
from huiyin.imports.forms import MappingForm, ready_made, use_mapping
from huiyin.imports.models import ImportRun, RunState
from huiyin.imports.queries.preview import Preview, preview_of
from huiyin.imports.queries.row_errors import said
from huiyin.imports.queries.runs import Progress, kind_of, may_see_cells, progress_of, row_errors, run_seen_by
from huiyin.kernel.call import Call
from huiyin.kernel.refusal import Invalid, Refused

ERRORS_SHOWN = 50
EDITABLE = (RunState.UPLOADED, RunState.CHECKED, RunState.FAILED, RunState.CANCELLED)


@dataclass(frozen=True)
class ShownError:
    """A row left out."""

    row: int
    field: str
    why: str


@dataclass(frozen=True)
class ImportPage:
    """An import as it stands."""

    run: ImportRun
    label: str
    hint: str
    progress: Progress
    form: forms.Form | None
    preview: Preview | None
    errors: list[ShownError]
    beside: list[tuple[str, int]]
    failure: str
    can_go_on: bool
    seconds: float | None
    leads_to: str
    ready_made: list[tuple[str, str, int]]

    @property
    def tried(self) -> bool:
        """Whether a trial run is done, so that the import itself is the next step."""
        return self.run.trial and self.run.state == RunState.CHECKED


@page("imports/<int:run_id>/", name="import", needs="imports.run")
def import_page(request: Request, run_id: int) -> HttpResponse:
    """The import; while its columns can be chosen, the form stands on it."""
    run = run_seen_by(request.actor, run_id)
    if not _editable(run):
        return _shown(request, run, None)
    use_mapping(run, request.GET.get("use", ""))
    return _shown(request, run, MappingForm(run))


def _editable(run: ImportRun) -> bool:
    return run.state in EDITABLE and (run.trial or not run.applied_to) and bool(run.file)


def _shown(request: Request, run: ImportRun, form: MappingForm | None, status: int = 200) -> HttpResponse:
    kind = kind_of(run)
    shows_cells = may_see_cells(request.actor, run)
    labels = {field.code: gettext(field.label) for field in kind.fields}
    errors = [
        ShownError(error.row_no, labels.get(error.field, ""), said(error.text, error.params))
        for error in (islice(row_errors(run), ERRORS_SHOWN) if shows_cells else ())
    ]
    context = ImportPage(
        run=run,
        label=gettext(kind.label),
        hint=gettext(kind.hint),
        progress=progress_of(run),
        form=form,
        preview=preview_of(run) if form and shows_cells else None,
        errors=errors,
        beside=[(gettext(name), count) for name, count in run.beside.items()],
        failure=said(run.failure["text"], run.failure["params"]) if run.failure else "",
        can_go_on=run.state in (RunState.FAILED, RunState.CANCELLED) and not run.trial and bool(run.applied_to),
        seconds=_seconds(run.started_at, run.finished_at),
        leads_to=kind.leads_to if run.state == RunState.DONE else "",
        ready_made=ready_made(run) if form else [],
    )
    return show(request, "imports/import.html", context, status=status)


def _seconds(start: datetime | None, end: datetime | None) -> float | None:
    return (end - start).total_seconds() if start and end else None


@page("imports/<int:run_id>/progress/", name="import-progress", needs="imports.run")
def progress_page(request: Request, run_id: int) -> HttpResponse:
    """The bar, asked for every second; when the work is over, the whole page is asked for."""
    run = run_seen_by(request.actor, run_id)
    progress = progress_of(run)
    answer = show(request, "imports/_progress.html", progress, run=run)
    if not progress.working:
        answer["HX-Refresh"] = "true"
    return answer


@page("imports/<int:run_id>/layout/", name="import-layout", needs="imports.run")
def layout_page(request: Request, run_id: int) -> HttpResponse:
    """Reads the file otherwise: another encoding, separator, sheet or heading row."""
    run = run_seen_by(request.actor, run_id)
    if request.method != "POST":
        return go("import", run_id)
    header = request.POST.get("header_row", "")
    wanted = Layout(
        encoding=request.POST.get("encoding", ""),
        delimiter=request.POST.get("delimiter", "").replace("tab", "\t")[:1],
        sheet=request.POST.get("sheet", ""),
        header_row=int(header) if header.isdigit() and len(header) < 10 else 0,  # noqa: PLR2004 - digits of a row
    )
    try:
        read_otherwise(call_of(request), run, wanted)
    except (Unreadable, LookupError) as refusal:
        why = say(refusal.why) if isinstance(refusal, Unreadable) else gettext("There is no such encoding.")
        messages.error(request, why)
    return go("import", run_id)


@page("imports/<int:run_id>/start/", name="import-start", needs="imports.run")
def start_page(request: Request, run_id: int) -> HttpResponse:
    """Keeps the columns and starts the trial or the import."""
    run = run_seen_by(request.actor, run_id)
    if request.method != "POST":
        return go("import", run_id)
    form = MappingForm(run, request.POST) if _editable(run) else None
    if form is not None and not form.is_valid():
        return _shown(request, run, form, status=422)
    try:
        if form is not None:
            outcome(map_columns, _plain_call(request), run_id, **form.given())
        outcome(start_import, call_of(request), run_id, trial=request.POST.get("do") == "trial")
    except Invalid as refusal:
        return _with_refusal(request, run, form, refusal)
    except Refused as refusal:
        messages.error(request, say(refusal.why))
    return go("import", run_id)


def _plain_call(request: Request) -> Call:
    call = call_of(request)
    return Call(actor=call.actor, now=call.now)


def _with_refusal(request: Request, run: ImportRun, form: MappingForm | None, refusal: Invalid) -> HttpResponse:
    if form is None:
        messages.error(request, say(refusal.why))
        return go("import", run.pk)
    for name, why in refusal.fields.items():
        form.add_error(f"field_{name}", say(why))
    form.add_error(None, say(refusal.why))
    return _shown(request, run, form, status=422)


@page("imports/<int:run_id>/stop/", name="import-stop", needs="imports.run")
def stop_page(request: Request, run_id: int) -> HttpResponse:
    """Stops after the present batch."""
    if request.method == "POST":
        try:
            outcome(stop_import, call_of(request), run_id)
        except Refused as refusal:
            messages.error(request, say(refusal.why))
    return go("import", run_id)
