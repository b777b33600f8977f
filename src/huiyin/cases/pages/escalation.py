"""Who is told of urgent cases, angry and repeated complainers; and when two cases count as the same matter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from huiyin.cases.pages.forms.base import codes
from huiyin.cases.pages.rules_form import RulesForm, save_rules
from huiyin.cases.queries.levels import rules_of, versions_of_rules
from huiyin.cases.queries.sla import company_day
from huiyin.cases.rules.alike import LIMITS, LikenessNumbers
from huiyin.cases.rules.escalation import ESCALATION, MOST_TIMES, TO, WHYS
from huiyin.foundation import clock
from huiyin.foundation.pages import Request, go, page, show
from huiyin.foundation.versions import Version

NUMBERS = {
    "days": _("Cases of so many days are compared"),
    "by_text": _("Strangers: from so many percent on"),
    "by_person": _("Same customer: from so many percent on"),
    "by_serial": _("Same device: from so many percent on"),
    "shown": _("So many are shown"),
}


class EscalationForm(RulesForm):
    """Who is told for each reason, and from which complaint on somebody repeats."""

    times = forms.IntegerField(label=_("Repeated from complaint number"), min_value=2, max_value=MOST_TIMES)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for why, label in codes(WHYS):
            self.fields[why] = forms.MultipleChoiceField(
                label=label, choices=codes(TO), required=False, widget=forms.CheckboxSelectMultiple
            )

    def whys(self) -> list[forms.BoundField]:
        """The fields of the reasons."""
        return [self[why] for why in WHYS]

    def table(self) -> dict[str, Any]:
        """What was entered, as it is stored."""
        table: dict[str, Any] = {why: {"to": self.cleaned_data[why]} for why in WHYS}
        table["repeated"]["times"] = self.cleaned_data["times"]
        return table


class LikenessForm(RulesForm):
    """The numbers of likeness."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, label in NUMBERS.items():
            least, most = LIMITS[name]
            self.fields[name] = forms.IntegerField(label=label, min_value=least, max_value=most)

    def numbers(self) -> list[forms.BoundField]:
        """The fields of the numbers."""
        return [self[name] for name in NUMBERS]


@dataclass(frozen=True)
class EscalationPage:
    """Both forms with the versions they began with, and every version."""

    version: int
    versions: list[Version]
    likeness: LikenessForm
    likeness_version: int
    likeness_versions: list[Version]


@page("cases/escalation/", name="case-escalation", needs="cases.rules")
def case_escalation(request: Request) -> HttpResponse:
    """Changes the table and the numbers, each a form of its own."""
    now, of = clock.now(), request.POST.get("of", "")
    table, numbers = rules_of("escalation"), rules_of("likeness")
    today = {"effective_from": company_day(now)}
    form = EscalationForm(
        request.POST if of == "escalation" else None, initial=_first(table.data if table else ESCALATION) | today
    )
    kept = LikenessNumbers.of(numbers.data if numbers else {}).as_data()
    likeness = LikenessForm(request.POST if of == "likeness" else None, initial=kept | today)
    if form.is_bound and form.is_valid() and save_rules(request, "escalation", form, form.table()):
        return go("case-escalation")
    if likeness.is_bound and likeness.is_valid() and save_rules(request, "likeness", likeness, likeness.cleaned_data):
        return go("case-escalation")
    context = EscalationPage(
        version=table.version if table else 0,
        versions=versions_of_rules("escalation", now),
        likeness=likeness,
        likeness_version=numbers.version if numbers else 0,
        likeness_versions=versions_of_rules("likeness", now),
    )
    status = 422 if form.errors or likeness.errors else 200
    return show(request, "cases/escalation.html", context, status, form=form)


def _first(table: dict[str, Any]) -> dict[str, Any]:
    first: dict[str, Any] = {why: table.get(why, {}).get("to", []) for why in WHYS}
    return first | {"times": table.get("repeated", {}).get("times", 2)}
