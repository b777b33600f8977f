"""A unit says that it needs no visits this month."""

from __future__ import annotations

from huiyin.demand_forms.actions.dropping import needs_reason
from huiyin.demand_forms.models import UnitMonth
from huiyin.demand_forms.queries.units import acts_for
from huiyin.demand_forms.rules.codes import HAND_IN
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict, Forbidden
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.promises.public import keep_promise


@action("demand.nothing_needed", needs="demand.sign_up")
def nothing_needed(act: Act, unit_month_id: int, *, reason: str) -> UnitMonth:
    """Keeps the month's promise with a reason instead of a form, where the company allows that.

    Raises:
        Invalid: no reason.
        Conflict: the month is kept already, or a form is expected in any case.
        Forbidden: it is another unit's.
    """
    month = act.lock(UnitMonth.objects.visible_to(act.actor), unit_month_id)
    if not acts_for(act.actor, month.unit):
        raise Forbidden
    if month.kept_at is not None:
        raise Conflict(message(_("Nothing is owed for this month any more.")))
    if not month.nothing_counts:
        raise Conflict(message(_("A form is expected from this unit each month.")))
    month.nothing_because = needs_reason(reason)[:200]
    month.kept_at = act.now
    month.save(update_fields=["kept_at", "nothing_because"])
    keep_promise(act.call, kind=HAND_IN, subject=month, evidence=month.nothing_because)
    act.record(month, reason=month.nothing_because)
    return month
