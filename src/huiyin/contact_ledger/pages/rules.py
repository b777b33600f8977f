"""The contact rules: changed field by field, with their versions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import time
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.contact_ledger.actions.save_rules import CHANGE, save_rules
from huiyin.contact_ledger.models import ContactRules
from huiyin.contact_ledger.queries.rule_versions import RulesVersion, hours_of_week, newest_rules, rules_versions
from huiyin.contact_ledger.queries.rules import rules_at
from huiyin.contact_ledger.rules.numbers import numbers_to
from huiyin.contact_ledger.rules.rule_faults import LIMITS, cut_windows
from huiyin.contact_ledger.rules.words import WAY_LABELS, Way
from huiyin.foundation import clock
from huiyin.foundation.forms import refusals, say
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.kernel.refusal import Invalid

SPANS = {
    "gap_days": _("Days between two contacts"),
    "monthly_cap": _("Contacts a month at most"),
    "refusal_days": _("Days a refusal is respected"),
    "claim_minutes": _("Minutes a place is held for a contact"),
}
ROWS = {Way.PHONE: 4, Way.SMS: 2, Way.WECHAT: 2}
PARTS = ("start", "end", "not_on")


def _hour(label: Any, *, required: bool = False) -> forms.TimeField:
    return forms.TimeField(label=label, required=required, widget=forms.TimeInput({"type": "time"}, "%H:%M"))


class RulesForm(forms.Form):
    """Gap, cap, how long a no holds, rest hours and the windows of each way."""

    awake_start, awake_end = _hour(_("Rest ends"), required=True), _hour(_("Rest begins"), required=True)
    effective_from = forms.DateField(label=_("Hold from"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("Stands in the list of versions."))
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = [(str(day), WEEKDAYS_ABBR[day]) for day in range(7)]
        for name, label in SPANS.items():
            least, most = LIMITS[name]
            number = forms.IntegerField if name == "monthly_cap" else forms.FloatField
            self.fields[name] = number(label=label, min_value=least, max_value=most)
        for place in _places():
            self.fields[f"{place}_start"], self.fields[f"{place}_end"] = _hour(_("Begins")), _hour(_("Ends"))
            self.fields[f"{place}_not_on"] = forms.MultipleChoiceField(
                label=_("Not on"), choices=days, required=False, widget=forms.CheckboxSelectMultiple
            )

    def spans(self) -> list[forms.BoundField]:
        """The fields of the numbers."""
        return [self[name] for name in SPANS]

    def ways(self) -> list[tuple[str, list[list[forms.BoundField]]]]:
        """The name of each way that has windows, and the fields of each window."""
        return [
            (gettext(WAY_LABELS[way]), [[self[f"{way}_{number}_{part}"] for part in PARTS] for number in range(rows)])
            for way, rows in ROWS.items()
        ]

    def content(self, kept: dict[str, Any]) -> dict[str, Any]:
        """What was entered; what the form does not show stays as in ``kept``."""
        given = self.cleaned_data
        windows = {
            str(way): [row for number in range(rows) if (row := _row(given, f"{way}_{number}"))]
            for way, rows in ROWS.items()
        }
        return {
            **kept,
            **{name: given[name] for name in SPANS},
            "awake": [_text(given["awake_start"]), _text(given["awake_end"]), kept["awake"][2]],
            "windows": {**kept["windows"], **windows},
        }


def _places() -> list[str]:
    return [f"{way}_{number}" for way, rows in ROWS.items() for number in range(rows)]


def _row(given: dict[str, Any], place: str) -> list[Any] | None:
    """A window as it is kept; one with only one time is not left out but refused for it."""
    times = [moment for part in ("start", "end") if (moment := given.get(f"{place}_{part}")) is not None]
    if not times:
        return None
    return [_text(times[0]), _text(times[-1]), sorted(int(day) for day in given[f"{place}_not_on"])]


def _text(moment: time) -> str:
    return moment.isoformat("minutes")


def _initial(kept: dict[str, Any], note: str) -> dict[str, Any]:
    values: dict[str, Any] = {"note": note, **{name: f"{kept[name]:g}" for name in SPANS}}
    values |= {"awake_start": kept["awake"][0], "awake_end": kept["awake"][1]}
    for way, rows in kept["windows"].items():
        for number, (start, end, not_on) in enumerate(rows):
            place = f"{way}_{number}"
            values |= {f"{place}_start": start, f"{place}_end": end, f"{place}_not_on": [str(day) for day in not_on]}
    return values


@contextmanager
def _placed() -> Iterator[None]:
    """What is wrong with windows is said at the first field of their way."""
    places = {"awake": "awake_start", **{f"windows.{way}": f"{way}_0_start" for way in ROWS}}
    try:
        yield
    except Invalid as refusal:
        raise Invalid(refusal.why, {places.get(name, name): why for name, why in refusal.fields.items()}) from None


@dataclass(frozen=True)
class RulesPage:
    """The newest rules, what of them will not work out, and every version."""

    rules: ContactRules
    warnings: list[str]
    versions: list[RulesVersion]


@page("contacts/rules/", name="contact-rules", needs=CHANGE)
def contact_rules(request: Request) -> HttpResponse:
    """Changes the contact rules; the form begins with the newest version."""
    now = clock.now()
    today = now.astimezone(rules_at(now)[1].zone).date()
    rules = newest_rules(today)
    kept = numbers_to(rules.contact_numbers)
    form = RulesForm(request.POST or None, initial={**_initial(kept, rules.note), "effective_from": today})
    if request.method == "POST" and form.is_valid():
        with refusals(form), _placed():
            _save(request, form, kept)
        if not form.errors:
            return go("contact-rules")
    warnings = [say(each) for each in cut_windows(rules.contact_numbers, hours_of_week(rules.calendar, today))]
    context = RulesPage(rules, warnings, rules_versions(today))
    return show(request, "contact_ledger/rules.html", context, status=422 if form.errors else 200, form=form)


def _save(request: Request, form: RulesForm, kept: dict[str, Any]) -> None:
    given, version = form.cleaned_data, request.POST.get("version", "")
    saved = save_rules(
        call_of(request),
        form.content(kept),
        note=given["note"],
        effective_from=given["effective_from"],
        reason=given["reason"],
        expected=int(version) if version.isdecimal() else None,
    )
    messages.success(
        request, gettext("The contact rules are saved as version %(version)s.") % {"version": saved.version}
    )
