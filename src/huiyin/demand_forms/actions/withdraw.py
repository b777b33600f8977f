"""The unit takes a form back before customer service has decided."""

from __future__ import annotations

from huiyin.demand_forms.actions.counting import take_out
from huiyin.demand_forms.actions.dropping import drop_wishes, needs_reason
from huiyin.demand_forms.models import DemandForm
from huiyin.demand_forms.queries.units import acts_for
from huiyin.demand_forms.rules.codes import DECIDE
from huiyin.demand_forms.rules.states import FORMS
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Forbidden
from huiyin.promises.public import cancel_promise


@action("demand.withdraw", needs="demand.sign_up")
def withdraw_form(act: Act, form_id: int, *, reason: str) -> DemandForm:
    """Withdraws a form; it no longer counts for its month, which may be owed again.

    Raises:
        Invalid: no reason.
        Conflict: it has been decided.
        Forbidden: it is another unit's.
    """
    form = act.lock(DemandForm.objects.visible_to(act.actor), form_id)
    if not acts_for(act.actor, form.unit):
        raise Forbidden
    move = FORMS.move("withdraw", form.state)
    form.reason = needs_reason(reason)
    form.state, form.closed_at = move.target, act.now
    form.save(update_fields=["state", "reason", "closed_at"])
    drop_wishes(act, form.wishes.all(), form.reason)
    take_out(act, form)
    cancel_promise(act.call, kind=DECIDE, subject=form, reason=form.reason)
    act.record(form, reason=form.reason)
    return form
