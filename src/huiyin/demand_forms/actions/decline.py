"""Customer service declines a form, with its reason."""

from __future__ import annotations

from huiyin.demand_forms.actions.dropping import drop_wishes, needs_reason
from huiyin.demand_forms.actions.telling import tell_asker
from huiyin.demand_forms.models import DemandForm
from huiyin.demand_forms.rules.codes import DECIDE
from huiyin.demand_forms.rules.states import FORMS
from huiyin.foundation.actions import Act, action
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.promises.public import keep_promise


@action("demand.decline", needs="demand.decide")
def decline_form(act: Act, form_id: int, *, reason: str) -> DemandForm:
    """Declines a form; the unit has handed it in all the same, and is told why nobody is visited.

    Raises:
        Invalid: no reason.
        Conflict: it has been decided already.
    """
    form = act.lock(DemandForm.objects.visible_to(act.actor), form_id)
    form.state = FORMS.move("decline", form.state).target
    form.reason = needs_reason(reason)
    form.decided_at, form.decided_by_id, form.closed_at = act.now, act.actor.staff_id, act.now
    form.save()
    drop_wishes(act, form.wishes.all(), form.reason)
    keep_promise(act.call, kind=DECIDE, subject=form, evidence=form.reason)
    text = message(_("%(title)s was declined: %(reason)s"), title=form.title, reason=form.reason)
    tell_asker(act, form, text)
    act.record(form, reason=form.reason)
    return form
