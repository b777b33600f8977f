"""The numbers and checks of site visits: changed as a new version with a day and a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.field_service.actions.save_rules import save_rules
from huiyin.field_service.models import FieldRules
from huiyin.field_service.queries.rules import newest_rules, rules_versions, today_of
from huiyin.field_service.rules.check_text import checks_in, text_of
from huiyin.field_service.rules.numbers import LIMITS, numbers_to
from huiyin.foundation import clock
from huiyin.foundation.forms import DayField, refusals
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.foundation.versions import Version

LABELS = {
    "slot_minutes": _("An appointment takes (minutes)"),
    "step_minutes": _("One may begin every (minutes)"),
    "gap_minutes": _("Way between two appointments (minutes)"),
    "days_ahead": _("Free times are offered for (days)"),
    "move_until_hours": _("The customer may move it alone until (hours before)"),
    "link_days": _("The customer's link holds (days afterwards)"),
    "most_photos": _("Photos of a visit at most"),
}


class RulesForm(forms.Form):
    """The numbers, and one check a line."""

    checks = forms.CharField(
        label=_("Checks before the work begins"),
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("One a line: code | Chinese | English. A line that begins with ? may be left out."),
    )
    effective_from = DayField(label=_("Hold from"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in LABELS.items():
            least, most = LIMITS[name]
            self.fields[name] = forms.IntegerField(label=label, min_value=least, max_value=most)

    def numbers(self) -> list[forms.BoundField]:
        """The fields of the numbers."""
        return [self[name] for name in LABELS]


@dataclass(frozen=True)
class RulesPage:
    """The newest version and every other."""

    rules: FieldRules
    versions: list[Version]


@page("site-visits/rules/", name="field-rules", needs="field_service.change_rules")
def field_rules(request: Request) -> HttpResponse:
    """Changes numbers and checks; the form begins with the newest version."""
    today, rules = today_of(clock.now()), newest_rules()
    first = {**numbers_to(rules.field_numbers), "checks": text_of(rules.check_items), "effective_from": today}
    form = RulesForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            _save(request, form)
        if not form.errors:
            return go("field-rules")
    context = RulesPage(rules, rules_versions(today))
    return show(request, "field_service/rules.html", context, form=form, status=422 if form.errors else 200)


def _save(request: Request, form: RulesForm) -> None:
    given, version = form.cleaned_data, request.POST.get("version", "")
    saved = save_rules(
        call_of(request),
        {name: given[name] for name in LABELS},
        checks=checks_in(given["checks"]),
        effective_from=given["effective_from"],
        reason=given["reason"],
        expected=int(version) if version.isdecimal() else None,
    )
    messages.success(request, gettext("Saved as version %(version)s.") % {"version": saved.version})
