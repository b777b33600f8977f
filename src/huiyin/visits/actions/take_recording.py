"""Takes a recording that an exchange offers: without the customer's yes nothing is fetched or kept (VIS-25)."""

from __future__ import annotations

from datetime import timedelta

from huiyin.channels.public import RecordingOffered
from huiyin.foundation.actions import Act, action
from huiyin.visits.actions.keep_recording import fault_of, fill
from huiyin.visits.models import Attempt, Recording, Visit
from huiyin.visits.queries.recordings import consent_of
from huiyin.visits.rules.recordings import RecordingState

WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=12))


@action("visits.take_recording")
def take_recording(act: Act, offered: RecordingOffered) -> Recording:
    """Keeps what is handed over, or notes that it waits at the exchange; a "no" is noted with its reason."""
    visit = act.lock(Visit.objects.all(), offered.about[1])
    recording = Recording(
        visit=visit,
        customer_id=visit.customer_id,
        attempt=Attempt.objects.filter(phone_call_id=offered.call_id).first(),
        phone_call_id=offered.call_id,
        exchange_id=offered.exchange_id,
        recorded_at=min(offered.at, act.now),
    )
    if offered.content is not None:
        settle(act, recording, offered.content)
    elif _consented(visit) and offered.url:
        recording.url, recording.next_try_at = offered.url, act.now
        recording.save()
    else:
        _refuse(act, recording, "not_there" if _consented(visit) else "no_consent")
    return recording


@action("visits.settle_fetch")
def settle_fetch(act: Act, recording_id: int, content: bytes | None, *, for_good: bool = False) -> bool:
    """Ends one try of fetching (``content`` None: it failed); False when it was settled or withdrawn in between."""
    recording = act.lock(Recording.objects.all(), recording_id)
    if recording.state != RecordingState.WAITING:
        return False
    if content is not None:
        settle(act, recording, content)
        return True
    recording.tries += 1
    if for_good or recording.tries > len(WAITS):
        recording.state, recording.because, recording.url, recording.next_try_at = (
            RecordingState.FAILED,
            "not_there",
            "",
            None,
        )
    else:
        recording.next_try_at = act.now + WAITS[recording.tries - 1]
    recording.save()
    return True


def settle(act: Act, recording: Recording, content: bytes) -> None:
    """Keeps the bytes if the customer's yes holds now and they are a sound."""
    consent = consent_of(recording.visit)
    if consent is None or not consent.holds:
        _refuse(act, recording, "no_consent")
    elif fault := fault_of(content):
        _refuse(act, recording, fault)
    else:
        fill(act, recording, content, consent)


def _consented(visit: Visit) -> bool:
    consent = consent_of(visit)
    return consent is not None and consent.holds


def _refuse(act: Act, recording: Recording, because: str) -> None:
    recording.state, recording.because = RecordingState.REFUSED, because
    recording.url, recording.next_try_at = "", None
    recording.save()
    act.record(recording, customer_id=recording.customer_id, reason=because)
