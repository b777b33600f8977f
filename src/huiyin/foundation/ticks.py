"""Periodic jobs after the server's clock was set back."""

from __future__ import annotations

from django.db import connection

_FORGET = "DELETE FROM procrastinate_periodic_defers WHERE defer_timestamp > extract(epoch FROM clock_timestamp()) + 60"


def forget_ticks_ahead() -> int:
    """Forgets which periodic jobs ran at moments that lie ahead; returns how many.

    Each moment of a periodic job is taken once. Where the clock was set back by hours, its moments would all count as
    taken until it has caught up, and no promise would become late meanwhile. The jobs themselves are safe to run twice.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FORGET)
        return int(cursor.rowcount)
