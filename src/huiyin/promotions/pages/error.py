"""One error: what the list says and what the recipient says, what the store did, and the next step."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from huiyin.customers.public import mask_phone
from huiyin.foundation.forms import refusals
from huiyin.foundation.models import ActEntry
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.promises.public import Promise
from huiyin.promotions.actions.mend import mend_error
from huiyin.promotions.actions.verify import close_error, return_error
from huiyin.promotions.models import GiftError
from huiyin.promotions.pages.forms import MendForm, VerdictForm
from huiyin.promotions.queries.errors import error_seen_by, owed_about, story_of
from huiyin.promotions.rules.words import ErrorState

VERBS = {
    "promotions.take_answer": _("The recipient said it"),
    "promotions.mend": _("Mended by the store"),
    "promotions.return_error": _("Returned to the store"),
    "promotions.close_error": _("Closed"),
    "promotions.verify_error": _("The recipient was asked again"),
    "promotions.note_unreached": _("The recipient was not reached"),
}
DONE = {
    "mend": _("Noted. The recipient is asked again."),
    "close": _("The error is closed."),
    "return": _("The error is back with the store."),
}


@dataclass(frozen=True)
class ErrorPage:
    """An error with what is owed about it; ``step`` is what this person may do next: mend, verify or nothing."""

    error: GiftError
    phone: str
    promise: Promise | None
    why: str
    step: str
    story: list[tuple[str, ActEntry]]


@page("gift-errors/<int:error_id>/", name="gift-error", needs="promotions.see")
def gift_error(request: Request, error_id: int) -> HttpResponse:
    """An error and its next step."""
    error = error_seen_by(request.actor, error_id)
    do = request.POST.get("do", "")
    form: forms.Form = (VerdictForm if _step(request, error) == "verify" else MendForm)(request.POST or None)
    if request.method == "POST" and do in DONE and form.is_valid():
        with refusals(form):
            _run(request, error_id, do, form)
        if not form.errors:
            messages.success(request, gettext(DONE[do]))
            return go("gift-error", error_id)
    return _shown(request, error_seen_by(request.actor, error_id), form)


def _run(request: Request, error_id: int, do: str, form: forms.Form) -> None:
    call, given = call_of(request), form.cleaned_data
    if do == "mend":
        mend_error(call, error_id, explanation=given.get("explanation", ""), evidence=given.get("evidence", ""))
    elif do == "close":
        close_error(call, error_id, note=given.get("note", ""))
    else:
        return_error(call, error_id, reason=given.get("note", ""))


def _step(request: Request, error: GiftError) -> str:
    if error.state == ErrorState.OWED and request.actor.may("promotions.mend"):
        return "mend"
    return "verify" if error.state == ErrorState.MENDED and request.actor.may("promotions.check") else ""


def _shown(request: Request, error: GiftError, form: forms.Form) -> HttpResponse:
    promise = owed_about(error)
    context = ErrorPage(
        error=error,
        phone=mask_phone(error.line.number),
        promise=promise,
        why=reverse("promise", args=[promise.pk]) if promise and request.actor.may("promises.see") else "",
        step=_step(request, error),
        story=[(gettext(VERBS.get(act.verb, act.verb)), act) for act in story_of(error)],
    )
    return show(request, "promotions/error.html", context, form=form, status=422 if form.errors else 200)
