"""Who wants which part: what is missing, reserved and out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from huiyin.foundation.forms import refusals
from huiyin.foundation.keyset import KeysetPage, keyset
from huiyin.foundation.pages import Request, call_of, page, show
from huiyin.kernel.refusal import Forbidden, NotFound
from huiyin.spare_parts.actions.handling import give_back_parts, issue_parts, release_parts, use_parts
from huiyin.spare_parts.models import Movement, Need
from huiyin.spare_parts.queries.needs import need_seen, needs_listed
from huiyin.spare_parts.queries.stock import movements_of

TABS = {"missing": _("Missing"), "open": _("Open"), "all": _("All")}
STEPS: dict[str, tuple[str, Callable[..., object], dict[str, Any]]] = {
    "issue": ("spare_parts.handle", issue_parts, {}),
    "use": ("spare_parts.handle", use_parts, {}),
    "return": ("spare_parts.handle", give_back_parts, {}),
    "waste": ("spare_parts.handle", give_back_parts, {"broken": True}),
    "release": ("spare_parts.reserve", release_parts, {}),
}
"""What can be done to a need: the right, the action, what it is given."""


@dataclass(frozen=True)
class NeedsPage:
    """One tab of the needs."""

    tab: str
    tabs: list[tuple[str, str]]
    pager: KeysetPage[Need]


@dataclass(frozen=True)
class NeedPage:
    """One need with what happened to it; ``href`` leads to what it is for."""

    need: Need
    href: str
    movements: list[Movement]
    may_handle: bool
    may_release: bool


class StepForm(forms.Form):
    """How much, all of it when empty."""

    quantity = forms.DecimalField(max_digits=12, decimal_places=3, required=False)


@page("spare-parts/needs/", name="part-needs", needs="spare_parts.see")
def part_needs(request: Request) -> HttpResponse:
    """Needs, newest first."""
    tab = request.GET.get("tab", "open")
    tab = tab if tab in TABS else "open"
    pager = keyset(needs_listed(request.actor, tab), order=("-id",), after=request.GET.get("after"), size=50)
    context = NeedsPage(tab, [(code, gettext(label)) for code, label in TABS.items()], pager)
    return show(request, "spare_parts/needs.html", context)


@page("spare-parts/needs/<int:need_id>/", name="part-need", needs="spare_parts.see")
def part_need(request: Request, need_id: int) -> HttpResponse:
    """One need."""
    return _shown(request, need_seen(request.actor, need_id))


@page("spare-parts/needs/<int:need_id>/<slug:step>/", name="part-need-step", needs="spare_parts.see")
def part_need_step(request: Request, need_id: int, step: str) -> HttpResponse:
    """Takes a step and goes back to where it was taken."""
    need = need_seen(request.actor, need_id)
    if step not in STEPS:
        raise NotFound
    right, action, more = STEPS[step]
    if not request.actor.may(right):
        raise Forbidden
    if request.method != "POST":
        return _shown(request, need)
    form = StepForm(request.POST)
    if form.is_valid():
        quantity: Decimal | None = form.cleaned_data["quantity"]
        asked = {} if step == "release" else {"quantity": quantity}
        with refusals(form):
            action(call_of(request), need_id, **asked, **more)
    if form.errors:
        return _shown(request, need_seen(request.actor, need_id), form)
    messages.success(request, gettext("Done."))
    return HttpResponseRedirect(_back(request, need_id))


def _back(request: Request, need_id: int) -> str:
    address = request.POST.get("back", "")
    known = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if known else reverse("part-need", args=[need_id])


def _shown(request: Request, need: Need, form: StepForm | None = None) -> HttpResponse:
    context = NeedPage(
        need=need,
        href=_subject(need) if need.opens else "",
        movements=list(movements_of(request.actor).filter(need=need).order_by("id")),
        may_handle=request.actor.may("spare_parts.handle"),
        may_release=request.actor.may("spare_parts.reserve"),
    )
    status = 422 if form is not None and form.errors else 200
    return show(request, "spare_parts/need.html", context, form=form or StepForm(), status=status)


def _subject(need: Need) -> str:
    try:
        return reverse(need.page, args=[need.subject_id]) if need.page else ""
    except NoReverseMatch:
        return ""
