"""Work on a week's plan while it goes on: its bar, stopping it, taking it up again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from huiyin.foundation.api import outcome
from huiyin.foundation.forms import say
from huiyin.foundation.pages import Request, call_of, page, show
from huiyin.kernel.refusal import Refused
from huiyin.visits.actions.begin_plan_work import resume_plan_work, stop_plan_work
from huiyin.visits.queries.plan_works import shown_work, work_called
from huiyin.visits.rules.weeks import iso_week


@page("plan/work/<int:work_id>/", name="plan-work", needs="visits.see_plan")
def plan_work_page(request: Request, work_id: int) -> HttpResponse:
    """Asked for every second; when the work is over, the whole page is asked for."""
    work = work_called(work_id)
    answer = show(request, "visits/_plan_work.html", shown_work(work))
    if not work.working:
        answer["HX-Refresh"] = "true"
    return answer


@page("plan/work/<int:work_id>/stop/", name="plan-work-stop", needs="visits.plan")
def stop_page(request: Request, work_id: int) -> HttpResponse:
    """Stops it at its next step."""
    return _do(request, stop_plan_work, work_id)


@page("plan/work/<int:work_id>/again/", name="plan-work-again", needs="visits.plan")
def again_page(request: Request, work_id: int) -> HttpResponse:
    """Takes it up again."""
    return _do(request, resume_plan_work, work_id)


def _do(request: Request, action: Callable[..., Any], work_id: int) -> HttpResponse:
    work = work_called(work_id)
    if request.method == "POST":
        try:
            outcome(action, call_of(request), work_id)
        except Refused as refusal:
            messages.error(request, say(refusal.why))
    return HttpResponseRedirect(f"{reverse('plan')}?week={iso_week(work.monday)}")
