"""Moving one visit of a plan: the form for keyboard and phone, and what the board asks while a card is dragged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext

from huiyin.foundation import clock
from huiyin.foundation.api import outcome
from huiyin.foundation.forms import say
from huiyin.foundation.pages import Request, call_of, page, show
from huiyin.kernel.refusal import Invalid, Refused
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.visits.actions.move_visit import Spot, move_visit
from huiyin.visits.models import WeekPlan
from huiyin.visits.queries.plan_moves import Moves, moves_of, standing_of, verdicts_of
from huiyin.visits.queries.plans import plan_called
from huiyin.visits.queries.policies import agents
from huiyin.visits.rules.weeks import iso_week

JSON = "application/json"


@dataclass(frozen=True)
class MovePage:
    """A visit, the people who make visits, and the places of the one who was chosen."""

    plan: WeekPlan
    moves: Moves
    agent_id: int
    people: list[tuple[int, str]]
    refusal: str
    week: str


@page("plan/<int:plan_id>/move/<int:visit_id>/", name="plan-move", needs="visits.plan")
def move_page(request: Request, plan_id: int, visit_id: int) -> HttpResponse:
    """Shows a person's places for the visit, why not or what gives way; a POST moves it."""
    plan, refusal = plan_called(plan_id), ""
    if request.method == "POST":
        try:
            spots = {name: _spot(request.POST.get(name, "")) for name in ("to", "seen")}
            outcome(move_visit, call_of(request), plan_id, visit_id, **spots)
        except Refused as refused:
            refusal = say(refused.why)
        else:
            return _moved(request, plan)
        if request.headers.get("Accept") == JSON:
            return JsonResponse({"text": refusal}, status=409)
    return show(
        request, "visits/plan_move.html", _context(request, plan, visit_id, refusal), status=409 if refusal else 200
    )


@page("plan/<int:plan_id>/places/<int:visit_id>/", name="plan-places", needs="visits.plan")
def places_page(request: Request, plan_id: int, visit_id: int) -> HttpResponse:
    """What the rules say of the places of the people in ``?people=1,2``, as JSON for the board."""
    people = [int(each) for each in request.GET.get("people", "").split(",") if each.isdigit()]
    return JsonResponse(verdicts_of(plan_called(plan_id), request.actor, visit_id, people, clock.now()))


def _context(request: Request, plan: WeekPlan, visit_id: int, refusal: str) -> MovePage:
    stood, people = standing_of(plan, request.actor, visit_id), agents()
    wanted = request.GET.get("agent", "")
    first = stood.agent_id or next((pk for pk, _name in people), 0)
    agent = int(wanted) if wanted.isdigit() else first
    moves = moves_of(plan, request.actor, visit_id, agent, clock.now())
    return MovePage(plan, moves, agent, people, refusal, iso_week(plan.monday))


def _moved(request: Request, plan: WeekPlan) -> HttpResponse:
    if request.headers.get("Accept") == JSON:
        return JsonResponse({"text": gettext("Moved.")})
    messages.success(request, gettext("Moved."))
    return HttpResponseRedirect(f"{reverse('plan')}?week={iso_week(plan.monday)}&plan={plan.pk}")


def _spot(text: str) -> Spot:
    """A place as the board writes it.

    Raises:
        Invalid: it is none.
    """
    agent, _at, end = text.partition("@")
    try:
        moment = datetime.fromisoformat(end)
    except ValueError:
        moment = None
    if not agent.isdigit() or moment is None or moment.tzinfo is None:
        raise Invalid(message(_("Choose a place in the week.")))
    return Spot(int(agent), moment)
