"""The numbers of gift checks: changed field by field, with their versions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.foundation import clock
from huiyin.foundation.forms import DayField, refusals
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.foundation.versions import Version
from huiyin.promotions.actions.save_rules import save_rules
from huiyin.promotions.models import GiftRules
from huiyin.promotions.queries.rules import newest_rules, rules_versions, today_of
from huiyin.promotions.rules.numbers import LIMITS, numbers_to

LABELS = {
    "gift_share": _("Gift check: percent of the lines"),
    "settlement_share": _("Settlement check: percent of the lines"),
    "spread_days": _("Asked over so many working days"),
    "call_days": _("Working days for a call"),
    "answer_days": _("Customer service answers within (working days)"),
    "mend_days": _("The store mends within (working days)"),
    "verify_days": _("Customer service verifies within (working days)"),
}


class RulesForm(forms.Form):
    """Shares and working days."""

    effective_from = DayField(label=_("Hold from"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("Stands in the list of versions."))
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in LABELS.items():
            least, most = LIMITS[name]
            self.fields[name] = forms.IntegerField(label=label, min_value=least, max_value=most)

    def numbers(self) -> list[forms.BoundField]:
        """The fields of the numbers."""
        return [self[name] for name in LABELS]

    def content(self) -> dict[str, Any]:
        """The numbers that were entered."""
        return {name: self.cleaned_data[name] for name in LABELS}


@dataclass(frozen=True)
class RulesPage:
    """The newest numbers and every version."""

    rules: GiftRules
    versions: list[Version]


@page("gift-lists/rules/", name="gift-rules", needs="promotions.change_rules")
def gift_rules(request: Request) -> HttpResponse:
    """Changes the numbers; the form begins with the newest version."""
    today = today_of(clock.now())
    rules = newest_rules(today)
    first = {**numbers_to(rules.gift_numbers), "note": rules.note, "effective_from": today}
    form = RulesForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            _save(request, form)
        if not form.errors:
            return go("gift-rules")
    context = RulesPage(rules, rules_versions(today))
    return show(request, "promotions/rules.html", context, form=form, status=422 if form.errors else 200)


def _save(request: Request, form: RulesForm) -> None:
    given, version = form.cleaned_data, request.POST.get("version", "")
    saved = save_rules(
        call_of(request),
        form.content(),
        effective_from=given["effective_from"],
        reason=given["reason"],
        note=given["note"],
        expected=int(version) if version.isdecimal() else None,
    )
    messages.success(
        request, gettext("The numbers of gift checks are saved as version %(version)s.") % {"version": saved.version}
    )
