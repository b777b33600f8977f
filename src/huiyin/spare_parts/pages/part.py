"""One part: where it lies, who wants it, and every movement."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from huiyin.customers.public import Product
from huiyin.foundation.forms import refusals
from huiyin.foundation.keyset import KeysetPage, keyset
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.kernel.refusal import Forbidden, NotFound
from huiyin.spare_parts.actions.correct import count_parts, scrap_parts, set_least
from huiyin.spare_parts.actions.receive import receive_parts
from huiyin.spare_parts.actions.transfer import transfer_parts
from huiyin.spare_parts.models import Movement, Need, Part, Stock
from huiyin.spare_parts.pages.forms import MoveForm
from huiyin.spare_parts.queries.needs import needs_listed
from huiyin.spare_parts.queries.stock import movements_of, part_seen, places_kept, products_of, stock_of


@dataclass(frozen=True)
class Step:
    """Something that can be done to a part: label (message id), icon, right, action, what the form asks."""

    code: str
    label: str
    icon: str
    needs: str
    action: Callable[..., object]
    asks: tuple[str, ...]


STEPS = {
    step.code: step
    for step in (
        Step(
            "receive",
            _("Book in"),
            "package-plus",
            "spare_parts.keep",
            receive_parts,
            ("place_id", "quantity", "reason"),
        ),
        Step(
            "transfer",
            _("Transfer"),
            "truck",
            "spare_parts.move",
            transfer_parts,
            ("place_id", "to_place_id", "quantity", "reason"),
        ),
        Step(
            "count", _("Count"), "clipboard-check", "spare_parts.keep", count_parts, ("place_id", "counted", "reason")
        ),
        Step("scrap", _("Scrap"), "trash-2", "spare_parts.move", scrap_parts, ("place_id", "quantity", "reason")),
        Step("least", _("Least wanted"), "gauge", "spare_parts.keep", set_least, ("place_id", "least")),
    )
}


@dataclass(frozen=True)
class PartPage:
    """A part with its stock, open needs and the newest movements."""

    part: Part
    stock: list[Stock]
    needs: list[Need]
    movements: KeysetPage[Movement]
    products: list[Product]
    steps: list[Step]
    may_change: bool


@dataclass(frozen=True)
class StepPage:
    """A step about to be taken."""

    part: Part
    step: Step


@page("spare-parts/<int:part_id>/", name="part", needs="spare_parts.see")
def part_page(request: Request, part_id: int) -> HttpResponse:
    """The page of a part."""
    part = part_seen(part_id)
    kept = bool(places_kept(request.actor))
    context = PartPage(
        part=part,
        stock=stock_of(part),
        needs=list(needs_listed(request.actor, "open").filter(part=part).order_by("id")[:50]),
        movements=keyset(movements_of(request.actor, part), order=("-id",), after=request.GET.get("after"), size=30),
        products=products_of(part),
        steps=[step for step in STEPS.values() if kept and request.actor.may(step.needs)],
        may_change=request.actor.may("spare_parts.catalogue"),
    )
    return show(request, "spare_parts/part.html", context)


@page("spare-parts/<int:part_id>/do/<slug:code>/", name="part-step", needs="spare_parts.see")
def part_step(request: Request, part_id: int, code: str) -> HttpResponse:
    """The form of a step, and the step itself."""
    part, step = part_seen(part_id), STEPS.get(code)
    if step is None:
        raise NotFound
    if not request.actor.may(step.needs):
        raise Forbidden
    places = places_kept(request.actor)
    form = MoveForm(request.POST or None, asks=step.asks, places=places, initial=_first(request))
    if request.method == "POST" and form.is_valid():
        values: dict[str, Any] = {name: form.cleaned_data[name] for name in step.asks}
        with refusals(form):
            step.action(call_of(request), part_id=part.pk, **values)
        if not form.errors:
            messages.success(request, gettext("Done."))
            return go("part", part.pk)
    return show(request, "spare_parts/step.html", StepPage(part, step), form=form, status=422 if form.errors else 200)


def _first(request: Request) -> dict[str, Any]:
    return {"place_id": request.GET["place"]} if request.GET.get("place", "").isdecimal() else {}
