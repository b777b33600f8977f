"""One gift list: its lines and what came of them, and the next step as the only button."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from huiyin.foundation import clock
from huiyin.foundation.forms import refusals, say
from huiyin.foundation.keyset import KeysetPage, keyset
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.kernel.refusal import Refused, Repeated
from huiyin.promises.public import Promise
from huiyin.promotions.actions.make_list import add_lines, remove_line
from huiyin.promotions.actions.sign import sign_list
from huiyin.promotions.actions.submit import submit_list
from huiyin.promotions.models import GiftLine, GiftList
from huiyin.promotions.pages.forms import LineForm
from huiyin.promotions.queries.lists import Counts, answer_owed, counts_of, lines_of, list_seen_by
from huiyin.promotions.queries.rules import today_of
from huiyin.promotions.rules.words import ListState

WHICH = {"": _("All lines"), "drawn": _("Recipients asked"), "errors": _("Errors"), "hindered": _("Cannot be asked")}
WHICH_OF_DRAFT = ("", "hindered")
IN_ORDER = ("position",)
ORDER = {"drawn": ("rank", "position")}
"""Drawn lines stand as they were drawn: dearest first."""
DONE = {
    "submit": _("The list is handed in. Customer service checks it and answers by the deadline shown."),
    "sign": _("The list is signed off."),
}
WAY = {
    ListState.DRAFT: _("Entering"),
    ListState.SUBMITTED: _("Handing in"),
    ListState.CHECKING: _("Asking recipients"),
    ListState.MENDING: _("Mending errors"),
    ListState.COMPLETE: _("Complete"),
    ListState.SIGNED: _("Signing off"),
}


@dataclass(frozen=True)
class GiftListPage:
    """A list with one page of its lines; ``recognising`` is the share of recipients known while it is prepared."""

    gifts: GiftList
    counts: Counts
    lines: KeysetPage[GiftLine]
    which: str
    tabs: list[tuple[str, str]]
    way: list[tuple[str, str]]
    promise: Promise | None
    why: str
    may_change: bool
    may_sign: bool
    may_import: bool


@page("gift-lists/<int:list_id>/", name="gift-list", needs="promotions.see")
def gift_list(request: Request, list_id: int) -> HttpResponse:
    """The list; a line is added by POST."""
    gifts = list_seen_by(request.actor, list_id)
    first = {"given_on": today_of(clock.now())}
    form = LineForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            add_lines(call_of(request), list_id, [form.draft()])
        if not form.errors:
            return go("gift-list", list_id)
    return _shown(request, gifts, form)


@page("gift-lists/<int:list_id>/do/", name="gift-list-do", needs="promotions.see")
def do(request: Request, list_id: int) -> HttpResponse:
    """Hands the list in, signs it off, or takes a line off it."""
    verb = request.POST.get("do", "")
    try:
        _run(request, list_id, verb)
    except Repeated:
        pass
    except Refused as refusal:
        if refusal.status in (403, 404):
            raise
        form = forms.Form({})
        form.full_clean()
        form.add_error(None, say(refusal.why))
        return _shown(request, list_seen_by(request.actor, list_id), LineForm(), problem=form)
    if verb in DONE:
        messages.success(request, gettext(DONE[verb]))
    return go("gift-list", list_id)


def _run(request: Request, list_id: int, verb: str) -> None:
    call = call_of(request)
    if verb == "submit":
        submit_list(call, list_id)
    elif verb == "sign":
        sign_list(call, list_id)
    elif verb == "remove" and request.POST.get("line", "").isdecimal():
        remove_line(call, list_id, int(request.POST["line"]))


def _shown(request: Request, gifts: GiftList, form: forms.Form, problem: forms.Form | None = None) -> HttpResponse:
    which = request.GET.get("which", "")
    which = which if which in WHICH else ""
    may = request.actor.may
    promise = answer_owed(request.actor, gifts)
    context = GiftListPage(
        gifts=gifts,
        counts=counts_of([gifts.pk])[gifts.pk],
        lines=keyset(lines_of(gifts, which), order=ORDER.get(which, IN_ORDER), after=request.GET.get("after"), size=50),
        which=which,
        tabs=[(code, gettext(label)) for code, label in WHICH.items() if code in WHICH_OF_DRAFT or not gifts.is_draft],
        way=[(str(code), gettext(label)) for code, label in WAY.items()],
        promise=promise,
        why=reverse("promise", args=[promise.pk]) if promise and may("promises.see") else "",
        may_change=gifts.is_draft and may("promotions.hand_in"),
        may_sign=gifts.state == ListState.COMPLETE
        and may("promotions.sign")
        and gifts.submitted_by_id != request.actor.id,
        may_import=gifts.is_draft and may("promotions.hand_in") and may("imports.run"),
    )
    status = 422 if form.errors or problem else 200
    more: dict[str, Any] = {"form": form, "problem": problem}
    return show(request, "promotions/gift_list.html", context, status=status, **more)
