"""The numbers of weekly plans: changed field by field, their versions side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.foundation import clock
from huiyin.foundation.forms import refusals, say
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.foundation.versions import Difference, Version, two_of
from huiyin.visits.actions.save_numbers import save_numbers
from huiyin.visits.actions.save_policy import CHANGE
from huiyin.visits.models import PlanRules
from huiyin.visits.pages.policy_form import ReasonedForm, placed
from huiyin.visits.queries.comparing import number_differences
from huiyin.visits.queries.plan_means import warnings_of
from huiyin.visits.queries.policies import company_today
from huiyin.visits.queries.policy_contents import newest_rules, numbers_content, rules_versions
from huiyin.visits.rules.plan_faults import bands_from
from huiyin.visits.rules.planning.prices import PRICE_LABELS, by_name

BANDS = range(6)
QUOTAS = {"first_week": _("Week 1 of a month"), "other_weeks": _("Other weeks")}
QUOTA_FIELDS = {"least": _("At least"), "most": _("At most"), "a_day": _("A day")}
SINGLE = ("small_store_minimum", "minutes_per_visit", "day_slack")
PLACES = {"bands": "low_0", **{quota: f"{quota}_least" for quota in QUOTAS}}


def _money(label: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=0, max_digits=12, decimal_places=2, required=False)


class NumbersForm(ReasonedForm):
    """The numbers of a week, of bands and of days."""

    small_store_minimum = forms.IntegerField(label=_("Customers of each small store a month"), min_value=0)
    minutes_per_visit = forms.IntegerField(label=_("Minutes a visit takes"), min_value=1, max_value=120)
    day_slack = forms.IntegerField(label=_("A day may exceed its share by percent"), min_value=0, max_value=500)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for quota in QUOTAS:
            for part, label in QUOTA_FIELDS.items():
                self.fields[f"{quota}_{part}"] = forms.IntegerField(label=label, min_value=0, max_value=100_000)
        for number in BANDS:
            self.fields[f"low_{number}"] = _money(_("From (yuan)"))
            self.fields[f"high_{number}"] = _money(_("To below (yuan)"))
            share = forms.IntegerField(label=_("Share (%)"), min_value=0, max_value=100, required=False)
            self.fields[f"share_{number}"] = share

    def quotas(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Both quotas: name and fields."""
        return [(name, [self[f"{quota}_{part}"] for part in QUOTA_FIELDS]) for quota, name in QUOTAS.items()]

    def bands(self) -> list[list[forms.BoundField]]:
        """The fields of each band."""
        return [[self[f"{name}_{number}"] for name in ("low", "high", "share")] for number in BANDS]

    def content(self, kept: dict[str, Any]) -> dict[str, Any]:
        """What was entered; what the form does not show stays as in ``kept``."""
        given = self.cleaned_data
        plan = {
            **kept["plan"],
            **{quota: {part: given[f"{quota}_{part}"] for part in QUOTA_FIELDS} for quota in QUOTAS},
            **{name: given[name] for name in SINGLE},
            "bands": bands_from([_band(given, number) for number in BANDS if given.get(f"low_{number}") is not None]),
        }
        return {**kept, "plan": plan, "note": given["note"]}


def _band(given: dict[str, Any], number: int) -> dict[str, Any]:
    return {name: given.get(f"{name}_{number}") for name in ("low", "high", "share")}


def _initial(content: dict[str, Any]) -> dict[str, Any]:
    plan = content["plan"]
    values = {"note": content["note"], **{name: plan[name] for name in SINGLE}}
    for quota in QUOTAS:
        values |= {f"{quota}_{part}": plan[quota][part] for part in QUOTA_FIELDS}
    for number, band in enumerate(plan["bands"]):
        high = None if band["high"] is None else Decimal(band["high"])
        values |= {f"low_{number}": Decimal(band["low"]), f"high_{number}": high, f"share_{number}": band["share"]}
    return values


@dataclass(frozen=True)
class NumbersPage:
    """The newest numbers, what of them will not work out, and what each soft rule costs (label, name, price)."""

    rules: PlanRules
    warnings: list[str]
    prices: list[tuple[str, str, str]]


@dataclass(frozen=True)
class NumbersVersionsPage:
    """All versions of the numbers, and two of them side by side."""

    versions: list[Version]
    older: PlanRules
    newer: PlanRules
    differences: list[Difference]
    may_change: bool


@page("visits/policies/numbers/", name="plan-numbers", needs=CHANGE)
def plan_numbers(request: Request) -> HttpResponse:
    """Changes the plan's numbers; its values are those of the newest version."""
    rules, today = newest_rules(), company_today(clock.now())
    content = numbers_content(rules)
    form = NumbersForm(request.POST or None, initial={**_initial(content), "effective_from": today})
    if request.method == "POST" and form.is_valid():
        with refusals(form), placed(PLACES):
            _save(request, form, content, today)
        if not form.errors:
            return go("visit-policies")
    prices = by_name(rules.plan_policy.prices).items()
    told = [(gettext(PRICE_LABELS[name]), name, f"{price:,}") for name, price in prices]
    context = NumbersPage(rules, [say(each) for each in warnings_of(rules, today)], told)
    return show(request, "visits/plan_numbers.html", context, status=422 if form.errors else 200, form=form)


def _save(request: Request, form: NumbersForm, content: dict[str, Any], today: date) -> None:
    given, version = form.cleaned_data, request.POST.get("version", "")
    saved = save_numbers(
        call_of(request),
        form.content(content),
        effective_from=given["effective_from"],
        reason=given["reason"],
        expected=int(version) if version.isdecimal() else None,
    )
    text = gettext("The numbers are saved as version %(version)s.")
    messages.success(request, text % {"version": saved.version})
    for warning in warnings_of(saved, today):
        messages.warning(request, say(warning))


@page("visits/policies/numbers/versions/", name="plan-numbers-versions", needs="visits.see_policies")
def versions_of_numbers(request: Request) -> HttpResponse:
    """The versions of the numbers with who and why, two of them compared."""
    newest_rules()
    versions = rules_versions(company_today(clock.now()))
    older, newer = two_of(request.GET, versions)
    found = number_differences(numbers_content(older), numbers_content(newer))
    context = NumbersVersionsPage(versions, older, newer, found, request.actor.may(CHANGE))
    return show(request, "visits/plan_numbers_versions.html", context)
