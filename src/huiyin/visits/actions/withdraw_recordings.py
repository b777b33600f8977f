"""The customer took the consent to be recorded back: what was recorded under it goes (VIS-25)."""

from __future__ import annotations

from huiyin.foundation.actions import Act, action
from huiyin.visits.actions.remove_recordings import STANDING, mark_recording
from huiyin.visits.models import Recording, Visit


@action("visits.withdraw_recordings")
def withdraw_recordings(act: Act, customer_id: int, *, subject: str, subject_id: int | None) -> int:
    """Marks the customer's recordings, of one visit where one is named, so that nobody hears them; returns how many."""
    recordings = Recording.objects.filter(customer=customer_id, state__in=STANDING)
    if subject == Visit._meta.label_lower:
        recordings = recordings.filter(visit=subject_id)
    ids = list(recordings.order_by("pk").values_list("pk", flat=True))
    return sum(mark_recording(act.call, recording_id, because="withdrawn") for recording_id in ids)
