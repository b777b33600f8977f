"""Customer service confirms a form: visits of their own, wishes that join a visit that is there, some left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from huiyin.demand_forms.actions.asking import ask_by_own_visit
from huiyin.demand_forms.actions.dropping import needs_reason
from huiyin.demand_forms.actions.telling import tell_asker
from huiyin.demand_forms.models import DemandForm, Wish
from huiyin.demand_forms.queries.joining import end_of, facts_of, gap_at
from huiyin.demand_forms.queries.numbers import demand_numbers
from huiyin.demand_forms.queries.units import hours, receiving_department
from huiyin.demand_forms.rules.codes import ANSWER, DECIDE
from huiyin.demand_forms.rules.joining import can_join
from huiyin.demand_forms.rules.states import FORMS, WishState
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.promises.public import keep_promise, make_promise
from huiyin.visits.public import Visit
from huiyin.working_time.public import Span, Unit, deadline


@dataclass(frozen=True)
class Decision:
    """What becomes of one wish: it joins the visit ``join``, or is left out, or (neither) gets a visit of its own."""

    join: int | None = None
    drop: bool = False


@action("demand.confirm", needs="demand.decide")
def confirm_form(act: Act, form_id: int, decisions: Mapping[int, Decision], *, reason: str = "") -> DemandForm:
    """Confirms a form. ``decisions`` by wish; a wish without one gets a visit of its own. ``reason``: why some are out.

    Raises:
        Conflict: it has been decided, or a visit to be joined has begun or ended meanwhile; nothing is changed.
        Invalid: somebody is left out without a reason, or everybody is: then the form is to be declined.
    """
    form = act.lock(DemandForm.objects.visible_to(act.actor), form_id)
    form.state = FORMS.move("confirm", form.state).target
    wishes = list(form.wishes.select_related("customer"))
    chosen = {wish.pk: decisions.get(wish.pk, Decision()) for wish in wishes}
    form.reason = _why_left_out(chosen, reason)
    form.decided_at, form.decided_by_id = act.now, act.actor.staff_id
    form.save(update_fields=["state", "reason", "decided_at", "decided_by"])
    keep_promise(act.call, kind=DECIDE, subject=form, evidence=form.title)
    done = Counter(_carry_out(act, form, wish, chosen[wish.pk]) for wish in wishes)
    _owe_answers(act, form)
    count = len(wishes) - done["left_out"]
    text = message(_("%(title)s is confirmed; customers to be asked: %(count)s."), title=form.title, count=count)
    tell_asker(act, form, text)
    act.record(form, reason=form.reason, **done)
    return form


def _why_left_out(chosen: Mapping[int, Decision], reason: str) -> str:
    left_out = [each for each in chosen.values() if each.drop]
    if len(left_out) == len(chosen):
        raise Invalid(message(_("Nobody would be asked. Decline the form instead, and say why.")))
    return needs_reason(reason) if left_out else ""


def _carry_out(act: Act, form: DemandForm, wish: Wish, decision: Decision) -> str:
    """Saves what was decided about one wish; which of the three it was."""
    if decision.drop:
        wish.state, wish.ended_at, wish.ended_because = WishState.DROPPED, act.now, form.reason[:200]
        wish.save(update_fields=["state", "ended_at", "ended_because"])
        return "left_out"
    if decision.join is None:
        ask_by_own_visit(act, form, wish)
        return "own"
    wish.visit, wish.joined, wish.state = _joined(act, form, wish, decision.join), True, WishState.ASKED
    wish.save(update_fields=["visit", "joined", "state"])
    return "joined"


def _joined(act: Act, form: DemandForm, wish: Wish, visit_id: int) -> Visit:
    """The visit to be joined, locked, so that it cannot end before the wish stands on it."""
    visit = act.lock(Visit.objects.filter(customer=wish.customer_id), visit_id)
    if not visit.is_open or not can_join(facts_of(visit), end_of(form.wanted_by), gap_at(act.now)):
        raise Conflict(
            message(_("The visit of %(name)s can no longer be joined. Choose again."), name=wish.customer.name)
        )
    return visit


def _owe_answers(act: Act, form: DemandForm) -> None:
    """The unit is owed the answers soon after the day it named."""
    after = Span(demand_numbers().answer_hours, Unit.WORKING_HOURS)
    make_promise(
        act.call,
        kind=ANSWER,
        subject=form,
        span=after,
        due_at=deadline(hours(), end_of(form.wanted_by), after).at,
        department=receiving_department(act.now.astimezone(hours().zone).date()),
        title=f"{form.unit_name} · {form.title}",
    )
