"""All messages in and out, with their fate; addresses masked."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse

from huiyin.channels.models import IncomingMessage, IncomingState, OutgoingMessage, OutgoingState
from huiyin.channels.queries.messages import incoming_seen_by, outgoing_seen_by
from huiyin.foundation.keyset import KeysetPage, keyset
from huiyin.foundation.pages import Request, page, show

TONES = {
    "new": "accent",
    "handled": "kept",
    "ignored": "neutral",
    "stuck": "late",
    "queued": "neutral",
    "sending": "accent",
    "sent": "kept",
    "failed": "late",
    "gave_up": "late",
    "bounced": "late",
    "delivered": "kept",
    "undelivered": "late",
    "uncertain": "soon",
    "withheld": "neutral",
}


@dataclass(frozen=True)
class MessagesPage:
    """One tab, ``in`` or ``out``, perhaps of one state only."""

    tab: str
    states: list[tuple[str, str]]
    state: str
    rows: list[tuple[IncomingMessage | OutgoingMessage, str]]
    page: KeysetPage[IncomingMessage] | KeysetPage[OutgoingMessage]


@page("messages/", name="messages", needs="channels.see")
def messages_page(request: Request) -> HttpResponse:
    """Received or sent messages, newest first."""
    tab = "out" if request.GET.get("tab") == "out" else "in"
    state = request.GET.get("state", "")
    found: KeysetPage[IncomingMessage] | KeysetPage[OutgoingMessage]
    if tab == "in":
        found = _received(request, state)
        states = [(str(code), str(label)) for code, label in IncomingState.choices]
    else:
        found = _sent(request, state)
        states = [(str(code), str(label)) for code, label in OutgoingState.choices]
    rows = [(row, TONES[row.state]) for row in found.rows]
    return show(request, "channels/messages.html", MessagesPage(tab, states, state, rows, found))


def _received(request: Request, state: str) -> KeysetPage[IncomingMessage]:
    rows = incoming_seen_by(request.actor).defer("full_text", "headers")
    rows = rows.filter(state=state) if state in IncomingState.values else rows
    return keyset(rows, order=("-received_at", "-id"), after=request.GET.get("after"))


def _sent(request: Request, state: str) -> KeysetPage[OutgoingMessage]:
    rows = outgoing_seen_by(request.actor)
    rows = rows.filter(state=state) if state in OutgoingState.values else rows
    return keyset(rows, order=("-created_at", "-id"), after=request.GET.get("after"))
