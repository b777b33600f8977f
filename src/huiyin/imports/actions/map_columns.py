"""Says which column feeds which field, and keeps the mapping for the next file if a name is given."""

from __future__ import annotations

from collections.abc import Mapping

from huiyin.foundation.actions import Act, action
from huiyin.imports.kinds import ImportKind, import_kind
from huiyin.imports.models import ImportPiece, ImportRun, RunState, SavedMapping
from huiyin.imports.queries.runs import WORKING, runs_for
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _


@action("imports.map_columns", needs="imports.run")
def map_columns(
    act: Act, run_id: int, *, mapping: Mapping[str, int], options: Mapping[str, str], save_as: str = ""
) -> ImportRun:
    """Sets mapping and options.

    Raises:
        Invalid: a needed column is missing or a column does not exist.
        Conflict: the import is running or has written rows already.
    """
    run = editable(act, run_id)
    kind = import_kind(run.kind)
    check_mapping(kind, mapping, len(run.columns))
    if dict(mapping) != run.mapping:
        forget_rows(run)
    run.mapping, run.options, run.state = dict(mapping), kind.chosen(options), RunState.UPLOADED
    run.save()
    if save_as.strip():
        _save(run, save_as.strip()[:80])
    return run


def editable(act: Act, run_id: int) -> ImportRun:
    """The run, locked, if its columns may still be changed."""
    run = act.lock(runs_for(act.actor), run_id)
    if run.state in WORKING:
        raise Conflict(message(_("This import is running. Stop it first.")))
    if run.state == RunState.DONE or (not run.trial and run.applied_to):
        raise Conflict(message(_("Rows of this file are imported already. Bring the file again to read it otherwise.")))
    return run


def check_mapping(kind: ImportKind, mapping: Mapping[str, int], columns: int) -> None:
    """Refuses a mapping without the columns the kind needs."""
    wrong: dict[str, Message] = {}
    for field in kind.fields:
        if field.required and field.code not in mapping:
            wrong[field.code] = message(_("Choose the column for this field."))
        elif not 0 <= mapping.get(field.code, 0) < max(columns, 1):
            wrong[field.code] = message(_("The file has no such column."))
    if kind.one_of and not set(kind.one_of) & set(mapping):
        wrong[kind.one_of[0]] = message(_("Choose a column for at least one of the fields that tell records apart."))
    if wrong:
        raise Invalid(message(_("The columns do not suffice for an import.")), wrong)


def forget_rows(run: ImportRun) -> None:
    """Empties the spool: its rows were grouped by another mapping."""
    ImportPiece.empty([run.pk])
    run.errors.all().delete()
    run.position = run.rows_read = run.rows_done = run.applied_to = 0
    run.new = run.changed = run.same = run.wrong = 0
    run.read_whole, run.beside, run.failure, run.state = False, {}, {}, RunState.UPLOADED


def _save(run: ImportRun, name: str) -> None:
    headings = {field: run.columns[index] for field, index in run.mapping.items()}
    SavedMapping.objects.update_or_create(
        kind=run.kind, name=name, defaults={"headings": headings, "options": run.options}
    )
