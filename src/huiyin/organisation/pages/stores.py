"""Stores: the list, and one store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from huiyin.foundation.forms import refusals
from huiyin.foundation.keyset import KeysetPage, keyset
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.organisation.actions.save_store import save_store
from huiyin.organisation.models import Store, StoreSize
from huiyin.organisation.pages import choices
from huiyin.organisation.pages.person import CHANGE
from huiyin.organisation.queries.structure import one_of, stores_seen_by


class StoreForm(forms.Form):
    """A store's fields."""

    code = forms.CharField(label=_("Code"), max_length=30)
    name = forms.CharField(label=_("Name"), max_length=60)
    size = forms.ChoiceField(label=_("Store size"), choices=StoreSize.choices)
    city = forms.CharField(label=_("City"), max_length=40, required=False)
    manager_id = forms.ChoiceField(label=_("Store manager"), required=False)
    is_open = forms.BooleanField(label=_("Open for business"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["manager_id"].choices = choices.people()  # type: ignore[attr-defined]  # a ChoiceField


@dataclass(frozen=True)
class StoresPage:
    """A page of stores."""

    page: KeysetPage[Store]


@dataclass(frozen=True)
class StorePage:
    """One store; None while a new one is made."""

    store: Store | None
    can_change: bool


@page("organisation/stores/", name="stores", needs="organisation.see")
def stores_page(request: Request) -> HttpResponse:
    """All stores by code."""
    rows = keyset(stores_seen_by(request.actor), order=("code",), after=request.GET.get("after"))
    return show(request, "organisation/stores.html", StoresPage(rows))


@page("organisation/stores/new/", name="store-new", needs=CHANGE)
def new_store(request: Request) -> HttpResponse:
    """Opens a store."""
    return _edit(request, None)


@page("organisation/stores/<int:store_id>/", name="store", needs=CHANGE)
def store_page(request: Request, store_id: int) -> HttpResponse:
    """Changes a store."""
    return _edit(request, one_of(stores_seen_by(request.actor), store_id))


def _edit(request: Request, store: Store | None) -> HttpResponse:
    known = {name: getattr(store, name) for name in StoreForm.base_fields} if store else None
    form = StoreForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        manager = choices.number(form.cleaned_data.pop("manager_id"))
        with refusals(form):
            save_store(call_of(request), store.pk if store else None, manager_id=manager, **form.cleaned_data)
        if not form.errors:
            return go("stores")
    context = StorePage(store, request.actor.may(CHANGE))
    return show(request, "organisation/store.html", context, status=422 if form.errors else 200, form=form)
