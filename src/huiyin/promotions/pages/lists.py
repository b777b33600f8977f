"""Gift lists: those at work and those that are done."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from huiyin.foundation.keyset import KeysetPage, keyset
from huiyin.foundation.pages import Request, page, show
from huiyin.promotions.models import GiftList
from huiyin.promotions.queries.lists import NEWEST_FIRST, Counts, counts_of, lists_seen
from huiyin.promotions.rules.words import CHECK_LABELS

TABS = {"open": _("Open lists"), "done": _("Checked and signed")}
FILTERS = ("check", "store")


@dataclass(frozen=True)
class ListsPage:
    """One tab of the lists."""

    tab: str
    tabs: list[tuple[str, str]]
    rows: list[tuple[GiftList, Counts]]
    pager: KeysetPage[GiftList]
    checks: list[tuple[str, str]]
    check: str
    may_hand_in: bool
    may_import: bool
    may_change_rules: bool


@page("gift-lists/", name="gift-lists", needs="promotions.see")
def gift_lists(request: Request) -> HttpResponse:
    """Lists in one's area, newest first."""
    tab = request.GET.get("tab", "open")
    tab = tab if tab in TABS else "open"
    filters = {name: request.GET[name] for name in FILTERS if request.GET.get(name)}
    pager = keyset(
        lists_seen(request.actor, {"tab": tab, **filters}), order=NEWEST_FIRST, after=request.GET.get("after"), size=30
    )
    counts = counts_of([row.pk for row in pager.rows])
    may = request.actor.may
    context = ListsPage(
        tab=tab,
        tabs=[(code, gettext(label)) for code, label in TABS.items()],
        rows=[(row, counts[row.pk]) for row in pager.rows],
        pager=pager,
        checks=[(str(code), gettext(label)) for code, label in CHECK_LABELS.items()],
        check=filters.get("check", ""),
        may_hand_in=may("promotions.hand_in"),
        may_import=may("promotions.hand_in") and may("imports.run"),
        may_change_rules=may("promotions.change_rules"),
    )
    return show(request, "promotions/lists.html", context)
