"""Recordings as the visit page shows them, and those that are to be fetched or to go."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from huiyin.contact_ledger.public import RECORDING, Consent, consent_about
from huiyin.foundation import files
from huiyin.foundation.kept import kept
from huiyin.visits.models import Recording, RecordingRules, Visit
from huiyin.visits.queries.contacts import matter_of
from huiyin.visits.rules.recordings import RecordingNumbers, RecordingState

FOLDER = "recordings"
UNFINISHED = timedelta(days=1)


@kept
def recording_numbers() -> RecordingNumbers:
    """The numbers in force."""
    found = RecordingRules.objects.order_by("-version").first()
    return found.numbers if found else RecordingNumbers()


def consent_of(visit: Visit) -> Consent | None:
    """What the customer of a visit said to being recorded; None: not asked."""
    return consent_about(matter_of(visit), RECORDING)


def recordings_of(visit: Visit) -> list[Recording]:
    """The recordings of a visit, oldest first, with those that are gone."""
    return list(visit.recordings.select_related("attempt", "by"))


def to_fetch(now: datetime) -> list[int]:
    """Recordings that wait at an exchange and are due to be fetched."""
    waiting = Recording.objects.filter(state=RecordingState.WAITING, next_try_at__lte=now)
    return list(waiting.order_by("next_try_at", "pk").values_list("pk", flat=True))


def waiting_recording(recording_id: int) -> Recording | None:
    """One that still waits at its exchange."""
    return Recording.objects.filter(pk=recording_id, state=RecordingState.WAITING).first()


def grown_old(now: datetime) -> list[int]:
    """Kept recordings whose time is over."""
    span = recording_numbers().ends(now) - now
    old = Recording.objects.filter(state__in=[RecordingState.KEPT, RecordingState.WAITING])
    return list(old.filter(recorded_at__lte=now - span).order_by("pk").values_list("pk", flat=True))


def going() -> list[int]:
    """Recordings whose file is to be deleted, also those a killed worker left."""
    return list(Recording.objects.filter(state=RecordingState.REMOVING).order_by("pk").values_list("pk", flat=True))


def strays(now: datetime) -> Iterator[str]:
    """Files without a row, left by whoever was killed between writing the one and the other."""
    for path in files.files_in(FOLDER, older_than=(now - UNFINISHED).timestamp()):
        if not Recording.objects.filter(path=path).exists():
            yield path
