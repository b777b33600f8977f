"""Hands out what a handling sheet needs to show personal data in full; the look is on record (PRV-1)."""

from __future__ import annotations

from huiyin.cases.actions.moving import locked
from huiyin.cases.queries.handling_sheet import reporter
from huiyin.customers.public import Personal, take_out
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


@action("cases.take_out_sheet", needs="customers.export")
def take_out_sheet(act: Act, case_id: int, *, reason: str, form: str) -> Personal:
    """The unmasked data of the case's customer, or of who reported it, for a file of ``form``.

    Raises:
        NotFound: the case or its customer lies outside the actor's area; Invalid: no reason.
    """
    case = locked(act, case_id)
    file = f"{case._meta.label_lower}:{case.pk} {form}"
    if case.customer_id is not None:
        return take_out(act.call, case.customer_id, reason=reason, file=file)
    if not reason.strip():
        why = message(_("Say why you need it."))
        raise Invalid(why, {"reason": why})
    act.record(case, reason=reason.strip()[:200], file=file)
    return reporter(case, full=True)
