"""Corrects the record of a visit."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext

from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.visits.actions.correct import correct_record
from huiyin.visits.models import Visit
from huiyin.visits.pages.fields import CorrectForm
from huiyin.visits.queries.preparation import records_of
from huiyin.visits.queries.visits import visit_seen_by


@dataclass(frozen=True)
class CorrectPage:
    """The visit whose record is corrected."""

    visit: Visit


@page("visits/<int:visit_id>/correct/", name="visit-correct", needs="visits.correct")
def correct(request: Request, visit_id: int) -> HttpResponse:
    """Adds a version of the record; the earlier ones stay readable."""
    shown = visit_seen_by(request.actor, visit_id)
    records = records_of(shown)
    present = {name: getattr(records[0], name) for name in ("needs", "suggestions", "notes")} if records else None
    form = CorrectForm(request.POST or None, initial=present)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            correct_record(call_of(request), visit_id, **form.cleaned_data)
        if not form.errors:
            messages.success(request, gettext("The correction is saved as a new version."))
            return go("visit", visit_id)
    return show(request, "visits/correct.html", CorrectPage(shown), form=form, status=422 if form.errors else 200)
