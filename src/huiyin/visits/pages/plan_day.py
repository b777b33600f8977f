"""The visits of one day of a plan, of one agent or of all; handing them over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, page, show
from huiyin.kernel.refusal import NotFound
from huiyin.visits.actions.reassign import reassign_visits
from huiyin.visits.models import PlanChoice, WeekPlan
from huiyin.visits.queries.choices import day_of_agent
from huiyin.visits.queries.plans import plan_called
from huiyin.visits.queries.policies import agents


class HandOverForm(forms.Form):
    """Whom the marked visits go to, and why."""

    agent = forms.TypedChoiceField(label=_("Hand over to"), coerce=int)
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)

    def __init__(self, data: QueryDict | None, people: list[tuple[int, str]]) -> None:
        super().__init__(data)
        self.fields["agent"].choices = people  # type: ignore[attr-defined]


@dataclass(frozen=True)
class PlanDayPage:
    """A day's visits by window."""

    plan: WeekPlan
    day: date
    rows: list[PlanChoice]
    may_plan: bool


@page("plan/<int:plan_id>/days/<str:day>/", name="plan-day", needs="visits.see_plan")
def plan_day(request: Request, plan_id: int, day: str) -> HttpResponse:
    """One day; ``?agent=`` shows one person's. A POST hands the marked visits over."""
    plan, when = plan_called(plan_id), _day(day)
    form = HandOverForm(request.POST or None, agents())
    if request.method == "POST" and form.is_valid():
        marked = [int(pk) for pk in request.POST.getlist("visit") if pk.isdigit()]
        with refusals(form):
            moved = reassign_visits(
                call_of(request), marked, agent_id=form.cleaned_data["agent"], reason=form.cleaned_data["reason"]
            )
            told = ngettext("%(count)s visit handed over.", "%(count)s visits handed over.", moved)
            messages.success(request, told % {"count": moved})
        if not form.errors:
            return HttpResponseRedirect(request.get_full_path())
    agent = request.GET.get("agent", "")
    rows = day_of_agent(plan, request.actor, when, int(agent) if agent.isdigit() else None)
    context = PlanDayPage(plan, when, rows, request.actor.may("visits.plan"))
    return show(request, "visits/plan_day.html", context, form=form, status=422 if form.errors else 200)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotFound from None
