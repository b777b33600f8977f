"""The way from a task to its case: promises about tasks lead here."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from huiyin.cases.queries.tasks import case_of_task
from huiyin.foundation.pages import Request, page


@page("cases/tasks/<int:task_id>/", name="case-task", needs="cases.see")
def case_task(request: Request, task_id: int) -> HttpResponse:
    """Leads to the task on the page of its case."""
    return HttpResponseRedirect(f"{reverse('case', args=[case_of_task(request.actor, task_id)])}#tasks")
