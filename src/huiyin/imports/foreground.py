"""Brings a file from start to end in one go, for the command line and for set-up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from huiyin.imports.actions.map_columns import map_columns
from huiyin.imports.actions.start_import import start_import
from huiyin.imports.arrivals import receive, store_copy
from huiyin.imports.engine.advance import advance
from huiyin.imports.files import Layout
from huiyin.imports.kinds import ImportKind, import_kind
from huiyin.imports.models import ImportRun
from huiyin.imports.queries.runs import saved_mappings
from huiyin.imports.rules.headings import by_headings
from huiyin.kernel.call import Call
from huiyin.kernel.refusal import Invalid, NotFound
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


def bring(
    call: Call,
    *,
    path: Path,
    kind: str,
    mapping: str = "auto",
    options: Mapping[str, str] | None = None,
    encoding: str = "",
    trial: bool = False,
    told: Callable[[ImportRun], None] = lambda _run: None,
) -> ImportRun:
    """Stores, maps and imports (or only tries) the file at ``path``; returns the run as it ended.

    Raises:
        Invalid: the file cannot be read, its encoding is doubtful, or columns are missing.
        NotFound: there is no such kind or mapping.
    """
    declared = import_kind(kind)
    wanted = Layout(encoding=encoding, delimiter="", header_row=0) if encoding else None
    run = receive(call, kind=kind, name=path.name, stored=store_copy(path), wanted=wanted)
    if not run.encoding and run.delimiter:
        raise Invalid(message(_("The encoding of the file is not certain. Name it.")))
    columns, chosen = mapping_called(declared, run, mapping)
    map_columns(call, run.pk, mapping=columns, options={**chosen, **(options or {})})
    start_import(call, run.pk, trial=trial, background=False)
    advance(call, run.pk, told=told)
    return ImportRun.objects.get(pk=run.pk)


def mapping_called(kind: ImportKind, run: ImportRun, name: str) -> tuple[dict[str, int], dict[str, str]]:
    """Columns and options of the saved or ready-made mapping called ``name``; ``auto`` is what was suggested.

    Raises:
        NotFound: there is no mapping of this name.
    """
    if name == "auto":
        return run.mapping, run.options
    saved = saved_mappings(kind.code).filter(name=name).first()
    if saved is not None:
        return by_headings(run.columns, saved.headings), saved.options
    preset = kind.preset(name)
    if preset is None:
        raise NotFound(message(_("There is no mapping called “%(name)s” for this kind."), name=name))
    return by_headings(run.columns, preset.headings), dict(preset.options)
