"""Pages declare their own address and right; this module collects, guards and renders them."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, URLResolver, include, path, reverse
from django_htmx.middleware import HtmxDetails

from huiyin.foundation import clock
from huiyin.foundation.discovery import discover
from huiyin.kernel.actor import NOBODY, Actor, ActorKind
from huiyin.kernel.call import Call
from huiyin.kernel.refusal import Forbidden

P = ParamSpec("P")


class Request(HttpRequest):
    """A request as pages see it: with the person behind it and htmx's details."""

    actor: Actor
    htmx: HtmxDetails


View = Callable[Concatenate[Request, P], HttpResponse]


@dataclass(frozen=True)
class PageEntry:
    """One declared page: its address, name, the right it needs (None: open to the world) and its view."""

    route: str
    name: str
    needs: str | None
    view: Callable[..., HttpResponse]


PAGES: list[PageEntry] = []


def page(route: str, *, name: str, needs: str | None = "signed-in") -> Callable[[View[P]], View[P]]:
    """Declares a page at ``route``. ``needs`` is a right, ``"signed-in"``, or None for the whole world."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: Request, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if needs is not None and request.actor.kind is not ActorKind.STAFF:
                return redirect_to_login(request.get_full_path())
            if needs not in (None, "signed-in") and not request.actor.may(str(needs)):
                raise Forbidden
            return view(request, *args, **kwargs)

        PAGES.append(PageEntry(route, name, needs, guarded))
        return cast("View[P]", guarded)

    return decorate


def page_urls() -> list[URLPattern | URLResolver]:
    """The addresses of all pages of all rooms; those with one first word stand together, others pass them by."""
    discover("pages")
    made: list[URLPattern | URLResolver] = []
    for word, entries in _by_first_word().items():
        pages = [path(entry.route.removeprefix(word), entry.view, name=entry.name) for entry in entries]
        made += [path(word, include(pages))] if word else pages
    return made


def _by_first_word() -> dict[str, list[PageEntry]]:
    words: dict[str, list[PageEntry]] = {}
    for entry in PAGES:
        first, slash, _rest = entry.route.partition("/")
        words.setdefault(first + slash if slash and "<" not in first else "", []).append(entry)
    return words


def show(request: Request, template: str, context: object, status: int = 200, **more: Any) -> HttpResponse:
    """Renders a template with the page's context dataclass as ``page`` (and ``more``, such as a form)."""
    return render(request, template, {"page": context, **more}, status=status)


def go(name: str, *args: object) -> HttpResponseRedirect:
    """Leads to another page after a form was carried out."""
    return HttpResponseRedirect(reverse(name, args=args))


def call_of(request: Request) -> Call:
    """The call of an action from this request: its person, the clock, the form's idempotency key."""
    return Call(
        actor=getattr(request, "actor", NOBODY),
        now=clock.now(),
        once=request.POST.get("once") or request.headers.get("Idempotency-Key"),
    )


def new_once() -> str:
    """A fresh idempotency key for a form."""
    return uuid.uuid4().hex
