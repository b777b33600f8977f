"""Changes how large recordings may be and how long they are kept (VIS-25)."""

from __future__ import annotations

from huiyin.foundation.actions import Act, action
from huiyin.foundation.versions import SAME
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.visits.actions.save_policy import CHANGE
from huiyin.visits.models import RecordingRules
from huiyin.visits.rules.recordings import RecordingNumbers, faults_of_numbers


@action("visits.change_recording_numbers", needs=CHANGE)
def save_recording_numbers(act: Act, *, most_mb: int, keep_days: int) -> RecordingRules:
    """Saves both numbers as a new version that holds at once; shorter days count for what is kept already.

    Raises:
        Invalid: a number cannot be; recordings are never kept longer than a year.
        Conflict: nothing differs.
    """
    faults = faults_of_numbers(RecordingNumbers(most_mb, keep_days))
    if faults:
        raise Invalid(message(_("Nothing was saved. Please look at the marked fields.")), faults)
    last = RecordingRules.objects.select_for_update().order_by("-version").first()
    if last and (last.most_mb, last.keep_days) == (most_mb, keep_days):
        raise Conflict(message(SAME, version=last.version))
    version = last.version + 1 if last else 1
    made = RecordingRules.objects.create(version=version, most_mb=most_mb, keep_days=keep_days)
    act.record(made, most_mb=most_mb, keep_days=keep_days)
    return made
