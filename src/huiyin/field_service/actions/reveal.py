"""Shows address or phone of a site visit in full; every look is on record (PRV-1)."""

from __future__ import annotations

from huiyin.field_service.models import SiteVisit
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid, NotFound
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

FIELDS = {"address": "address", "phone": "contact_phone"}


@action("field_service.reveal", needs="field_service.reveal")
def reveal_visit(act: Act, visit_id: int, *, field: str) -> str:
    """The full ``address`` or ``phone``; the visit itself is the reason that is kept.

    Raises:
        NotFound: no such visit in the actor's sight, or nothing is known.
        Invalid: there is no such field to show.
    """
    if field not in FIELDS:
        raise Invalid(message(_("There is no such field to show.")))
    visit = act.lock(SiteVisit.objects.visible_to(act.actor), visit_id)
    value: str = getattr(visit, FIELDS[field])
    if not value:
        raise NotFound
    act.record(visit, customer_id=visit.case.customer_id, reason=visit.number, field=field)
    return value
