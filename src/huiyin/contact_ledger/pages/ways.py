"""Noting that a customer does not want a way of contact, or wants it again."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.contact_ledger.actions.say import opt_in, opt_out
from huiyin.contact_ledger.rules.words import WAY_LABELS
from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, go, page


class WayForm(forms.Form):
    """Which way, and whether it is open."""

    way = forms.ChoiceField(choices=[(str(way), gettext_lazy(label)) for way, label in WAY_LABELS.items()])
    open = forms.BooleanField(required=False)


@page("contacts/<int:customer_id>/ways/", name="contact-way", needs="contacts.note")
def contact_way_page(request: Request, customer_id: int) -> HttpResponse:
    """Closes or opens one way of contact at the customer's wish."""
    form = WayForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals(form):
            act = opt_in if form.cleaned_data["open"] else opt_out
            act(call_of(request), customer_id, way=form.cleaned_data["way"])
            messages.success(request, _("Noted."))
    return go("customer", customer_id)
