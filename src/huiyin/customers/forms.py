"""Forms of the customers room; each feeds one action."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huiyin.customers.intake.drafts import AddressDraft, ContactDraft
from huiyin.customers.models import Customer, CustomerKind, CustomerSource, PartOfDay, Product, PurchaseState, Tier
from huiyin.customers.rules.phones import normal_phone
from huiyin.foundation.forms import DayField, MomentField
from huiyin.organisation.public import Staff, Store

WEEKDAYS = [
    (1, _("Monday")),
    (2, _("Tuesday")),
    (3, _("Wednesday")),
    (4, _("Thursday")),
    (5, _("Friday")),
    (6, _("Saturday")),
    (7, _("Sunday")),
]
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]


class PhoneField(forms.CharField):
    """A phone number, kept in normal form."""

    def clean(self, value: Any) -> str:
        """The number in normal form; empty stays empty."""
        written = super().clean(value)
        found = normal_phone(written) if written else ""
        if written and not found:
            raise forms.ValidationError(_("This is not a phone number."))
        return found


class DayInput(forms.DateInput):
    """The browser's own day picker."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class CustomerForm(forms.Form):
    """The file itself; contacts and places have forms of their own."""

    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Person or company"), choices=CustomerKind.choices)
    tier = forms.ChoiceField(label=_("Tier"), choices=Tier.choices, initial=Tier.REGULAR)
    industry = forms.CharField(label=_("Industry"), max_length=60, required=False)
    source = forms.ChoiceField(
        label=_("How the customer came"), choices=[("", _("Not known")), *CustomerSource.choices], required=False
    )
    cooperation_since = DayField(label=_("Customer since"), required=False, widget=DayInput())
    home_store = forms.ModelChoiceField(Store.objects.all(), label=_("Home store"), required=False)
    in_charge = forms.ModelChoiceField(
        Staff.objects.filter(is_active=True), label=_("Person in charge"), required=False
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    preferred_time = forms.ChoiceField(label=_("Preferred time"), choices=PartOfDay.choices)
    preferred_weekdays = forms.TypedMultipleChoiceField(
        label=_("Preferred days"),
        choices=WEEKDAYS,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen means any day."),
    )
    do_not_contact = forms.BooleanField(label=_("Do not contact"), required=False)
    do_not_contact_reason = forms.CharField(label=_("Reason for not contacting"), max_length=200, required=False)
    notes = forms.CharField(label=_("Notes"), max_length=5000, required=False, widget=forms.Textarea({"rows": 3}))

    def values(self) -> dict[str, Any]:
        """What goes to the action: keys instead of objects."""
        data = dict(self.cleaned_data)
        for name in ("home_store", "in_charge"):
            chosen = data.pop(name, None)
            data[f"{name}_id"] = chosen.pk if chosen else None
        return {name: value for name, value in data.items() if name not in ContactForm.base_fields}


class ContactForm(forms.Form):
    """One way to reach a customer."""

    contact_name = forms.CharField(label=_("Contact person"), max_length=100, required=False)
    position = forms.CharField(label=_("Position"), max_length=60, required=False)
    phone = PhoneField(label=_("Phone"), max_length=60, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    wechat = forms.CharField(label=_("WeChat"), max_length=60, required=False)

    def contact(self) -> ContactDraft:
        """The contact as it is kept."""
        data = self.cleaned_data
        return ContactDraft(
            name=data["contact_name"],
            position=data["position"],
            phone=data["phone"],
            email=data["email"].lower(),
            wechat=data["wechat"],
        )


class AddressForm(forms.Form):
    """One place."""

    province = forms.CharField(label=_("Province"), max_length=60, required=False)
    city = forms.CharField(label=_("City"), max_length=60, required=False)
    district = forms.CharField(label=_("District"), max_length=60, required=False)
    line = forms.CharField(label=_("Street address"), max_length=200)
    postcode = forms.CharField(label=_("Postcode"), max_length=20, required=False)

    def address(self) -> AddressDraft:
        """The place as it is kept."""
        return AddressDraft(country="", **self.cleaned_data)


class NewCustomerForm(CustomerForm, ContactForm):
    """A new file with its first contact."""


class PurchaseForm(forms.Form):
    """One purchase; its articles are in a set of :class:`ArticleForm`."""

    bought_at = MomentField(
        label=_("Bought at"), widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    number = forms.CharField(
        label=_("Purchase number"), max_length=80, required=False, help_text=_("Empty: a number is given.")
    )
    store = forms.ModelChoiceField(Store.objects.all(), label=_("Store"), required=False)
    state = forms.ChoiceField(label=_("State of the order"), choices=PurchaseState.choices, initial=PurchaseState.DONE)
    is_return = forms.BooleanField(label=_("This is a return"), required=False)

    def clean_bought_at(self) -> Any:
        """Not in the future."""
        moment = self.cleaned_data["bought_at"]
        return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


class ArticleForm(forms.Form):
    """One line of a purchase."""

    product = forms.CharField(label=_("Model or article"), max_length=80, required=False)
    description = forms.CharField(label=_("Description"), max_length=300, required=False)
    quantity = forms.DecimalField(label=_("Quantity"), min_value=0, max_digits=9, decimal_places=3, initial=1)
    unit_price = forms.DecimalField(label=_("Unit price"), min_value=0, max_digits=12, decimal_places=2)
    serial = forms.CharField(label=_("Serial number"), max_length=80, required=False)

    def clean(self) -> dict[str, Any]:
        """A serial number needs a product that we know."""
        data = super().clean() or self.cleaned_data
        model = data.get("product", "")
        found = Product.objects.filter(model=model).order_by("-version").first() if model else None
        if data.get("serial") and found is None:
            self.add_error("product", _("A serial number needs the model of a product that we know."))
        if not model and not data.get("description"):
            self.add_error("description", _("Say what was bought."))
        data["found"] = found
        return data


ArticleSet = forms.formset_factory(ArticleForm, extra=0, min_num=1, max_num=30, validate_min=True, validate_max=True)


def initial_of(customer: Customer) -> dict[str, Any]:
    """The file as the form shows it."""
    values = {name: getattr(customer, name) for name in CustomerForm.base_fields}
    return {**values, "home_store": customer.home_store_id, "in_charge": customer.in_charge_id}
