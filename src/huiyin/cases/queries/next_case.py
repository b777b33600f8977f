"""The next case of a view: what a person opens when one is done."""

from __future__ import annotations

from datetime import datetime

from huiyin.cases.models import Case
from huiyin.cases.queries.views import rows_of_view
from huiyin.cases.rules.views import View
from huiyin.foundation.keyset import keyset, write_cursor
from huiyin.kernel.actor import Actor


def next_case(actor: Actor, view: View, after: int | None, now: datetime) -> int | None:
    """The case that follows another one in a view, the first one after the last; None when there is no other.

    Raises:
        Invalid: the view's condition cannot be read any more.
    """
    rows = rows_of_view(actor, view, now).exclude(pk=after or 0).only(*_fields(view))
    place = Case.objects.visible_to(actor).filter(pk=after or 0).values_list(*_fields(view)).first()
    cursor = write_cursor(place) if place and None not in place else None
    found = keyset(rows, order=view.keys, after=cursor, size=1).rows
    if not found and cursor:
        found = keyset(rows, order=view.keys, after=None, size=1).rows
    return found[0].pk if found else None


def _fields(view: View) -> list[str]:
    return [name.lstrip("-") for name in view.keys]
