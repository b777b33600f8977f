"""Forms of site visits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.field_service.queries.contact import Reach, Where
from huiyin.field_service.rules.checks import Answer
from huiyin.field_service.rules.numbers import CheckItem
from huiyin.field_service.rules.words import ENTRY_LABELS, GIVEN_LABELS
from huiyin.foundation.forms import MomentField, unmarked
from huiyin.foundation.photos import ACCEPTED
from huiyin.kernel.years import why_far

MOMENT = {"type": "datetime-local"}


def lines(rows: int = 3) -> forms.Textarea:
    """A text over several lines."""
    return forms.Textarea(attrs={"rows": rows})


class PlanForm(forms.Form):
    """Who comes when and where: one of the offered times, or a time of one's own."""

    slot = forms.CharField(required=False, widget=forms.HiddenInput)
    engineer_id = forms.TypedChoiceField(label=_("Engineer"), coerce=int, empty_value=None, required=False)
    start_at = MomentField(
        label=_("Start"), required=False, widget=forms.DateTimeInput(attrs=MOMENT, format="%Y-%m-%dT%H:%M")
    )
    purpose = forms.CharField(label=_("What is to be done"), required=False, max_length=500, widget=lines(2))
    contact_name = forms.CharField(label=_("Ask for"), required=False, max_length=80)
    contact_phone = forms.CharField(
        label=_("Phone of another person"), required=False, max_length=30, help_text=_("Empty: as it is known.")
    )
    address_id = forms.TypedChoiceField(label=_("Address"), coerce=int, empty_value=None, required=False)
    address = forms.CharField(label=_("Another address"), required=False, max_length=400)

    def __init__(
        self, *args: Any, people: list[tuple[int, str]], places: Sequence[Where], known: Reach, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.people = people
        self.fields["engineer_id"].choices = [("", "–"), *people]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["address_id"].choices = [  # type: ignore[attr-defined]
            *((place.pk, place.masked) for place in places),
            ("", gettext("Another address")),
        ]
        self.fields["contact_name"].initial = known.name

    def clean(self) -> dict[str, Any]:
        """An offered time says who and when."""
        given: dict[str, Any] = super().clean() or {}
        who, _bar, when = given.get("slot", "").partition("|")
        if who in {str(key) for key, _name in self.people} and (start := _moment(when)):
            given["engineer_id"], given["start_at"] = int(who), start
        if given.get("engineer_id") is None:
            self.add_error("engineer_id", gettext("Choose one of the times, or an engineer and a time."))
        elif given.get("start_at") is None and "start_at" not in self.errors:
            self.add_error("start_at", gettext("Choose one of the times, or an engineer and a time."))
        return given

    def values(self) -> dict[str, Any]:
        """The action's keyword arguments."""
        return {name: value for name, value in self.cleaned_data.items() if name != "slot" and value is not None}


def _moment(text: str) -> datetime | None:
    """The moment of an offered time; None where the text was tampered with."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


class MoveForm(forms.Form):
    """A new time and why."""

    start_at = MomentField(label=_("New start"), widget=forms.DateTimeInput(attrs=MOMENT, format="%Y-%m-%dT%H:%M"))
    reason = forms.CharField(label=_("Reason"), max_length=300)


class CancelForm(forms.Form):
    """Why nobody comes."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class LogForm(forms.Form):
    """A line of the log."""

    kind = forms.ChoiceField(label=_("Kind"))
    text = forms.CharField(label=_("What was done or found"), max_length=500, widget=lines(2))
    opens_case = forms.BooleanField(label=_("Open a case of its own for it"), required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["kind"].choices = [(code, gettext(label)) for code, label in ENTRY_LABELS.items()]  # type: ignore[attr-defined]


class ChecksForm(forms.Form):
    """Every check with its answer and a note."""

    def __init__(self, *args: Any, items: Sequence[CheckItem], english: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self.items = items
        choices = [(code, gettext(label)) for code, label in GIVEN_LABELS.items()]
        for item in items:
            label = item.text_en if english and item.text_en else item.text
            self.fields[item.code] = forms.ChoiceField(
                label=label, choices=choices, widget=forms.RadioSelect, required=False
            )
            self.fields[f"{item.code}.note"] = forms.CharField(
                label=_("Note"), required=False, max_length=200, widget=forms.TextInput({"placeholder": _("Note")})
            )

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Answer and note of each check."""
        return [(self[item.code], self[f"{item.code}.note"]) for item in self.items]

    def answers(self) -> dict[str, Answer]:
        """What was answered; checks without an answer are left out."""
        given = self.cleaned_data
        return {
            item.code: Answer(given[item.code], given[f"{item.code}.note"]) for item in self.items if given[item.code]
        }


class PhotosForm(forms.Form):
    """One photo."""

    photo = forms.FileField(
        label=_("Photo"), widget=forms.ClearableFileInput({"accept": ACCEPTED, "capture": "environment"})
    )


class ReportForm(forms.Form):
    """The service report, with who signs and how."""

    found = forms.CharField(label=_("What was found"), max_length=5000, widget=lines())
    done = forms.CharField(label=_("What was done"), max_length=5000, widget=lines())
    test = forms.CharField(label=_("Function test and its result"), max_length=5000, widget=lines(2))
    tested_with_customer = forms.BooleanField(label=_("Tested together with the customer"), required=False)
    cleaned_up = forms.BooleanField(label=_("The place is cleaned up"), required=False)
    handed_over = forms.CharField(
        label=_("Handed over"), required=False, max_length=300, help_text=_("Manual, change record, replaced parts …")
    )
    advice = forms.CharField(label=_("Advice to the customer"), required=False, max_length=5000, widget=lines(2))
    signed_name = forms.CharField(label=_("Name of who signs"), max_length=80)
    signature = forms.CharField(required=False, widget=forms.HiddenInput)
    paper = forms.FileField(
        label=_("Or a photo of the signed paper"),
        required=False,
        widget=forms.ClearableFileInput({"accept": ACCEPTED, "capture": "environment"}),
    )

    def as_draft(self) -> None:
        """A draft may leave anything out; it is the signature that asks for all of it."""
        for field in self.fields.values():
            field.required = False


class AskForm(forms.Form):
    """What suits the customer better: one of the times that are offered (``do=move``), or words about another one.

    Both stand in one form, so that what was typed and chosen stays whichever of the two is refused.
    """

    start = forms.CharField(required=False)
    words = unmarked(
        forms.CharField(
            label=_("None of these? Tell us when it suits you"), required=False, max_length=500, widget=lines(2)
        )
    )

    @property
    def moves(self) -> bool:
        """Whether a time was to be taken; who names no button has chosen one by giving it."""
        return str(self.data.get("do", "move" if self.data.get("start") else "ask")) == "move"

    @property
    def chosen(self) -> datetime | None:
        """The time that is marked."""
        found = _moment(self.data.get("start", ""))
        return found if found and why_far(found) is None else None

    def clean(self) -> dict[str, Any]:
        """A time, or words."""
        given: dict[str, Any] = super().clean() or {}
        if self.moves and self.chosen is None:
            self.add_error("start", gettext("Please choose a time."))
        elif not self.moves and "words" not in self.errors and not given.get("words"):
            self.add_error("words", gettext("Please say what would suit you."))
        return given

    def at_its_field(self) -> None:
        """Puts why nothing was done to what was asked for."""
        for why in self.errors.pop(NON_FIELD_ERRORS, []):
            name = "start" if self.moves else "words"
            if why not in self.errors.get(name, []):
                self.add_error(name, why)
