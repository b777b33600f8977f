"""A file has come in: keeps what was seen at the first look and suggests the columns."""

from __future__ import annotations

from huiyin.foundation.actions import Act, action
from huiyin.imports.files import Looked
from huiyin.imports.kinds import ImportKind, import_kind
from huiyin.imports.models import ImportRun
from huiyin.imports.rules.headings import by_headings, suggest
from huiyin.kernel.refusal import Forbidden


@action("imports.begin", needs="imports.run")
def begin_import(act: Act, *, kind: str, name: str, file: str, size: int, looked: Looked) -> ImportRun:
    """Makes the run of a file that lies in the imports folder as ``file``; nothing is imported yet."""
    declared = import_kind(kind)
    if not act.actor.may(declared.needs):
        raise Forbidden
    mapping, options = suggested(declared, looked.columns)
    run = ImportRun.objects.create(
        kind=kind,
        name=name[:200],
        file=file,
        size=size,
        columns=looked.columns,
        mapping=mapping,
        options=options,
        started_by_id=act.actor.id,
        created_at=act.now,
        **layout_fields(looked),
    )
    act.record(run, kind=kind, size=size)
    return run


def layout_fields(looked: Looked) -> dict[str, str | int]:
    """What a look found out, as fields of the run."""
    return {
        "encoding": looked.layout.encoding if looked.certain else "",
        "delimiter": looked.layout.delimiter,
        "sheet": looked.layout.sheet,
        "header_row": looked.layout.header_row,
    }


def suggested(kind: ImportKind, columns: list[str]) -> tuple[dict[str, int], dict[str, str]]:
    """The ready-made mapping all of whose headings the file has (the largest one), else one by the words."""
    best: dict[str, int] = {}
    options: dict[str, str] = {}
    for preset in kind.presets:
        found = by_headings(columns, preset.headings)
        if len(found) == len(preset.headings) and len(found) > len(best):
            best, options = found, dict(preset.options)
    return (best, kind.chosen(options)) if best else (suggest(columns, kind.known()), kind.chosen({}))
