"""Asking to record, the recordings of a visit, and hearing them (VIS-25)."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from huiyin.contact_ledger.public import RECORDING, answer_consent
from huiyin.foundation import clock
from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.kernel.refusal import Conflict, Refused
from huiyin.kernel.words import gettext_noop, message
from huiyin.visits.actions.hear_recording import hear_recording
from huiyin.visits.actions.keep_recording import keep_recording
from huiyin.visits.models import Visit
from huiyin.visits.queries.contacts import matter_of
from huiyin.visits.queries.recording_part import recording_part
from huiyin.visits.queries.recordings import recording_numbers
from huiyin.visits.queries.spoken import spoken
from huiyin.visits.queries.visits import visit_seen_by


@page("visits/<int:visit_id>/recording/", name="visit-recording", needs="visits.work")
@require_POST
def recording_answer(request: Request, visit_id: int) -> HttpResponse:
    """Notes the customer's yes or no, in the words that were shown, or keeps a file."""
    form = forms.Form(request.POST)
    form.is_valid()
    with refusals(form):
        _do(request, visit_id)
    error = str(form.non_field_errors()[0]) if form.errors else ""
    if request.headers.get("HX-Request"):
        part = recording_part(request.actor, visit_id, clock.now(), error)
        return show(request, "visits/_recording.html", None, content=part)
    if error:
        messages.error(request, error)
    return go("visit", visit_id)


def _do(request: Request, visit_id: int) -> None:
    """What the button says: ``yes``, ``no``, or a file to keep."""
    visit = visit_seen_by(request.actor, visit_id)
    answer, upload = request.POST.get("answer", ""), request.FILES.get("file")
    if answer in ("yes", "no"):
        _note(request, visit, given=answer == "yes")
    elif upload is None:
        raise Refused(message(gettext_noop("Choose a file first.")))
    elif (upload.size or 0) > recording_numbers().most_bytes:
        text = gettext_noop("A recording may have at most %(most)s MB; nothing was kept.")
        raise Conflict(message(text, most=recording_numbers().most_mb))
    else:
        keep_recording(call_of(request), visit_id, content=upload.read())


def _note(request: Request, visit: Visit, *, given: bool) -> None:
    wording = spoken(visit, request.actor, clock.now(), "consent").wording
    about = matter_of(visit)
    answer_consent(call_of(request), visit.customer_id, purpose=RECORDING, about=about, given=given, wording=wording)


@page("visits/recordings/<int:recording_id>/", name="recording", needs="recordings.listen")
def hear(request: Request, recording_id: int) -> HttpResponse:
    """The sound; whole each time, so that each listening is one look on record."""
    heard = hear_recording(call_of(request), recording_id)
    headers = {"Cache-Control": "no-store", "Accept-Ranges": "none", "Content-Disposition": "inline"}
    return HttpResponse(heard.content, content_type=heard.media_type, headers=headers)
