"""Deletes recordings: grown old, or because the customer took the consent back (VIS-25).

In three steps, each safe to repeat: from the first on nobody hears it, then its file goes, then the row says so.
"""

from __future__ import annotations

from collections.abc import Callable

from huiyin.foundation import files
from huiyin.foundation.actions import Act, action
from huiyin.kernel.call import Call
from huiyin.visits.models import Recording
from huiyin.visits.queries.recordings import going, grown_old, strays
from huiyin.visits.rules.recordings import RecordingState

STANDING = (RecordingState.KEPT, RecordingState.WAITING)


@action("visits.mark_recording")
def mark_recording(act: Act, recording_id: int, *, because: str) -> bool:
    """From now on nobody hears the recording; False when it was marked or gone before."""
    recording = act.lock(Recording.objects.all(), recording_id)
    if recording.state not in STANDING:
        return False
    recording.state, recording.because = RecordingState.REMOVING, because
    recording.url, recording.next_try_at = "", None
    recording.save(update_fields=["state", "because", "url", "next_try_at"])
    return True


@action("visits.recording_is_gone")
def recording_is_gone(act: Act, recording_id: int) -> bool:
    """The file of a marked recording is deleted: the row says when and why; False when it said so before."""
    recording = act.lock(Recording.objects.all(), recording_id)
    if recording.state != RecordingState.REMOVING:
        return False
    recording.state, recording.path, recording.removed_at = RecordingState.REMOVED, "", act.now
    recording.save(update_fields=["state", "path", "removed_at"])
    told = {"visit": recording.visit_id, "size": recording.size, "recorded_at": recording.recorded_at.isoformat()}
    act.record(recording, customer_id=recording.customer_id, reason=recording.because, **told)
    return True


def remove_marked(new_call: Callable[[], Call]) -> int:
    """Deletes the files of all that are marked, also those a killed worker left; returns how many went."""
    gone = 0
    for recording_id in going():
        path = Recording.objects.values_list("path", flat=True).get(pk=recording_id)
        if path:
            files.discard(path)
        gone += recording_is_gone(new_call(), recording_id)
    return gone


def remove_old(new_call: Callable[[], Call]) -> int:
    """Marks what has grown old, deletes what is marked, and clears away files without a row."""
    now = new_call().now
    for recording_id in grown_old(now):
        mark_recording(new_call(), recording_id, because="old")
    gone = remove_marked(new_call)
    for path in strays(now):
        files.discard(path)
    return gone
