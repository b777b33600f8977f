"""Telephone exchanges, and events that belong to no call of ours."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from huiyin.channels.actions.take_line_event import set_event_aside
from huiyin.channels.models import Exchange, PhoneEvent
from huiyin.channels.queries.telephone import exchanges, stray_events
from huiyin.foundation.forms import refusals
from huiyin.foundation.keyset import KeysetPage, keyset
from huiyin.foundation.pages import Request, call_of, go, page, show


@dataclass(frozen=True)
class TelephonePage:
    """Every exchange."""

    exchanges: list[Exchange]


@page("telephone/", name="telephone", needs="channels.change")
def telephone(request: Request) -> HttpResponse:
    """Which exchanges calls are asked for at."""
    return show(request, "channels/telephone.html", TelephonePage(list(exchanges())))


@dataclass(frozen=True)
class StrayPage:
    """Some of the stray events, newest first."""

    rows: KeysetPage[PhoneEvent]
    may_work: bool


@page("telephone/events/", name="line-events", needs="channels.see")
def line_events(request: Request) -> HttpResponse:
    """Events of calls that nobody asked for here."""
    rows = keyset(stray_events(), order=("-received_at", "-id"), after=request.GET.get("after"), size=50)
    return show(request, "channels/line_events.html", StrayPage(rows, request.actor.may("channels.work")))


@page("telephone/events/<int:event_id>/aside/", name="line-event-aside", needs="channels.work")
@require_POST
def aside(request: Request, event_id: int) -> HttpResponse:
    """Takes one off the list."""
    form = forms.Form(request.POST)
    form.is_valid()
    with refusals(form):
        set_event_aside(call_of(request), event_id)
    return go("line-events")
