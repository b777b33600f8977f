"""How many cases each view shows, and how many a condition lets through that is being put together."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext, ngettext

from huiyin.cases.pages.view_words import ViewTab, tabs_of
from huiyin.cases.queries.case_facts import case_fields
from huiyin.cases.queries.views import COUNTED_TO, Counted, count_of, counted, view_called, views_of
from huiyin.cases.rules.case_fields import CASE_FIELDS
from huiyin.cases.rules.views import View
from huiyin.foundation import clock
from huiyin.foundation.condition_forms import ConditionField
from huiyin.foundation.conditions import Condition, read_condition
from huiyin.foundation.pages import Request, page, show
from huiyin.kernel.conditions import EVERYTHING


@dataclass(frozen=True)
class TabsPage:
    """The tabs with their numbers."""

    tabs: list[ViewTab]
    view: View


@page("cases/views/counts/", name="case-view-counts", needs="cases.see")
def view_counts(request: Request) -> HttpResponse:
    """The tabs again, with live numbers."""
    view = view_called(request.actor, request.GET.get("tab", "mine")[:30])
    counts = counted(request.actor, views_of(request.actor), clock.now())
    return show(request, "cases/_views.html", TabsPage(tabs_of(request.actor, view, counts), view))


class CountForm(forms.Form):
    """The condition that is being put together, and whether ended cases count."""

    condition = ConditionField(case_fields)
    ended_too = forms.BooleanField(required=False)


@dataclass(frozen=True)
class CountPage:
    """How many there are; ``mended``: the field of which the page may still say that a row is wrong."""

    words: str
    mended: str = ""


@page("cases/count/", name="case-count", needs="cases.see")
def case_count(request: Request) -> HttpResponse:
    """How many cases in sight a condition lets through now, in words."""
    form = CountForm(request.POST)
    if not form.is_valid():
        return show(request, "cases/_count.html", CountPage(gettext("Not counted: a row is not filled in yet.")))
    condition = read_condition(form.cleaned_data["condition"], CASE_FIELDS)
    words = words_of(request, condition, ended_too=form.cleaned_data["ended_too"])
    return show(request, "cases/_count.html", CountPage(words, form["condition"].auto_id))


def words_of(request: Request, condition: Condition, *, ended_too: bool) -> str:
    """How many cases the viewer sees of those let through; nothing and everything are said as such."""
    now = clock.now()
    found = count_of(request.actor, condition, now, View(ended_too=ended_too))
    number = found.number or 0
    if number == 0:
        return gettext("No case matches now.")
    if found.more:
        return gettext("More than %(number)s cases match now.") % {"number": COUNTED_TO}
    every = count_of(request.actor, EVERYTHING, now, View(ended_too=ended_too))
    if every == Counted(number):
        return ngettext("The only case matches now.", "All %(number)s cases match now.", number) % {"number": number}
    return ngettext("%(number)s case matches now.", "%(number)s cases match now.", number) % {"number": number}
