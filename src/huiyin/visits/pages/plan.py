"""The plan of a week: quota bars, the board by day and agent, what gave way and why; drawing and publishing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huiyin.foundation import clock
from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, page, show
from huiyin.kernel.refusal import NotFound
from huiyin.visits.actions.begin_plan_work import begin_plan_work
from huiyin.visits.models import PlanState, PlanTask, WeekPlan
from huiyin.visits.queries.choices import Why, search_choices
from huiyin.visits.queries.plan_works import WorkShown, last_work, shown_work
from huiyin.visits.queries.plans import (
    Bar,
    BoardRow,
    band_bars,
    board_of,
    passed_in_words,
    plans_of,
    relaxed_in_words,
    store_bars,
)
from huiyin.visits.rules.weeks import WeekOfMonth, iso_week, monday_of, monday_of_iso, week_of_month

WEEK = timedelta(days=7)
NOTHING = 0.000005
LARGEST_SEED = 2**31 - 1


class DrawForm(forms.Form):
    """The seed of a draw, and whether what is planned stays."""

    seed = forms.IntegerField(label=_("Seed"), min_value=0, max_value=LARGEST_SEED)
    fill_up = forms.BooleanField(label=_("Keep what is already planned, only add"), required=False)


@dataclass(frozen=True)
class PlanPage:
    """A week: its draft or published plan with everything that explains it."""

    monday: date
    iso: str
    name: WeekOfMonth
    before: str
    after: str
    plan: WeekPlan | None
    others: list[WeekPlan]
    bands: list[Bar]
    stores: list[Bar]
    days: list[date]
    board: list[BoardRow]
    relaxed: list[str]
    passed: list[tuple[str, str, int]]
    text: str
    found: list[Why]
    may_plan: bool
    may_replan: bool
    work: WorkShown | None

    @property
    def busy(self) -> bool:
        """Whether the worker is at it."""
        return self.work is not None and self.work.work.working

    @property
    def widest(self) -> int:
        """The longest of the band bars, for their common scale."""
        return max((max(bar.planned, bar.target) for bar in self.bands), default=1) or 1

    @property
    def widest_store(self) -> int:
        """The longest of the store bars."""
        return max((bar.planned for bar in self.stores), default=1) or 1

    @property
    def proven(self) -> bool:
        """Whether nothing better is possible, down to a thousandth of a percent."""
        return self.plan is not None and self.plan.gap < NOTHING

    @property
    def gap(self) -> str:
        """By how much a better plan could be better at most."""
        return f"{self.plan.gap:.3%}" if self.plan else ""

    @property
    def day_totals(self) -> list[int]:
        """How many visits each day has."""
        return [sum(row.cells[number].planned for row in self.board) for number in range(len(self.days))]


@page("plan/", name="plan", needs="visits.see_plan")
def plan(request: Request) -> HttpResponse:
    """The week's plan; a POST has the worker draw it, draw it again with the least change, or publish the draft."""
    monday = _monday(request)
    form = DrawForm(request.POST if request.POST.get("do") == "draw" else None)
    if request.method == "POST":
        with refusals(form):
            _carry_out(request, form, monday)
        if not form.errors:
            return HttpResponseRedirect(f"{reverse('plan')}?week={iso_week(monday)}")
    if not form.is_bound:
        form = DrawForm(initial={"seed": int(monday.strftime("%Y%m%d"))})
    return show(request, "visits/plan.html", _context(request, monday), form=form, status=422 if form.errors else 200)


def _monday(request: Request) -> date:
    """The Monday of the week asked for; by default the next one when the week is nearly over, else this one."""
    try:
        return monday_of_iso(request.GET["week"])
    except (KeyError, ValueError):
        today = timezone.localdate(clock.now())
        return monday_of(today + timedelta(days=3))


def _carry_out(request: Request, form: DrawForm, monday: date) -> None:
    call = call_of(request)
    if request.POST.get("do") == "publish":
        begin_plan_work(call, monday, task=PlanTask.PUBLISH, plan_id=_number(request.POST.get("plan")))
    elif request.POST.get("do") == "replan":
        begin_plan_work(call, monday, task=PlanTask.REPLAN)
    elif form.is_valid():
        task = PlanTask.FILL_UP if form.cleaned_data["fill_up"] else PlanTask.DRAW
        begin_plan_work(call, monday, task=task, seed=form.cleaned_data["seed"])


def _number(text: str | None) -> int:
    if not text or not text.isdigit():
        raise NotFound
    return int(text)


def _context(request: Request, monday: date) -> PlanPage:
    plans, work = plans_of(monday), last_work(monday)
    wanted = request.GET.get("plan", "")
    shown = next((each for each in plans if str(each.pk) == wanted), plans[0] if plans else None)
    text = request.GET.get("text", "").strip()
    days, board = board_of(shown) if shown else ([], [])
    return PlanPage(
        monday=monday,
        iso=iso_week(monday),
        name=week_of_month(monday),
        before=iso_week(monday - WEEK),
        after=iso_week(monday + WEEK),
        plan=shown,
        others=[each for each in plans if each != shown],
        bands=band_bars(shown) if shown else [],
        stores=store_bars(shown) if shown else [],
        days=days,
        board=board,
        relaxed=relaxed_in_words(shown) if shown else [],
        passed=passed_in_words(shown) if shown else [],
        text=text,
        found=search_choices(shown, request.actor, text) if shown and text else [],
        may_plan=request.actor.may("visits.plan"),
        may_replan=request.actor.may("visits.plan") and any(each.state == PlanState.PUBLISHED for each in plans),
        work=shown_work(work) if work else None,
    )
