"""Chinese texts: compiles each room's catalogue when it is newer than what was compiled from it."""

from __future__ import annotations

import os
from pathlib import Path

SOURCE = Path(__file__).parent.parent


def catalogues(root: Path = SOURCE) -> list[Path]:
    """Every room's ``django.po``, in order."""
    return sorted(root.glob("*/locale/*/LC_MESSAGES/django.po"))


def is_stale(catalogue: Path) -> bool:
    """Whether the compiled file is missing or older than its catalogue."""
    compiled = catalogue.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime_ns < catalogue.stat().st_mtime_ns


def compile_messages(root: Path = SOURCE) -> list[Path]:
    """Compiles stale catalogues and returns them; harmless when several processes do it at once.

    A folder that cannot be written to is left as it was installed.
    """
    stale = [catalogue for catalogue in catalogues(root) if is_stale(catalogue)]
    return [catalogue for catalogue in stale if _compile(catalogue)]


def _compile(catalogue: Path) -> bool:
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - only when something is stale
    from babel.messages.pofile import read_po  # noqa: PLC0415

    compiled = catalogue.with_suffix(".mo")
    draft = compiled.with_name(f"{compiled.name}.{os.getpid()}")
    try:
        with catalogue.open("rb") as source, draft.open("wb") as target:
            write_mo(target, read_po(source, locale="zh_Hans"))
        draft.replace(compiled)
    except PermissionError:
        return False
    return True
