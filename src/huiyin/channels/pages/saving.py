"""Saving what a channel needs: a mailbox, an account, an exchange."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import HttpResponse
from django.utils.translation import gettext

from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, go


def after_saving(
    request: Request,
    form: forms.Form,
    save: Callable[..., Model],
    row: Model | None,
    *,
    overview: str,
    page: str = "",
) -> HttpResponse | None:
    """Where the browser goes once ``row`` (None: a new one) is saved: to its ``page``, or the overview.

    None while the form is to be shown, for the first time or with what is wrong.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    saved = None
    with refusals(form):
        saved = save(call_of(request), row.pk if row else None, form.cleaned_data)
        messages.success(request, gettext("Saved."))
    if form.errors:
        return None
    return go(page, saved.pk) if saved and page else go(overview)
