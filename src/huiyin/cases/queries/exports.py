"""Files that were asked for, for those who asked."""

from __future__ import annotations

from huiyin.cases.models import ExportState, TableExport
from huiyin.foundation.files import kept
from huiyin.kernel.actor import Actor
from huiyin.kernel.refusal import NotFound


def export_of(actor: Actor, export_id: int) -> TableExport:
    """One file of the actor's own.

    Raises:
        NotFound: there is none.
    """
    found = TableExport.objects.filter(pk=export_id, asked_by_id=actor.staff_id).first()
    if found is None:
        raise NotFound
    return found


def content_of(export: TableExport) -> bytes:
    """The file's bytes.

    Raises:
        NotFound: it is not there yet, or no longer.
    """
    try:
        if export.state == ExportState.DONE:
            return kept(export.file)
    except FileNotFoundError:
        pass
    raise NotFound


def exports_to_write() -> list[int]:
    """What waits, or was left by a worker that died."""
    return list(
        TableExport.objects.filter(state__in=[ExportState.WAITING, ExportState.RUNNING])
        .order_by("pk")
        .values_list("pk", flat=True)
    )
