"""What the pages of case rules share: from when and why, and saving."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.cases.actions.save_rules import save_case_rules
from huiyin.foundation.forms import DayField, refusals, unmarked
from huiyin.foundation.pages import Request, call_of


class RulesForm(forms.Form):
    """From when a change holds, and why."""

    effective_from = DayField(label=_("Hold from"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    reason = unmarked(  # saving asks for it, trying does not
        forms.CharField(
            label=_("Reason"), max_length=200, required=False, help_text=_("Stands in the list of versions.")
        )
    )


def save_rules(request: Request, kind: str, form: RulesForm, data: Mapping[str, Any]) -> bool:
    """Saves what was entered; False leaves the refusal on the form."""
    version = request.POST.get("version", "")
    with refusals(form):
        saved = save_case_rules(
            call_of(request),
            kind,
            data,
            effective_from=form.cleaned_data["effective_from"],
            reason=form.cleaned_data["reason"],
            expected=int(version) if version.isdecimal() else None,
        )
        messages.success(request, gettext("Saved as version %(version)s.") % {"version": saved.version})
    return not form.errors
