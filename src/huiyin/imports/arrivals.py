"""A file arrives: it is stored, looked into, and becomes an import that waits for its columns."""

from __future__ import annotations

import shutil
import uuid
from pathlib import Path

from huiyin.imports.actions.begin_import import begin_import
from huiyin.imports.actions.look_again import look_again
from huiyin.imports.files import Layout, Limits, look
from huiyin.imports.files.limits import too_big
from huiyin.imports.kinds import import_kind
from huiyin.imports.models import ImportRun
from huiyin.imports.queries.runs import folder, kind_of, limits
from huiyin.kernel.call import Call
from huiyin.kernel.refusal import Conflict, Refused, Repeated
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


def new_name() -> str:
    """A name for a stored file that says nothing about it."""
    return uuid.uuid4().hex


def store_copy(path: Path) -> str:
    """Copies a file of this machine into the imports folder; returns its stored name.

    Raises:
        Unreadable: it is larger than allowed.
    """
    check_size(path.stat().st_size, limits())
    name = new_name()
    shutil.copyfile(path, folder() / name)
    return name


def check_size(size: int, bounds: Limits) -> None:
    """Refuses a file before its bytes are taken.

    Raises:
        Unreadable: it is larger than allowed.
    """
    if size > bounds.max_file_bytes:
        raise too_big(bounds.max_file_bytes)


def receive(call: Call, *, kind: str, name: str, stored: str, wanted: Layout | None = None) -> ImportRun:
    """Looks into a stored file and makes an import of it; a file that cannot be read is thrown away.

    Raises:
        Unreadable: it is no table.
        Repeated: the same call brought it before; this second copy is thrown away.
    """
    path = folder() / stored
    try:
        looked = look(path, import_kind(kind).known(), limits(), wanted)
        return begin_import(call, kind=kind, name=name, file=stored, size=path.stat().st_size, looked=looked)
    except (Refused, Repeated):
        path.unlink(missing_ok=True)
        raise


def read_otherwise(call: Call, run: ImportRun, wanted: Layout) -> ImportRun:
    """Looks again with the encoding, separator, sheet or heading row that a person chose.

    Raises:
        Unreadable: it cannot be read this way.
        Conflict: the file is no longer here, or its columns may not be changed any more.
    """
    if not run.file:
        raise Conflict(message(_("This file is no longer kept. Bring it again.")))
    looked = look(folder() / run.file, kind_of(run).known(), limits(), wanted)
    return look_again(call, run.pk, looked=looked)
