"""The form of the contact rules: numbers, rest hours, and the windows of every way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.contact_ledger.queries.rule_words import NUMBER_LABELS, way_said
from huiyin.contact_ledger.rules.numbers import read_numbers
from huiyin.contact_ledger.rules.rule_faults import LIMITS
from huiyin.contact_ledger.rules.words import WAY_LABELS, Way
from huiyin.foundation.forms import DayField
from huiyin.kernel.refusal import Invalid
from huiyin.working_time.public import calendar_choices

MOST_WINDOWS = 6
PARTS = ("start", "end", "not_on")


def _hour(label: Any, *, required: bool = False) -> forms.TimeField:
    return forms.TimeField(label=label, required=required, widget=forms.TimeInput({"type": "time"}, "%H:%M"))


@dataclass(frozen=True)
class WayFields:
    """One way: its code and name, when it may be used now in words, and the fields of its windows.

    ``opened``: whether its fields are shown at once.
    """

    code: str
    name: str
    said: str
    working: forms.BoundField
    windows: list[list[forms.BoundField]]
    opened: bool


class RulesForm(forms.Form):
    """Gap, cap, how long a no holds, rest hours, and for each way its windows and whether it keeps to working hours."""

    awake_start, awake_end = _hour(_("Rest ends"), required=True), _hour(_("Rest begins"), required=True)
    calendar = forms.ChoiceField(label=_("Calendar"), help_text=_("Its working hours cut the windows."))
    effective_from = DayField(label=_("Hold from"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("Stands in the list of versions."))
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, data: Any, *, kept: dict[str, Any], today: date) -> None:
        super().__init__(data, initial={**_first_values(kept), "effective_from": today})
        self.kept = kept
        self.rows = _rows(kept)
        self.fields["calendar"].choices = calendar_choices()  # type: ignore[attr-defined]  # a ChoiceField
        days = [(str(day), WEEKDAYS_ABBR[day]) for day in range(7)]
        for name, label in NUMBER_LABELS.items():
            least, most = LIMITS[name]
            number = forms.IntegerField if name == "monthly_cap" else forms.FloatField
            self.fields[name] = number(label=gettext(label), min_value=least, max_value=most)
        for way in Way:
            self.fields[f"{way}_working"] = forms.BooleanField(label=_("In working hours only"), required=False)
        for place in (f"{way}_{number}" for way, rows in self.rows.items() for number in range(rows)):
            self.fields[f"{place}_start"], self.fields[f"{place}_end"] = _hour(_("Begins")), _hour(_("Ends"))
            self.fields[f"{place}_not_on"] = forms.MultipleChoiceField(
                label=_("Not on"), choices=days, required=False, widget=forms.CheckboxSelectMultiple
            )

    def spans(self) -> list[forms.BoundField]:
        """The fields of the numbers."""
        return [self[name] for name in NUMBER_LABELS]

    def ways(self) -> list[WayFields]:
        """Every way with its fields; calls, and where something is wrong, are open."""
        numbers = read_numbers(self.kept["numbers"])
        return [self._way(way, rows, way_said(numbers, way)) for way, rows in self.rows.items()]

    def _way(self, way: str, rows: int, said: str) -> WayFields:
        windows = [[self[f"{way}_{number}_{part}"] for part in PARTS] for number in range(rows)]
        wrong = any(bound.errors for row in windows for bound in row)
        return WayFields(
            way, gettext(WAY_LABELS[way]), said, self[f"{way}_working"], windows, wrong or way == Way.PHONE
        )

    def content(self) -> dict[str, Any]:
        """What was entered, as the action takes it."""
        given = self.cleaned_data
        windows = {
            str(way): [row for number in range(rows) if (row := _row(given, f"{way}_{number}"))]
            for way, rows in self.rows.items()
        }
        numbers = {
            **{name: given[name] for name in NUMBER_LABELS},
            "awake": [_text(given["awake_start"]), _text(given["awake_end"]), self.kept["numbers"]["awake"][2]],
            "windows": windows,
            "working": [str(way) for way in Way if given[f"{way}_working"]],
        }
        return {"calendar": given["calendar"], "numbers": numbers, "note": given["note"]}


def _rows(kept: dict[str, Any]) -> dict[Way, int]:
    """How many windows of each way can be entered: those there are, and one more."""
    return {way: min(len(kept["numbers"]["windows"][way]) + 1, MOST_WINDOWS) for way in Way}


def _row(given: dict[str, Any], place: str) -> list[Any] | None:
    """A window as it is kept; one with only one time is not left out but refused for it."""
    times = [moment for part in ("start", "end") if (moment := given.get(f"{place}_{part}")) is not None]
    if not times:
        return None
    return [_text(times[0]), _text(times[-1]), sorted(int(day) for day in given[f"{place}_not_on"])]


def _text(moment: time) -> str:
    return moment.isoformat("minutes")


def _first_values(kept: dict[str, Any]) -> dict[str, Any]:
    numbers = kept["numbers"]
    values: dict[str, Any] = {"note": kept["note"], "calendar": kept["calendar"]}
    values |= {name: f"{numbers[name]:g}" for name in NUMBER_LABELS}
    values |= {"awake_start": numbers["awake"][0], "awake_end": numbers["awake"][1]}
    values |= {f"{way}_working": way in numbers["working"] for way in Way}
    for way, rows in numbers["windows"].items():
        for number, (start, end, not_on) in enumerate(rows):
            place = f"{way}_{number}"
            values |= {f"{place}_start": start, f"{place}_end": end, f"{place}_not_on": [str(day) for day in not_on]}
    return values


@contextmanager
def placed() -> Iterator[None]:
    """What is wrong with windows is said at the first field of their way."""
    places = {"awake": "awake_start", **{f"windows.{way}": f"{way}_0_start" for way in Way}}
    try:
        yield
    except Invalid as refusal:
        raise Invalid(refusal.why, {places.get(name, name): why for name, why in refusal.fields.items()}) from None
