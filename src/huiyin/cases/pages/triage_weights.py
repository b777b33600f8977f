"""Triage weights: points per value, what other ones would change about the last cases, and how people decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.cases.pages.rules_form import RulesForm, save_rules
from huiyin.cases.queries.levels import agreement_since, facts_of_last, rules_of, versions_of_rules
from huiyin.cases.queries.sla import company_day
from huiyin.cases.rules.kinds import LEVELS
from huiyin.cases.rules.shipped import TRIAGE
from huiyin.cases.rules.triage import FACTORS, Weights
from huiyin.cases.rules.weights import MOST, Agreement, Effect, checked_weights, effect
from huiyin.foundation import clock
from huiyin.foundation.forms import refusals, unmarked
from huiyin.foundation.pages import Request, go, page, show
from huiyin.foundation.versions import Version

NAMES = {
    "severity": _("Severity"),
    "reach": _("Reach"),
    "tier": _("Importance of the customer"),
    "emotion": _("Emotion"),
    "kind": _("Kind"),
    "repeated": _("Repetition"),
}


def _none_typed() -> forms.NumberInput:
    return forms.NumberInput(attrs={"placeholder": "0"})  # which is what it means


class WeightsForm(RulesForm):
    """One number for each value of each factor, and from how many points on a level begins."""

    urgent_from = forms.IntegerField(label=_("Urgent from"), min_value=1, max_value=4 * MOST)
    important_from = forms.IntegerField(label=_("Important from"), min_value=1, max_value=4 * MOST)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for factor, values in FACTORS.items():
            for value, label in values.items():
                points = forms.IntegerField(
                    label=gettext(label), min_value=0, max_value=MOST, required=False, widget=_none_typed()
                )
                self.fields[f"{factor}.{value}"] = unmarked(points)

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields by factor."""
        return [(NAMES[factor], [self[f"{factor}.{value}"] for value in values]) for factor, values in FACTORS.items()]

    def weights(self) -> dict[str, Any]:
        """What was entered, as it is stored."""
        given = self.cleaned_data
        points = {
            factor: {value: given.get(f"{factor}.{value}") or 0 for value in values}
            for factor, values in FACTORS.items()
        }
        return {"points": points, "urgent_from": given["urgent_from"], "important_from": given["important_from"]}


@dataclass(frozen=True)
class WeightsPage:
    """The version the form began with, what a change would do (None: not asked), agreement, and every version."""

    version: int
    effect: Effect | None
    moved: list[tuple[str, str, int]]
    agreement: Agreement
    levels: list[str]
    rows: list[tuple[str, tuple[int, ...]]]
    versions: list[Version]


@page("cases/triage/", name="triage-weights", needs="cases.rules")
def triage_weights(request: Request) -> HttpResponse:
    """Shows, tries and changes the weights."""
    now = clock.now()
    last = rules_of("triage")
    stored = last.data if last else TRIAGE
    form = WeightsForm(request.POST or None, initial=_first(stored) | {"effective_from": company_day(now)})
    tried: Effect | None = None
    if request.method == "POST" and form.is_valid():
        if request.POST.get("do") == "try":
            with refusals(form):
                then = Weights.of(checked_weights(form.weights()))
                tried = effect(facts_of_last(), Weights.of(stored), then)
        elif save_rules(request, "triage", form, form.weights()):
            return go("triage-weights")
    agreed = agreement_since(now)
    context = WeightsPage(
        version=last.version if last else 0,
        effect=tried,
        moved=[(LEVELS[each.before], LEVELS[each.after], each.count) for each in tried.moved] if tried else [],
        agreement=agreed,
        levels=list(LEVELS.values()),
        rows=[(LEVELS[level], counts) for level, counts in agreed.table],
        versions=versions_of_rules("triage", now),
    )
    return show(request, "cases/triage_weights.html", context, 422 if form.errors else 200, form=form)


def _first(stored: dict[str, Any]) -> dict[str, Any]:
    first = {
        f"{factor}.{value}": stored["points"].get(factor, {}).get(value, 0)
        for factor, values in FACTORS.items()
        for value in values
    }
    return first | {"urgent_from": stored["urgent_from"], "important_from": stored["important_from"]}
