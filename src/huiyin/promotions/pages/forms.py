"""Forms of gift lists."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.customers.public import normal_phone
from huiyin.foundation.forms import DayField
from huiyin.promotions.rules.lines import MOST_QUANTITY, LineDraft
from huiyin.promotions.rules.words import CHECK_LABELS


class ListForm(forms.Form):
    """Which promotion of which store, handed in for which check."""

    name = forms.CharField(label=_("Promotion"), max_length=80, help_text=_("For example: Mid-autumn gifts 2026"))
    check = forms.ChoiceField(label=_("Check"))
    store = forms.TypedChoiceField(label=_("Store"), coerce=int)

    def __init__(self, *args: Any, stores: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["check"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (str(code), gettext(label)) for code, label in CHECK_LABELS.items()
        ]
        self.fields["store"].choices = stores  # type: ignore[attr-defined]  # a ChoiceField


class LineForm(forms.Form):
    """One gift to one person."""

    name = forms.CharField(label=_("Recipient"), max_length=80)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    gift = forms.CharField(label=_("Gift"), max_length=100)
    value = forms.DecimalField(label=_("Value of one, yuan"), max_digits=10, decimal_places=2)
    quantity = forms.IntegerField(label=_("Quantity"), min_value=1, max_value=MOST_QUANTITY, initial=1)
    given_on = DayField(label=_("Given on"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    purchase = forms.CharField(label=_("Purchase number"), max_length=80, required=False)

    def draft(self) -> LineDraft:
        """The line that was entered."""
        given = self.cleaned_data
        return LineDraft(
            name=given["name"],
            phone=given["phone"],
            number=normal_phone(given["phone"])[:40],
            gift=given["gift"],
            value=given["value"].quantize(Decimal("0.01")),
            quantity=given["quantity"],
            given_on=given["given_on"],
            purchase=given["purchase"],
        )


class MendForm(forms.Form):
    """How an error came about and what was done about it."""

    explanation = forms.CharField(
        label=_("How it came about"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    evidence = forms.CharField(
        label=_("What was done, with the evidence"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: sent on 16 September, courier number, signed receipt"),
    )


class VerdictForm(forms.Form):
    """What customer service decides by hand."""

    note = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
