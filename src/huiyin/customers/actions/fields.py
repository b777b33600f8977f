"""Which fields of a file people may set, and what may stand in them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from huiyin.customers.models import Customer
from huiyin.foundation.actions import Act
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _
from huiyin.organisation.public import Store

SOURCE = "huiyin"
SETTABLE = frozenset(
    {
        "name", "kind", "tier", "industry", "source", "cooperation_since", "home_store_id", "in_charge_id", "language",
        "preferred_time", "preferred_weekdays", "do_not_contact", "do_not_contact_reason", "notes",
    }
)  # fmt: skip
LONGEST_NOTES = 5000
FIELDS = {field.attname: field for field in Customer._meta.concrete_fields}


def check_values(act: Act, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that may be kept.

    Raises:
        Invalid: a value is too long, unknown or contradicts another; the fields are named.
    """
    checked = {name: value for name, value in values.items() if name in SETTABLE}
    wrong = {**_impossible(checked), **_contradictions(act, checked)}
    if wrong:
        raise Invalid(message(_("Some values cannot be kept. Nothing was changed.")), wrong)
    return checked


def _impossible(values: Mapping[str, Any]) -> dict[str, Message]:
    wrong = {}
    for name, value in values.items():
        try:
            FIELDS[name].clean(value, None)
        except ValidationError:
            wrong[name] = message(_("This value is not possible."))
    if len(str(values.get("notes", ""))) > LONGEST_NOTES:
        wrong["notes"] = message(_("The text is longer than %(limit)s characters."), limit=LONGEST_NOTES)
    return wrong


def _contradictions(act: Act, values: Mapping[str, Any]) -> dict[str, Message]:
    wrong = {}
    since = values.get("cooperation_since")
    if isinstance(since, date) and since > timezone.localdate(act.now):
        wrong["cooperation_since"] = message(_("This day lies in the future."))
    if values.get("do_not_contact") and not str(values.get("do_not_contact_reason", "")).strip():
        wrong["do_not_contact_reason"] = message(_("Say why this customer must not be contacted."))
    if any(day not in range(1, 8) for day in values.get("preferred_weekdays", ())):
        wrong["preferred_weekdays"] = message(_("This value is not possible."))
    store = values.get("home_store_id")
    if store and not Store.objects.filter(pk=store).exists():
        wrong["home_store_id"] = message(_("There is no such store."))
    return wrong
