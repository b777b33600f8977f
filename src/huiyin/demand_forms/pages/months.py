"""The chase board: which unit has handed its month's form in, late, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.demand_forms.actions.nothing_needed import nothing_needed
from huiyin.demand_forms.models import DemandForm, UnitMonth
from huiyin.demand_forms.queries.months import Board, board, forms_for, month_seen_by, promise_of
from huiyin.demand_forms.queries.units import acts_for
from huiyin.demand_forms.rules.month import STANDING_LABELS, STANDING_TONES
from huiyin.foundation import clock
from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, go, page, show


class NothingForm(forms.Form):
    """Why no visit is needed."""

    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)


@dataclass(frozen=True)
class Cell:
    """How one unit stands with one month."""

    month: UnitMonth
    tone: str
    label: str


@dataclass(frozen=True)
class MonthsPage:
    """The board: heads are months, rows are units with a cell or None a month; ``counts`` by how they stand."""

    board: Board
    rows: list[tuple[str, bool, list[Cell | None]]]
    counts: list[tuple[str, str, int]]
    may_change: bool


@dataclass(frozen=True)
class MonthPage:
    """One unit's month: its clock, the forms that count for it, and what the unit may do."""

    month: UnitMonth
    tone: str
    label: str
    forms: list[DemandForm]
    why: str
    mine: bool


@page("demand-forms/months/", name="demand-months", needs="demand.see")
def months_page(request: Request) -> HttpResponse:
    """Units by months, as far as the reader sees them."""
    now, found = clock.now(), board(request.actor)
    rows = [(row.name, row.is_store, [_cell(each, now) for each in row.cells]) for row in found.rows]
    latest = [cells[-1].month.stands(now) for _name, _store, cells in rows if cells and cells[-1]]
    counts = [(STANDING_TONES[code], gettext(label), latest.count(code)) for code, label in STANDING_LABELS.items()]
    may_change = request.actor.may("demand.change_numbers")
    context = MonthsPage(found, rows, [each for each in counts if each[2]], may_change)
    return show(request, "demand_forms/months.html", context)


def _cell(month: UnitMonth | None, now: datetime) -> Cell | None:
    if month is None:
        return None
    tone, label = month.words(now)
    return Cell(month, tone, gettext(label))


@page("demand-forms/months/<int:unit_month_id>/", name="demand-month", needs="demand.see")
def month_page(request: Request, unit_month_id: int) -> HttpResponse:
    """One unit's month; a POST says that nothing is needed."""
    form = NothingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            nothing_needed(call_of(request), unit_month_id, reason=form.cleaned_data["reason"])
        if not form.errors:
            messages.success(request, gettext("Noted: nothing is needed this month."))
            return go("demand-month", unit_month_id)
    month = month_seen_by(request.actor, unit_month_id)
    tone, label = month.words(clock.now())
    promise = promise_of(month) if request.actor.may("promises.see") else None
    why = reverse("promise", args=[promise.pk]) if promise else ""
    mine = request.actor.may("demand.sign_up") and acts_for(request.actor, month.unit)
    context = MonthPage(month, tone, gettext(label), forms_for(month), why, mine)
    return show(request, "demand_forms/month.html", context, status=422 if form.errors else 200, form=form)
