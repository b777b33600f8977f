"""New and changed customer files."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _

from huiyin.customers.actions.change_customer import change_customer
from huiyin.customers.actions.register_customer import register_customer
from huiyin.customers.forms import CustomerForm, NewCustomerForm, initial_of
from huiyin.customers.models import Customer
from huiyin.customers.queries.file import customer_seen_by
from huiyin.foundation.api import outcome
from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, go, page, show


@dataclass(frozen=True)
class CustomerFormPage:
    """A form; without a customer it opens a new file."""

    form: CustomerForm
    customer: Customer | None = None


@page("customers/new/", name="customer-new", needs="customers.change")
def new_customer_page(request: Request) -> HttpResponse:
    """Opens a customer's file."""
    form = NewCustomerForm(request.POST or None, initial={"kind": "person", "language": "zh-hans"})
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            pk = outcome(register_customer, call_of(request), values=form.values(), contacts=[form.contact()])
            messages.success(request, _("The file is open."))
            return go("customer", pk)
    return _shown(request, CustomerFormPage(form))


@page("customers/<int:customer_id>/edit/", name="customer-edit", needs="customers.change")
def edit_customer_page(request: Request, customer_id: int) -> HttpResponse:
    """Changes a customer's file."""
    customer = customer_seen_by(request.actor, customer_id)
    form = CustomerForm(request.POST or None, initial=initial_of(customer))
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            outcome(change_customer, call_of(request), customer_id, values=form.values())
            messages.success(request, _("Saved."))
            return go("customer", customer_id)
    return _shown(request, CustomerFormPage(form, customer))


def _shown(request: Request, context: CustomerFormPage) -> HttpResponse:
    return show(request, "customers/customer_form.html", context, status=422 if context.form.errors else 200)
