"""Adds, changes, moves and removes one rule of routing; each is a version of all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huiyin.cases.actions.save_routing import LONGEST_NAME, LONGEST_SKILL, save_routing
from huiyin.cases.models import RoutingRules
from huiyin.cases.pages.forms.base import codes
from huiyin.cases.pages.routing import name_of_rule
from huiyin.cases.queries.case_facts import case_fields
from huiyin.cases.queries.routing import newest_routing
from huiyin.cases.rules.routing import ROUTING_FIELDS, WHO_LABELS, rules_from
from huiyin.foundation import clock
from huiyin.foundation.condition_forms import ConditionField, as_typed, being_edited
from huiyin.foundation.conditions import Fields
from huiyin.foundation.forms import DayField, refusals
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.kernel.refusal import NotFound, Repeated
from huiyin.organisation.public import department_names

WRONG = 422


@dataclass(frozen=True)
class RulePage:
    """The rule by its place (None: a new one), and the version that is changed."""

    place: int | None
    name: str
    version: int


def routing_fields() -> Fields:
    """What rules may ask about, with what there is to choose from."""
    return {code: field for code, field in case_fields().items() if code in ROUTING_FIELDS}


class RuleForm(forms.Form):
    """Which cases go where, and to whom there."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)
    name_en = forms.CharField(label=_("English name"), max_length=LONGEST_NAME, required=False)
    condition = ConditionField(routing_fields, count="case-count", label=_("Which cases"))
    department = forms.ChoiceField(label=_("To which department"), choices=lambda: list(department_names().items()))
    who = forms.ChoiceField(label=_("Who takes it there"), choices=lambda: codes(WHO_LABELS))
    skill = forms.CharField(label=_("Skill"), max_length=LONGEST_SKILL, required=False)
    position = forms.IntegerField(label=_("Place in the order"), min_value=1, max_value=100)
    effective_from = DayField(label=_("Holds from"), widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(label=_("Reason"), max_length=200)


@page("cases/routing/new/", name="case-routing-new", needs="cases.change_routing")
def rule_new(request: Request) -> HttpResponse:
    """A rule more."""
    return _edited(request, None, newest_routing())


@page("cases/routing/<int:place>/", name="case-routing-rule", needs="cases.change_routing")
def rule_edit(request: Request, place: int) -> HttpResponse:
    """Changes, moves or removes one rule."""
    newest = newest_routing()
    if place >= len(newest.rules):
        raise NotFound
    return _edited(request, place, newest)


def _edited(request: Request, place: int | None, newest: RoutingRules) -> HttpResponse:
    typed = request.POST.get("version", "")[:9]
    version = int(typed) if typed.isascii() and typed.isdigit() else newest.version
    name = name_of_rule(rules_from(newest.rules)[place]) if place is not None else ""
    shown = RulePage(place, name, version)
    if request.method != "POST":
        return show(request, "cases/routing_rule.html", shown, form=RuleForm(initial=_initial(place, newest)))
    if being_edited(request.POST):
        return show(request, "cases/routing_rule.html", shown, form=as_typed(RuleForm, request.POST))
    removing = request.POST.get("do") == "remove"
    form: forms.Form = RemoveForm(request.POST) if removing else RuleForm(request.POST)
    if form.is_valid() and _saved(request, form, place, newest, version, removing=removing):
        return go("case-routing")
    if removing:  # what was typed is shown again, with what stops the removing
        errors, form = form.errors, as_typed(RuleForm, request.POST)
        return show(request, "cases/routing_rule.html", shown, WRONG, form=form, stopped=errors)
    return show(request, "cases/routing_rule.html", shown, WRONG, form=form)


class RemoveForm(forms.Form):
    """Why a rule goes, and from when on."""

    effective_from = DayField(label=_("Holds from"))
    reason = forms.CharField(label=_("Reason"), max_length=200)


def _saved(
    request: Request, form: forms.Form, place: int | None, newest: RoutingRules, version: int, *, removing: bool
) -> bool:
    """Whether the new version was kept; else the form says why not."""
    values = dict(form.cleaned_data)
    how = {"effective_from": values.pop("effective_from"), "reason": values.pop("reason"), "expected": version}
    rules = [rule for number, rule in enumerate(newest.rules) if number != place]
    judged = -1
    if not removing:
        judged = min(values.pop("position") - 1, len(rules))
        rules.insert(judged, values)
    with refusals(form):
        try:
            save_routing(call_of(request), rules, judged=judged, **how)
        except Repeated:
            return True
    return not form.errors


def _initial(place: int | None, newest: RoutingRules) -> dict[str, Any]:
    today = timezone.localtime(clock.now()).date().isoformat()
    if place is None:
        rest = newest.rules and newest.rules[-1]["condition"] == {}
        return {"position": len(newest.rules) if rest else len(newest.rules) + 1, "effective_from": today}
    return dict(newest.rules[place]) | {"position": place + 1, "effective_from": today}
