"""The company's own list of results, edited row by row (VIS-23)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.visits.actions.save_policy import CHANGE
from huiyin.visits.actions.save_sub_results import save_sub_results
from huiyin.visits.models import SubResult
from huiyin.visits.queries.sub_results import sub_results
from huiyin.visits.rules.attempts import RESULT_LABELS
from huiyin.visits.rules.sub_results import LONGEST

SPARE, MOST = 3, 120
PARTS = ("result", "code", "name_zh", "name_en", "is_active")


class OwnResultsForm(forms.Form):
    """Every row of the list and some empty ones."""

    def __init__(self, *args: Any, rows: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = range(min(rows, MOST))
        results = [("", "—"), *((code, gettext(label)) for code, label in RESULT_LABELS.items())]
        for n in self.numbers:
            self.fields[f"result_{n}"] = forms.ChoiceField(label=_("Under"), choices=results, required=False)
            for name, label in (("code", _("Code")), ("name_zh", _("Chinese")), ("name_en", _("English"))):
                self.fields[f"{name}_{n}"] = forms.CharField(label=label, max_length=LONGEST, required=False)
            self.fields[f"is_active_{n}"] = forms.BooleanField(label=_("In use"), required=False)

    def rows(self) -> list[list[forms.BoundField]]:
        """The fields of each row."""
        return [[self[f"{name}_{n}"] for name in PARTS] for n in self.numbers]

    def content(self) -> list[dict[str, Any]]:
        """What was entered, row by row."""
        return [{name: self.cleaned_data[f"{name}_{n}"] for name in PARTS} for n in self.numbers]


@dataclass(frozen=True)
class OwnResultsPage:
    """The list as it is."""

    rows: tuple[SubResult, ...]


@page("visits/policies/results/", name="own-results", needs=CHANGE)
def own_results(request: Request) -> HttpResponse:
    """Changes the list; what was entered stays when a row is wrong."""
    kept = sub_results()
    count = len(kept) + SPARE
    if request.method == "POST":
        count = sum(name.startswith("code_") for name in request.POST)
    form = OwnResultsForm(request.POST or None, initial=_initial(kept), rows=count)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            changed = save_sub_results(call_of(request), form.content())
            messages.success(request, gettext("Saved; rows changed: %(count)s.") % {"count": changed})
        if not form.errors:
            return go("own-results")
    return show(request, "visits/own_results.html", OwnResultsPage(kept), status=422 if form.errors else 200, form=form)


def _initial(kept: tuple[SubResult, ...]) -> dict[str, Any]:
    values = {f"{name}_{n}": getattr(row, name) for n, row in enumerate(kept) for name in PARTS}
    return values | {f"is_active_{n}": True for n in range(len(kept), len(kept) + SPARE)}
