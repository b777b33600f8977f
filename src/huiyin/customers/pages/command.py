"""What the command bar finds while one types: a few of each sort, to go to at once."""

from __future__ import annotations

from django.http import HttpResponse

from huiyin.customers.pages.search import SearchPage
from huiyin.customers.search_slot import search_everywhere
from huiyin.foundation.pages import Request, page, show

EACH = 5
LONGEST = 100


@page("search/at-once/", name="command", needs="signed-in")
def command_page(request: Request) -> HttpResponse:
    """The first hits of every room, as options of the bar."""
    text = request.GET.get("q", "").strip().replace("\x00", "")[:LONGEST]
    return show(request, "customers/_command.html", SearchPage(text, search_everywhere(request.actor, text, EACH)))
