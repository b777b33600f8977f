"""Asking to record and what was recorded, as the visit page shows it (VIS-25)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from huiyin.contact_ledger.public import Consent
from huiyin.kernel.actor import Actor
from huiyin.visits.models import Recording, Visit
from huiyin.visits.queries.recordings import consent_of, recording_numbers, recordings_of
from huiyin.visits.queries.spoken import Spoken, spoken
from huiyin.visits.queries.visits import visit_seen_by
from huiyin.visits.rules.recordings import RecordingState

PHONE = ("", "phone")


@dataclass(frozen=True)
class Row:
    """One recording with the day it goes."""

    recording: Recording
    goes_at: datetime

    @property
    def kept(self) -> bool:
        """Whether it can be heard."""
        return self.recording.state == RecordingState.KEPT


@dataclass(frozen=True)
class RecordingPart:
    """What the customer said to being recorded (None: not asked), the question's words, and what was recorded."""

    visit: Visit
    consent: Consent | None
    question: Spoken
    rows: list[Row]
    may_ask: bool
    may_hear: bool
    error: str = ""
    most_mb: int = 0


def recording_part(actor: Actor, visit_id: int, now: datetime, error: str = "") -> RecordingPart | None:
    """The part of the visit page; nothing for a visit that was made another way."""
    visit = visit_seen_by(actor, visit_id)
    rows = [Row(each, recording_numbers().ends(each.recorded_at)) for each in recordings_of(visit)]
    if visit.way not in PHONE and not rows:
        return None
    question = spoken(visit, actor, now, "consent")
    may_ask = actor.may("visits.work") and actor.may("contacts.note")
    may_hear = actor.may("recordings.listen")
    told = consent_of(visit)
    return RecordingPart(visit, told, question, rows, may_ask, may_hear, error, recording_numbers().most_mb)
