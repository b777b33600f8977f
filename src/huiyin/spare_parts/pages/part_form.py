"""A new part, or one that is changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse

from huiyin.foundation.api import outcome
from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.spare_parts.actions.catalogue import save_part
from huiyin.spare_parts.models import Part
from huiyin.spare_parts.pages.forms import PartForm
from huiyin.spare_parts.queries.stock import part_seen, products_of

FIELDS = ("number", "name", "name_en", "unit", "price", "lead_days", "in_use")


@dataclass(frozen=True)
class PartFormPage:
    """The part, None while it is new."""

    part: Part | None


@page("spare-parts/new/", name="part-new", needs="spare_parts.catalogue")
def part_new(request: Request) -> HttpResponse:
    """Enters a part."""
    return _form(request, None, {})


@page("spare-parts/<int:part_id>/change/", name="part-change", needs="spare_parts.catalogue")
def part_change(request: Request, part_id: int) -> HttpResponse:
    """Changes a part."""
    part = part_seen(part_id)
    first = {name: getattr(part, name) for name in FIELDS} | {"fits": [each.pk for each in products_of(part)]}
    return _form(request, part, first)


def _form(request: Request, part: Part | None, first: dict[str, Any]) -> HttpResponse:
    form = PartForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            made = outcome(save_part, call_of(request), part.pk if part else None, **form.cleaned_data)
            return go("part", made)
    return show(
        request, "spare_parts/part_form.html", PartFormPage(part), form=form, status=422 if form.errors else 200
    )
