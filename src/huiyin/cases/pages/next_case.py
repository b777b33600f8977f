"""Leads to the next case of a view."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext

from huiyin.cases.queries.next_case import next_case
from huiyin.cases.queries.views import view_called
from huiyin.foundation import clock
from huiyin.foundation.pages import Request, page
from huiyin.kernel.refusal import Invalid


@page("cases/next/", name="case-next", needs="cases.see")
def case_next(request: Request) -> HttpResponse:
    """The case after ``after`` in the view ``tab``; the list with a word when there is no other."""
    view = view_called(request.actor, request.GET.get("tab", "mine")[:30])
    after = request.GET.get("after", "")[:18]
    here = int(after) if after.isascii() and after.isdigit() else None
    try:
        found = next_case(request.actor, view, here, clock.now())
    except Invalid:
        found = None
    if found is not None:
        return HttpResponseRedirect(f"{reverse('case', args=[found])}?tab={view.key}")
    messages.info(request, gettext("There is no other case in this view."))
    return HttpResponseRedirect(f"{reverse('cases')}?tab={view.key}")
