"""Hands out what a record sheet needs to show personal data in full; the look is on record (PRV-1)."""

from __future__ import annotations

from huiyin.customers.public import Personal, take_out
from huiyin.foundation.actions import Act, action
from huiyin.visits.models import Visit


@action("visits.take_out_sheet", needs="customers.export")
def take_out_sheet(act: Act, visit_id: int, *, reason: str, form: str) -> Personal:
    """The unmasked data of the visit's customer, for a file of ``form``.

    Raises:
        NotFound: the visit or its customer lies outside the actor's area.
        Invalid: no reason.
    """
    visit = act.lock(Visit.objects.visible_to(act.actor), visit_id)
    return take_out(act.call, visit.customer_id, reason=reason, file=f"{Visit._meta.label_lower}:{visit.pk} {form}")
