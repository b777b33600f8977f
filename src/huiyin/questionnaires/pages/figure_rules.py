"""Which doubtful answers are left out of figures: decided as a version, with the versions side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.foundation import clock
from huiyin.foundation.forms import DayField, refusals
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.foundation.versions import Difference, Version, two_of
from huiyin.questionnaires.actions.save_figure_rules import CHANGE, save_figure_rules
from huiyin.questionnaires.models import FigureRules
from huiyin.questionnaires.queries.figure_rules import (
    figure_rules_versions,
    newest_figure_rules,
    rules_content,
    rules_differences,
)
from huiyin.questionnaires.rules.flags import FLAG_LABELS
from huiyin.working_time.public import calendar_of

ALWAYS = date(2000, 1, 1)


class RulesForm(forms.Form):
    """The flags whose answers do not count, and how much must be covered to weight."""

    left_out = forms.MultipleChoiceField(
        label=_("Left out of figures"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(flag, _(label)) for flag, label in FLAG_LABELS.items()],
    )
    least_covered = forms.IntegerField(
        label=_("Weighted from a coverage of (%)"),
        min_value=0,
        max_value=100,
        help_text=_("Stores with answers must hold at least this share before a weighted figure is shown."),
    )
    effective_from = DayField(label=_("Hold from"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("Stands in the list of versions."))


@dataclass(frozen=True)
class FigureRulesPage:
    """The newest rules and their versions, two of them side by side (the shipped rules are version 0)."""

    rules: FigureRules
    versions: list[Version]
    older: FigureRules
    newer: FigureRules
    differences: list[Difference]
    may_change: bool


@page("questionnaires/figures/", name="figure-rules", needs="questionnaires.see")
def figure_rules(request: Request) -> HttpResponse:
    """Shows which answers count; who may, decides it."""
    today = clock.now().astimezone(calendar_of().zone).date()
    rules, may_change = newest_figure_rules(today), request.actor.may(CHANGE)
    form = RulesForm(request.POST or None, initial={**rules_content(rules), "effective_from": today})
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            _save(request, form)
        if not form.errors:
            return go("figure-rules")
    shipped = FigureRules(version=0, effective_from=ALWAYS)
    versions = [*figure_rules_versions(today), Version(shipped, "", None, "", holds=rules.version == 0)]
    older, newer = two_of(request.GET, versions)
    found = rules_differences(rules_content(older), rules_content(newer))
    context = FigureRulesPage(rules, versions, older, newer, found, may_change)
    return show(request, "questionnaires/figure_rules.html", context, status=422 if form.errors else 200, form=form)


def _save(request: Request, form: RulesForm) -> None:
    given, version = form.cleaned_data, request.POST.get("version", "")
    saved = save_figure_rules(
        call_of(request),
        {"left_out": given["left_out"], "least_covered": given["least_covered"]},
        effective_from=given["effective_from"],
        reason=given["reason"],
        expected=int(version) if version.isdecimal() else None,
    )
    messages.success(request, gettext("Saved as version %(version)s.") % {"version": saved.version})
