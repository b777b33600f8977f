"""Our side: who waits, my talks, those of colleagues."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse

from huiyin.foundation import clock
from huiyin.foundation.keyset import KeysetPage, keyset
from huiyin.foundation.pages import Request, page, show
from huiyin.web_chat.models import Chat
from huiyin.web_chat.queries.settings import numbers_on
from huiyin.web_chat.queries.talks import ended, talks_of, talks_of_others, waiting


@dataclass(frozen=True)
class ChatsPage:
    """The open talks in three lists, and those that are over, page by page."""

    waiting: list[Chat]
    mine: list[Chat]
    others: list[Chat]
    over: KeysetPage[Chat] | None
    tab: str
    every: int


@page("chats/", name="chats", needs="web_chat.see")
def chats(request: Request) -> HttpResponse:
    """The lists; the open ones look for news by themselves."""
    actor, tab = request.actor, "over" if request.GET.get("tab") == "over" else "open"
    every = numbers_on(clock.now().date()).poll_seconds
    if tab == "over":
        over = keyset(ended(actor), order=("-started_at", "-id"), after=request.GET.get("after"))
        return show(request, "web_chat/chats.html", ChatsPage([], [], [], over, tab, every))
    context = ChatsPage(waiting(actor), talks_of(actor), talks_of_others(actor), None, tab, every)
    return show(request, "web_chat/_chats.html" if request.htmx else "web_chat/chats.html", context)
