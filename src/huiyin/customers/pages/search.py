"""What the search box of the shell finds, room by room."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseRedirect

from huiyin.customers.search_slot import Found, search_everywhere
from huiyin.foundation.pages import Request, page, show


@dataclass(frozen=True)
class SearchPage:
    """The text and what was found."""

    text: str
    found: list[Found]


@page("search/", name="search", needs="signed-in")
def search_page(request: Request) -> HttpResponse:
    """Customers, purchases and whatever other rooms add; a single hit is opened at once."""
    text = request.GET.get("q", "").strip().replace("\x00", "")
    found = search_everywhere(request.actor, text)
    hits = [hit for each in found for hit in each.hits]
    if len(hits) == 1:
        return HttpResponseRedirect(hits[0].href)
    return show(request, "customers/search.html", SearchPage(text, found))
