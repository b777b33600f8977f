"""Forms of the calendar pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiyin.foundation.forms import DayField, MomentField, say
from huiyin.kernel.refusal import Invalid
from huiyin.working_time.queries.calendars import every_department
from huiyin.working_time.queries.words import KIND_LABELS, UNIT_LABELS, weekday_names
from huiyin.working_time.rules.calendar import DayKind, Intervals, WorkingCalendar
from huiyin.working_time.rules.span import Span, Unit
from huiyin.working_time.rules.writing import shown, typed

MOMENT = "%Y-%m-%dT%H:%M"


class HoursField(forms.CharField):
    """The hours of a day, typed as ``09:00-12:00 13:00-18:00``."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=200, required=False, **kwargs)

    def clean(self, value: Any) -> Intervals:
        """The typed hours; what is wrong with them is said in words."""
        try:
            return typed(super().clean(value))
        except Invalid as refusal:
            raise forms.ValidationError(say(refusal.why)) from None


class DayInput(forms.DateInput):
    """The browser's own day picker."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DayForm(forms.Form):
    """What a day, or several, shall be."""

    day = DayField(label=pgettext_lazy("date", "Day"), widget=DayInput)
    last_day = DayField(
        label=_("Last day"), widget=DayInput, required=False, help_text=_("Only for several days in a row.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=[(kind.value, label) for kind, label in KIND_LABELS.items()])
    name = forms.CharField(
        label=pgettext_lazy("of a thing", "Name"),
        max_length=60,
        required=False,
        help_text=_("For example the holiday, or why it is closed."),
    )
    hours = HoursField(
        label=pgettext_lazy("hours of a day", "Hours"),
        help_text=_("Empty: those of the week. Needed for special hours only."),
    )
    region = forms.CharField(
        label=_("Region"), max_length=40, required=False, help_text=_("Empty: everywhere. Otherwise only there.")
    )
    note = forms.CharField(label=_("Reason"), max_length=200, help_text=_("Stands in the list of versions."))

    def clean_kind(self) -> DayKind:
        """The chosen kind."""
        return DayKind(self.cleaned_data["kind"])


class HoursForm(forms.Form):
    """The hours of the week, from a day on."""

    effective_from = DayField(
        label=_("Hold from"),
        widget=DayInput,
        help_text=_("Days before keep their hours. Deadlines already given stay."),
    )
    zone = forms.CharField(label=_("Time zone"), max_length=60, help_text=_("For example Asia/Shanghai."))
    note = forms.CharField(label=_("Reason"), max_length=200, help_text=_("Stands in the list of versions."))

    def __init__(self, *args: Any, week: tuple[Intervals, ...] = ((),) * 7, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for index, (name, hours) in enumerate(zip(weekday_names(), week, strict=True)):
            self.fields[f"day_{index}"] = HoursField(label=name, initial=shown(hours))

    def days(self) -> list[forms.BoundField]:
        """The seven fields, Monday first."""
        return [self[f"day_{index}"] for index in range(7)]

    def week(self) -> list[Intervals]:
        """The seven answers, Monday first."""
        return [self.cleaned_data[f"day_{index}"] for index in range(7)]


class CalendarForm(forms.Form):
    """A calendar of its own for a department."""

    name = forms.CharField(label=pgettext_lazy("of a thing", "Name"), max_length=60)
    code = forms.SlugField(label=_("Code"), max_length=30, help_text=_("Policies name it so, as in hotline."))
    like = forms.ChoiceField(label=_("Begins as a copy of"))
    department: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Department"), queryset=None, required=False, empty_label=_("None in particular")
    )
    note = forms.CharField(label=_("Reason"), max_length=200, help_text=_("Stands in the list of versions."))

    def __init__(self, *args: Any, likes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["like"].choices = likes  # type: ignore[attr-defined]
        self.fields["department"].queryset = every_department()  # type: ignore[attr-defined]


class DeadlineForm(forms.Form):
    """A start and a span; the start is on the calendar's clock."""

    start = MomentField(label=_("Clock starts"), widget=forms.DateTimeInput({"type": "datetime-local"}, MOMENT))
    amount = forms.DecimalField(label=_("Span"), min_value=0, max_digits=8, decimal_places=2, initial=4)
    unit = forms.ChoiceField(label=_("Unit"), choices=[(unit.value, label) for unit, label in UNIT_LABELS.items()])

    def __init__(self, *args: Any, calendar: WorkingCalendar, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.calendar = calendar

    def full_clean(self) -> None:
        """Reads the start on the calendar's clock, whatever the person's is."""
        with timezone.override(self.calendar.zone):
            super().full_clean()

    def clean(self) -> dict[str, Any]:
        """Puts amount and unit together into a span."""
        values = super().clean() or {}
        if "amount" in values and "unit" in values:
            try:
                values["span"] = Span(values["amount"], Unit(values["unit"]))
            except Invalid as refusal:
                self.add_error("amount", say(refusal.why))
        return values

    def asked(self) -> tuple[datetime, Span]:
        """The start and the span of a valid form."""
        return self.cleaned_data["start"], self.cleaned_data["span"]
