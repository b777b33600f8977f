"""Places where parts lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse

from huiyin.foundation import clock
from huiyin.foundation.api import outcome
from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.organisation.public import working_staff
from huiyin.spare_parts.actions.catalogue import save_place
from huiyin.spare_parts.models import Place
from huiyin.spare_parts.pages.forms import PlaceForm
from huiyin.spare_parts.queries.books import Fault, faults_of_books
from huiyin.spare_parts.queries.stock import place_seen, places_all

FIELDS = ("code", "name", "kind", "store_id", "holder_id", "in_use")


@dataclass(frozen=True)
class PlacesPage:
    """Every place, and whether the books are right."""

    places: list[Place]
    faults: list[Fault]
    may_change: bool


@dataclass(frozen=True)
class PlacePage:
    """The place, None while it is new."""

    place: Place | None


@page("spare-parts/places/", name="part-places", needs="spare_parts.see")
def places(request: Request) -> HttpResponse:
    """Warehouses and vans, and the check of the books."""
    context = PlacesPage(places_all(), faults_of_books(), request.actor.may("spare_parts.catalogue"))
    return show(request, "spare_parts/places.html", context)


@page("spare-parts/places/new/", name="part-place-new", needs="spare_parts.catalogue")
def place_new(request: Request) -> HttpResponse:
    """Enters a place."""
    return _form(request, None, {})


@page("spare-parts/places/<int:place_id>/", name="part-place", needs="spare_parts.catalogue")
def place_change(request: Request, place_id: int) -> HttpResponse:
    """Changes a place."""
    place = place_seen(place_id)
    return _form(request, place, {name: getattr(place, name) for name in FIELDS})


def _form(request: Request, place: Place | None, first: dict[str, Any]) -> HttpResponse:
    people = list(working_staff(clock.now().date()).order_by("username").values_list("pk", "name"))
    form = PlaceForm(request.POST or None, people=people, initial=first)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            outcome(save_place, call_of(request), place.pk if place else None, **form.cleaned_data)
            return go("part-places")
    return show(request, "spare_parts/place_form.html", PlacePage(place), form=form, status=422 if form.errors else 200)
