"""Stock: every part with what is free, reserved and issued."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from huiyin.foundation.keyset import KeysetPage, keyset
from huiyin.foundation.pages import Request, page, show
from huiyin.spare_parts.models import Part
from huiyin.spare_parts.queries.needs import place_choices
from huiyin.spare_parts.queries.stock import ORDER, Held, held, parts_listed

TABS = {"all": _("All parts"), "low": _("Running low"), "gone": _("No longer used")}
FILTERS = ("text", "place")


@dataclass(frozen=True)
class StockPage:
    """One page of the stock list."""

    tab: str
    tabs: list[tuple[str, str]]
    rows: list[tuple[Part, Held]]
    pager: KeysetPage[Part]
    places: list[tuple[str, str]]
    place: str
    text: str
    may_change: bool
    may_import: bool


@page("spare-parts/", name="stock", needs="spare_parts.see")
def stock(request: Request) -> HttpResponse:
    """Parts by number."""
    tab = request.GET.get("tab", "all")
    filters = {name: request.GET.get(name, "") for name in FILTERS} | {"tab": tab if tab in TABS else "all"}
    pager = keyset(parts_listed(filters), order=ORDER, after=request.GET.get("after"), size=50)
    there = held([part.pk for part in pager.rows], filters["place"])
    may = request.actor.may
    context = StockPage(
        tab=filters["tab"],
        tabs=[(code, gettext(label)) for code, label in TABS.items()],
        rows=[(part, there[part.pk]) for part in pager.rows],
        pager=pager,
        places=[(str(pk), name) for pk, name in place_choices()],
        place=filters["place"],
        text=filters["text"],
        may_change=may("spare_parts.catalogue"),
        may_import=may("spare_parts.keep") and may("imports.run"),
    )
    return show(request, "spare_parts/stock.html", context)
