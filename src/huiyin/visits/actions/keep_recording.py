"""Keeps a recording of a call, only while the customer's yes holds (VIS-25)."""

from __future__ import annotations

import hashlib
from datetime import datetime

from huiyin.contact_ledger.public import Consent
from huiyin.foundation import files
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.visits.actions.taking import locked
from huiyin.visits.models import Attempt, Recording, Visit
from huiyin.visits.queries.recordings import FOLDER, consent_of, recording_numbers
from huiyin.visits.rules.attempts import LineResult
from huiyin.visits.rules.recordings import BECAUSE, RecordingState, audio_of


@action("visits.keep_recording", needs="visits.work")
def keep_recording(act: Act, visit_id: int, *, content: bytes) -> Recording:
    """Keeps an uploaded recording with its call; the same bytes again are the same recording.

    Raises:
        Conflict: the customer was not asked, or did not agree.
        Invalid: it is too large, or no WAV, MP3 or OGG, whatever its name says.
    """
    visit = locked(act, visit_id)
    consent = consent_of(visit)
    if consent is None or not consent.holds:
        raise Conflict(message(_("The customer did not agree to be recorded; nothing was kept.")))
    fault = fault_of(content)
    if fault:
        why = message(BECAUSE[fault])
        raise Invalid(why, {"file": why})
    digest = hashlib.sha256(content).hexdigest()
    twin = Recording.objects.filter(visit=visit, digest=digest, state=RecordingState.KEPT).first()
    if twin is not None:
        return twin
    recording = Recording(
        visit=visit,
        customer_id=visit.customer_id,
        attempt=latest_talk(visit),
        recorded_at=talked_at(visit) or act.now,
        by_id=act.actor.staff_id,
    )
    fill(act, recording, content, consent)
    return recording


def fault_of(content: bytes) -> str:
    """Why bytes are not kept, as a key of ``BECAUSE``; "" when they are."""
    if len(content) > recording_numbers().most_bytes:
        return "too_large"
    return "" if audio_of(content) else "no_audio"


def fill(act: Act, recording: Recording, content: bytes, consent: Consent) -> None:
    """Writes the file, then the row: whoever is killed in between leaves a stray file, which the daily job deletes."""
    recording.path = files.keep_apart(FOLDER, content)
    recording.state, recording.because, recording.consent = RecordingState.KEPT, "", consent
    recording.kind, recording.size = audio_of(content), len(content)
    recording.digest = hashlib.sha256(content).hexdigest()
    recording.url, recording.next_try_at = "", None
    recording.save()
    act.record(recording, customer_id=recording.customer_id, size=recording.size, kind=recording.kind)


def latest_talk(visit: Visit) -> Attempt | None:
    """The last call that was answered; None before one is logged."""
    return visit.attempts.filter(line=LineResult.CONNECTED).order_by("-at", "-id").first()


def talked_at(visit: Visit) -> datetime | None:
    """When the talk took place, as far as is known."""
    talk = latest_talk(visit)
    return talk.at if talk else visit.started_at


def join_recordings(attempt: Attempt) -> None:
    """Recordings that came before the call was logged belong to it."""
    alone = Recording.objects.filter(visit=attempt.visit_id, attempt=None)
    alone.exclude(state=RecordingState.REFUSED).update(attempt=attempt)
