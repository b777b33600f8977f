"""The merge queue."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _

from huiyin.customers.actions.merge import keep_apart, merge_customers, undo_merge
from huiyin.customers.models import MergeSuspect
from huiyin.customers.queries.duplicates import Pair, compare, merged_pairs, open_pairs
from huiyin.foundation.api import outcome
from huiyin.foundation.forms import say
from huiyin.foundation.keyset import KeysetPage, keyset
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.kernel.refusal import Conflict, Invalid

SHOWN = 10


@dataclass(frozen=True)
class DuplicatesPage:
    """Pairs to decide about, and merges that can be taken back."""

    pairs: list[Pair]
    pager: KeysetPage[MergeSuspect]
    merged: list[MergeSuspect]


@page("customers/duplicates/", name="duplicates", needs="customers.merge")
def duplicates_page(request: Request) -> HttpResponse:
    """Pairs that look like one customer, side by side."""
    pager = keyset(open_pairs(request.actor), order=("id",), after=request.GET.get("after"), size=SHOWN)
    merged = list(merged_pairs(request.actor)[:SHOWN])
    return show(request, "customers/duplicates.html", DuplicatesPage(compare(pager.rows), pager, merged))


@page("customers/duplicates/<int:suspect_id>/<slug:verb>/", name="duplicate-decide", needs="customers.merge")
def decide_page(request: Request, suspect_id: int, verb: str) -> HttpResponse:
    """Merges, keeps apart or takes a merge back."""
    if request.method == "POST":
        try:
            messages.success(request, _decide(request, suspect_id, verb))
        except (Conflict, Invalid) as refusal:
            messages.error(request, say(refusal.why))
    return go("duplicates")


def _decide(request: Request, suspect_id: int, verb: str) -> str:
    call = call_of(request)
    if verb == "merge":
        keep = request.POST.get("keep", "")
        outcome(merge_customers, call, suspect_id, keep_id=int(keep) if keep.isdigit() else 0)
        return _("Merged. It can be undone below.")
    if verb == "undo":
        outcome(undo_merge, call, suspect_id)
        return _("The two files stand apart again.")
    outcome(keep_apart, call, suspect_id)
    return _("They stay two customers.")
