"""The plan of a week: quota bars, the board by day and agent, what gave way and why; drawing and publishing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django import forms
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huiyin.foundation import clock
from huiyin.foundation.forms import DayField, refusals
from huiyin.foundation.pages import Request, call_of, page, show
from huiyin.kernel.refusal import NotFound
from huiyin.visits.actions.begin_plan_work import begin_plan_work
from huiyin.visits.actions.note_absence import note_absence
from huiyin.visits.models import PlanState, PlanTask, WeekPlan
from huiyin.visits.queries.board import board_of
from huiyin.visits.queries.board_shown import Board
from huiyin.visits.queries.changes import Changes, changes_of, why_again
from huiyin.visits.queries.choices import Why, search_choices
from huiyin.visits.queries.plan_works import WorkShown, last_work, shown_work
from huiyin.visits.queries.plans import (
    Bar,
    band_bars,
    passed_in_words,
    plans_of,
    relaxed_in_words,
    store_bars,
)
from huiyin.visits.queries.policies import agents
from huiyin.visits.rules.weeks import WeekOfMonth, iso_week, monday_of, monday_of_iso, week_of_month

WEEK = timedelta(days=7)
DIGITS = 6
MOST = 100_000
NOTHING = 0.000005
LARGEST_SEED = 2**31 - 1


class DrawForm(forms.Form):
    """The seed of a draw, and whether what is planned stays."""

    seed = forms.IntegerField(label=_("Seed"), min_value=0, max_value=LARGEST_SEED)
    fill_up = forms.BooleanField(label=_("Keep what is already planned, only add"), required=False)


class AwayForm(forms.Form):
    """Who is away from when to when."""

    agent = forms.TypedChoiceField(label=_("Who"), coerce=int)
    first_day = DayField(label=_("First day off"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    last_day = DayField(label=_("Last day off"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    reason = forms.CharField(label=_("Reason"), max_length=100, required=False)

    def __init__(self, data: QueryDict | None, people: list[tuple[int, str]]) -> None:
        super().__init__(data)
        self.fields["agent"].choices = people  # type: ignore[attr-defined]


class RelieveForm(forms.Form):
    """A day that overflows, and how many visits it may hold."""

    day = DayField(label=_("Day"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    most = forms.IntegerField(label=_("Visits at most"), min_value=0, max_value=MOST)


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
    board: Board | None
    changes: Changes | None
    again: list[str]
    today: str
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


@page("plan/", name="plan", needs="visits.see_plan")
def plan(request: Request) -> HttpResponse:
    """The week's plan; a POST has the worker draw it, draw it again with the least change, or publish the draft."""
    monday, people = _monday(request), agents()
    forms_of = {
        "draw": DrawForm(initial={"seed": int(monday.strftime("%Y%m%d"))}),
        "away": AwayForm(None, people),
        "relieve": RelieveForm(),
    }
    said = None
    if request.method == "POST":
        do = request.POST.get("do", "")
        said = _form(request, do, people)
        with refusals(said):
            _carry_out(request, do, said, monday)
        if not said.errors:
            return HttpResponseRedirect(f"{reverse('plan')}?week={iso_week(monday)}")
        forms_of[do] = said
    status = 422 if said else 200
    return show(request, "visits/plan.html", _context(request, monday), status=status, said=said, forms=forms_of)


def _form(request: Request, do: str, people: list[tuple[int, str]]) -> forms.Form:
    """What a key of the page sends along."""
    if do == "draw":
        return DrawForm(request.POST)
    if do == "relieve":
        return RelieveForm(request.POST)
    return AwayForm(request.POST, people) if do == "away" else forms.Form({})


def _monday(request: Request) -> date:
    """The Monday of the week asked for; by default the next one when the week is nearly over, else this one."""
    try:
        return monday_of_iso(request.GET["week"])
    except (KeyError, ValueError):
        today = timezone.localdate(clock.now())
        return monday_of(today + timedelta(days=3))


def _carry_out(request: Request, do: str, form: forms.Form, monday: date) -> None:
    call = call_of(request)
    if not form.is_valid():
        return
    given = form.cleaned_data
    if do == "publish":
        begin_plan_work(call, monday, task=PlanTask.PUBLISH, plan_id=_number(request.POST.get("plan")))
    elif do == "replan":
        begin_plan_work(call, monday, task=PlanTask.REPLAN)
    elif do == "relieve":
        limit = {given["day"].isoformat(): given["most"]}
        begin_plan_work(call, monday, task=PlanTask.REPLAN, day_most=limit)
    elif do == "away":
        note_absence(call, monday, agent_id=given.pop("agent"), **given)
    elif do == "draw":
        task = PlanTask.FILL_UP if given["fill_up"] else PlanTask.DRAW
        begin_plan_work(call, monday, task=task, seed=given["seed"])


def _number(text: str | None) -> int:
    if not text or not text.isdigit():
        raise NotFound
    return int(text)


def _board(request: Request, plan: WeekPlan) -> Board:
    first, who = request.GET.get("from", ""), request.GET.get("who", "").strip()
    number = int(first) if first.isdigit() and len(first) < DIGITS else 0
    return board_of(plan, request.actor, clock.now(), text=who, first=number)


def _context(request: Request, monday: date) -> PlanPage:
    plans, work = plans_of(monday), last_work(monday)
    wanted = request.GET.get("plan", "")
    shown = next((each for each in plans if str(each.pk) == wanted), plans[0] if plans else None)
    text = request.GET.get("text", "").strip()
    now, replacing = clock.now(), len(plans) > 1
    published = shown if shown and shown.state == PlanState.PUBLISHED else None
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
        board=_board(request, shown) if shown else None,
        changes=changes_of(shown, request.actor) if shown and replacing and shown != published else None,
        again=why_again(published, now) if published else [],
        today=timezone.localdate(now).isoformat(),
        relaxed=relaxed_in_words(shown) if shown else [],
        passed=passed_in_words(shown) if shown else [],
        text=text,
        found=search_choices(shown, request.actor, text) if shown and text else [],
        may_plan=request.actor.may("visits.plan"),
        may_replan=request.actor.may("visits.plan") and any(each.state == PlanState.PUBLISHED for each in plans),
        work=shown_work(work) if work else None,
    )
