"""The form that reserves spare parts for a case."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.cases.actions.parts import need_part
from huiyin.cases.pages.forms.base import StepForm
from huiyin.spare_parts.public import part_choices, place_choices


class NeedPartForm(StepForm):
    """Which part, from where, how many."""

    verb = "need_part"
    action = need_part
    part_id = forms.TypedChoiceField(label=_("Spare part"), coerce=int)
    place_id = forms.TypedChoiceField(label=_("Place of parts"), coerce=int)
    quantity = forms.DecimalField(
        label=_("Quantity"),
        max_digits=12,
        decimal_places=3,
        min_value=Decimal("0.001"),
        initial=Decimal(1),
        help_text=_("What is not there is owed and reserved as soon as it comes in."),
    )

    def prepare(self) -> None:
        """Offers the parts that fit the case's product first."""
        choices: dict[str, Any] = {"part_id": part_choices(self.case.product_id), "place_id": place_choices()}
        for name, found in choices.items():
            self.fields[name].choices = found  # type: ignore[attr-defined]  # a ChoiceField
