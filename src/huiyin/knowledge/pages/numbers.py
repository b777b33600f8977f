"""The numbers of reviews, with their versions."""

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
from huiyin.knowledge.actions.save_numbers import save_numbers
from huiyin.knowledge.models import KnowledgeNumbers
from huiyin.knowledge.queries.numbers import newest_numbers, numbers_versions, today_of
from huiyin.knowledge.rules.numbers import LIMITS

LABELS = {
    "decide_days": _("Working days for a review"),
    "fresh_days": _("Days until an article is looked at again"),
    "suggested": _("Articles suggested beside a case"),
    "file_megabytes": _("Megabytes of a file of an article"),
    "files": _("Files of an article"),
}


class NumbersForm(forms.Form):
    """The numbers, from when and why."""

    effective_from = DayField(label=_("Hold from"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("Stands in the list of versions."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in LABELS.items():
            least, most = LIMITS[name]
            self.fields[name] = forms.IntegerField(label=label, min_value=least, max_value=most)

    def numbers(self) -> list[forms.BoundField]:
        """The fields of the numbers."""
        return [self[name] for name in LABELS]


@dataclass(frozen=True)
class ArticleNumbersPage:
    """The newest numbers and every version."""

    numbers: KnowledgeNumbers
    versions: list[Version]


@page("articles/numbers/", name="article-numbers", needs="knowledge.manage")
def article_numbers(request: Request) -> HttpResponse:
    """Changes the numbers; the form begins with the newest version."""
    today = today_of(clock.now())
    newest = newest_numbers(today)
    form = NumbersForm(request.POST or None, initial={**newest.of_reviews.as_data(), "effective_from": today})
    if request.method == "POST" and form.is_valid():
        given, version = form.cleaned_data, request.POST.get("version", "")
        with refusals(form):
            saved = save_numbers(
                call_of(request),
                {name: given[name] for name in LABELS},
                effective_from=given["effective_from"],
                reason=given["reason"],
                expected=int(version) if version.isdecimal() else None,
            )
            messages.success(request, gettext("Saved as version %(version)s.") % {"version": saved.version})
        if not form.errors:
            return go("article-numbers")
    context = ArticleNumbersPage(newest, numbers_versions(today))
    return show(request, "knowledge/numbers.html", context, 422 if form.errors else 200, form=form)
