"""Ways to reach a customer: adding, removing, and seeing one in full."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.customers.actions.change_contacts import add_address, add_contact, remove_address, remove_contact
from huiyin.customers.actions.reveal import reveal
from huiyin.customers.forms import AddressForm, ContactForm
from huiyin.customers.models import Customer
from huiyin.customers.queries.file import customer_seen_by
from huiyin.foundation import clock
from huiyin.foundation.api import outcome
from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.kernel.call import Call

REASONS = [
    ("call", gettext_lazy("I am calling the customer")),
    ("identify", gettext_lazy("I am checking who is on the phone")),
    ("send", gettext_lazy("I am sending something to the customer")),
    ("correct", gettext_lazy("I am correcting the file")),
    ("other", gettext_lazy("Another reason")),
]


class RevealForm(forms.Form):
    """Why somebody needs the full value."""

    why = forms.ChoiceField(label=gettext_lazy("Why do you need it?"), choices=REASONS, widget=forms.RadioSelect)
    words = forms.CharField(label=gettext_lazy("In words"), max_length=150, required=False)

    def clean_words(self) -> str:
        """Another reason must be named."""
        words = str(self.cleaned_data["words"]).strip()
        if self.cleaned_data.get("why") == "other" and not words:
            raise forms.ValidationError(_("Say why you need it."))
        return words

    def reason(self) -> str:
        """The reason as it is kept."""
        chosen = str(dict(REASONS)[self.cleaned_data["why"]])
        words = self.cleaned_data["words"]
        return f"{chosen}: {words}" if words else chosen


@dataclass(frozen=True)
class RevealPart:
    """A masked value about to be shown, or shown."""

    customer: Customer
    field: str
    item_id: int
    form: forms.Form
    value: str = ""


@page("customers/<int:customer_id>/reveal/<slug:field>/<int:item_id>/", name="customer-reveal",
      needs="customers.reveal")  # fmt: skip
def reveal_page(request: Request, customer_id: int, field: str, item_id: int) -> HttpResponse:
    """Asks why, then shows one value in full; each look is on record. The answer is never stored or cached."""
    customer = customer_seen_by(request.actor, customer_id)
    form = RevealForm(request.POST or None, initial={"why": "call"})
    value = ""
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            call = Call(actor=request.actor, now=clock.now())  # no key: the answer must not be kept for a repeat
            value = reveal(call, customer_id, field=field, reason=form.reason(), item_id=item_id)
    template = "customers/_reveal.html" if request.htmx else "customers/reveal.html"
    answer = show(request, template, RevealPart(customer, field, item_id, form, value))
    answer["Cache-Control"] = "no-store"
    return answer


@dataclass(frozen=True)
class AddPage:
    """A form that adds something to a file."""

    customer: Customer
    form: forms.Form
    what: str


@page("customers/<int:customer_id>/contacts/new/", name="contact-new", needs="customers.change")
def new_contact_page(request: Request, customer_id: int) -> HttpResponse:
    """Adds a contact."""
    customer = customer_seen_by(request.actor, customer_id)
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            outcome(add_contact, call_of(request), customer_id, contact=form.contact())
            return go("customer", customer_id)
    return show(request, "customers/add.html", AddPage(customer, form, "contact"), status=422 if form.errors else 200)


@page("customers/<int:customer_id>/addresses/new/", name="address-new", needs="customers.change")
def new_address_page(request: Request, customer_id: int) -> HttpResponse:
    """Adds a place."""
    customer = customer_seen_by(request.actor, customer_id)
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            outcome(add_address, call_of(request), customer_id, address=form.address())
            return go("customer", customer_id)
    return show(request, "customers/add.html", AddPage(customer, form, "address"), status=422 if form.errors else 200)


@page("customers/<int:customer_id>/remove/<slug:what>/<int:item_id>/", name="contact-remove", needs="customers.change")
def remove_page(request: Request, customer_id: int, what: str, item_id: int) -> HttpResponse:
    """Takes a contact or a place out of the file."""
    if request.method == "POST":
        action = remove_contact if what == "contact" else remove_address
        outcome(action, call_of(request), item_id)
        messages.success(request, _("Removed. The history keeps it."))
    return go("customer", customer_id)
