"""Takes a visit out of the call that it was to be made in: from now on it is made by itself."""

from __future__ import annotations

from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.visits.actions.merging import merge_waiting
from huiyin.visits.actions.place import place_owed
from huiyin.visits.actions.taking import locked
from huiyin.visits.models import Visit
from huiyin.visits.queries.policies import under_policy


@action("visits.keep_apart", needs="visits.work")
def keep_apart(act: Act, visit_id: int) -> Visit:
    """Makes a visit alone, whatever else falls due; an owed one is planned at once. Doing it again changes nothing.

    Of a visit that leads a call, the others go on without it.

    Raises:
        Conflict: it has ended, or it is being made right now.
    """
    visit = locked(act, visit_id)
    if visit.apart:
        return visit
    if not visit.is_open or visit.contact_at is not None or visit.started_by_id is not None:
        raise Conflict(message(_("The visit is being made or has ended; it cannot be taken out of its call any more.")))
    visit.apart = True
    visit.save(update_fields=["apart"])
    changed = merge_waiting(act, visit.customer_id)
    visit = under_policy(changed.get(visit.pk, visit))
    if visit.made_with_id is None and visit.pk not in changed and not visit.sampled and visit.window_start is None:
        place_owed(act, visit)
    act.record(visit, customer_id=visit.customer_id, apart=True)
    return visit
