"""The ledger: every movement of every part, newest first."""

from __future__ import annotations

from django.http import HttpResponse

from huiyin.foundation.keyset import keyset
from huiyin.foundation.pages import Request, page, show
from huiyin.spare_parts.queries.stock import movements_of


@page("spare-parts/ledger/", name="part-ledger", needs="spare_parts.see")
def part_ledger(request: Request) -> HttpResponse:
    """Movements, newest first."""
    rows = keyset(movements_of(request.actor), order=("-id",), after=request.GET.get("after"), size=50)
    return show(request, "spare_parts/ledger.html", rows)
