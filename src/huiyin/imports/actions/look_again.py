"""A person chose another encoding, separator, sheet or heading row: looks into the file again."""

from __future__ import annotations

from huiyin.foundation.actions import Act, action
from huiyin.imports.actions.begin_import import layout_fields, suggested
from huiyin.imports.actions.map_columns import editable, forget_rows
from huiyin.imports.files import Looked
from huiyin.imports.kinds import import_kind
from huiyin.imports.models import ImportRun


@action("imports.look_again", needs="imports.run")
def look_again(act: Act, run_id: int, *, looked: Looked) -> ImportRun:
    """Keeps the new layout and suggests the columns anew."""
    run = editable(act, run_id)
    for name, value in layout_fields(looked).items():
        setattr(run, name, value)
    run.columns = looked.columns
    run.mapping, run.options = suggested(import_kind(run.kind), looked.columns)
    forget_rows(run)
    run.save()
    return run
