"""Cancels a visit with its reason, for example because its case was reopened."""

from __future__ import annotations

from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.visits.actions.contacting import release_call
from huiyin.visits.actions.following import end_visit
from huiyin.visits.actions.taking import locked
from huiyin.visits.models import Visit


@action("visits.cancel", needs="visits.plan")
def cancel_visit(act: Act, visit_id: int, *, reason: str) -> Visit:
    """Ends an open visit that is no longer wanted; a drawn one is not replaced.

    Raises:
        Invalid: no reason.
        Conflict: it has already ended.
    """
    if not reason.strip():
        raise Invalid(message(_("Say why it is cancelled.")), {"reason": message(_("Say why."))})
    visit = locked(act, visit_id)
    end_visit(act, visit, "cancel", reason.strip(), replace=False)
    release_call(act, visit)
    act.record(visit, customer_id=visit.customer_id, reason=reason.strip())
    return visit
