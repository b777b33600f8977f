"""Forms of spare parts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.spare_parts.queries.needs import place_choices
from huiyin.spare_parts.queries.stock import product_choices, stores_of_company
from huiyin.spare_parts.rules.ledger import MOST
from huiyin.spare_parts.rules.places import PLACE_LABELS, USUAL_UNIT


class QuantityField(forms.DecimalField):
    """So much of a part."""

    def __init__(self, **more: Any) -> None:
        given: dict[str, Any] = {"label": _("Quantity"), "max_digits": 12, "decimal_places": 3, "max_value": MOST}
        super().__init__(**(given | {"widget": forms.NumberInput({"step": "any", "min": 0})} | more))


class PartForm(forms.Form):
    """A part of the catalogue."""

    number = forms.CharField(label=_("Part number"), max_length=40)
    name = forms.CharField(label=_("Name"), max_length=120)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    unit = forms.CharField(label=_("Unit"), max_length=20, initial=USUAL_UNIT)
    price = forms.DecimalField(
        label=_("Price of one, yuan"), max_digits=10, decimal_places=2, min_value=0, initial=Decimal(0)
    )
    lead_days = forms.IntegerField(
        label=_("Working days until more comes"),
        min_value=1,
        max_value=365,
        initial=3,
        help_text=_("By then a missing part is owed."),
    )
    fits = forms.TypedMultipleChoiceField(label=_("Fits these products"), coerce=int, required=False)
    in_use = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["fits"].choices = product_choices()  # type: ignore[attr-defined]  # a ChoiceField


class PlaceForm(forms.Form):
    """A place where parts lie."""

    code = forms.CharField(label=_("Code"), max_length=30)
    name = forms.CharField(label=_("Name"), max_length=60)
    kind = forms.ChoiceField(label=_("Kind"))
    store_id = forms.TypedChoiceField(label=_("Store"), coerce=int, empty_value=None, required=False)
    holder_id = forms.TypedChoiceField(
        label=_("Kept by"), coerce=int, empty_value=None, required=False, help_text=_("The engineer of a van.")
    )
    in_use = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(self, *args: Any, people: list[tuple[int, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        choices: dict[str, list[tuple[Any, str]]] = {
            "kind": [(code, gettext(label)) for code, label in PLACE_LABELS.items()],
            "store_id": [("", "–"), *stores_of_company()],
            "holder_id": [("", "–"), *people],
        }
        for name, found in choices.items():
            self.fields[name].choices = found  # type: ignore[attr-defined]  # a ChoiceField


class MoveForm(forms.Form):
    """Something done to a part at a place; each kind of step asks what it needs."""

    place_id = forms.TypedChoiceField(label=_("Place of parts"), coerce=int)
    to_place_id = forms.TypedChoiceField(label=_("Into"), coerce=int)
    quantity = QuantityField()
    counted = QuantityField(label=_("Counted"), min_value=0, help_text=_("All that lies there, reserved parts too."))
    least = QuantityField(label=_("Least wanted"), min_value=0, help_text=_("Below it the keepers are told."))
    reason = forms.CharField(label=_("Reason or delivery note"), max_length=200, required=False)

    def __init__(self, *args: Any, asks: tuple[str, ...], places: list[tuple[int, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        for name in set(self.fields) - set(asks):
            del self.fields[name]
        self.fields["place_id"].choices = places  # type: ignore[attr-defined]  # a ChoiceField
        if "to_place_id" in self.fields:
            self.fields["to_place_id"].choices = place_choices()  # type: ignore[attr-defined]
