"""A new gift list, entered by hand."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse

from huiyin.foundation.api import outcome
from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.promotions.actions.make_list import make_list
from huiyin.promotions.pages.forms import ListForm
from huiyin.promotions.queries.lists import stores_of


@dataclass(frozen=True)
class NewListPage:
    """``may_import``: the person may bring a file instead."""

    may_import: bool


@page("gift-lists/new/", name="gift-list-new", needs="promotions.hand_in")
def new_list(request: Request) -> HttpResponse:
    """Begins a list; its lines follow on its own page."""
    stores = stores_of(request.actor)
    form = ListForm(request.POST or None, stores=stores)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with refusals(form):
            made = outcome(
                make_list, call_of(request), name=given["name"], check=given["check"], store_id=given["store"]
            )
            return go("gift-list", made)
    context = NewListPage(request.actor.may("imports.run"))
    return show(request, "promotions/new_list.html", context, form=form, status=422 if form.errors else 200)
