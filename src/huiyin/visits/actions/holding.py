"""Who changes a week's plan at a time: one drawing or publishing, or single moves one after the other."""

from __future__ import annotations

from datetime import date

from django.db import connection

from huiyin.kernel.refusal import Conflict
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

WEEK, PLACES = 0x76697369, 0x7669736A  # spaces of advisory locks, keyed by the week's Monday


def hold_week(monday: date) -> None:
    """Keeps the week for the drawing or publishing that runs in this transaction; waits for others."""
    _lock("pg_advisory_xact_lock", WEEK, monday)


def hold_places(monday: date) -> None:
    """Keeps the week's places until the transaction ends, so that a free one is given away once; waits for others.

    Rows are to be locked before, never after: who waits here holds nothing that the others need.
    """
    _lock("pg_advisory_xact_lock", PLACES, monday)


def join_week(monday: date) -> None:
    """Keeps drawing and publishing away until the transaction ends; single moves may go on.

    Raises:
        Conflict: the week is being drawn or published right now.
    """
    if not _lock("pg_try_advisory_xact_lock_shared", WEEK, monday):
        raise Conflict(message(_("This week is being planned right now; try again in a moment.")))


def _lock(function: str, space: int, monday: date) -> object:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s, %s)", [space, monday.toordinal()])
        return cursor.fetchone()[0]
