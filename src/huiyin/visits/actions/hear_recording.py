"""Plays a recording to somebody with the right; each listening is on record (VIS-25, PRV-1)."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.foundation import files
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import NotFound
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.visits.models import Recording, Visit
from huiyin.visits.rules.recordings import BECAUSE, MEDIA_TYPES, RecordingState


@dataclass(frozen=True)
class Heard:
    """The sound and its media type."""

    content: bytes
    media_type: str


@action("visits.hear_recording", needs="recordings.listen")
def hear_recording(act: Act, recording_id: int) -> Heard:
    """The bytes of a kept recording.

    Raises:
        NotFound: there is none in the actor's area, or it is no longer kept.
    """
    kept = Recording.objects.filter(pk=recording_id, state=RecordingState.KEPT)
    recording = kept.filter(visit__in=Visit.objects.visible_to(act.actor)).first()
    if recording is None:
        raise NotFound(message(_("This recording is not, or no longer, kept.")))
    try:
        content = files.kept(recording.path)
    except FileNotFoundError:
        raise NotFound(message(BECAUSE["file_gone"])) from None
    act.record(recording, customer_id=recording.customer_id, visit=recording.visit_id)
    return Heard(content, MEDIA_TYPES[recording.kind])
