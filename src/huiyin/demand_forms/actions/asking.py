"""Makes the visit that asks a wish."""

from __future__ import annotations

from huiyin.demand_forms.models import DemandForm, Wish
from huiyin.demand_forms.queries.joining import end_of
from huiyin.demand_forms.queries.units import hours
from huiyin.demand_forms.rules.states import WishState
from huiyin.foundation.actions import Act
from huiyin.kernel.actor import SYSTEM
from huiyin.kernel.call import Call
from huiyin.visits.public import owe_visit, policy_called


def ask_by_own_visit(act: Act, form: DemandForm, wish: Wish) -> None:
    """Owes a visit of the form's kind by the end of the wanted day, and puts the wish on it."""
    today = act.now.astimezone(hours().zone).date()
    wish.visit = owe_visit(
        act.call if act.actor.may("visits.work") else Call(SYSTEM, act.now),
        policy_called(form.kind, today),
        customer_id=wish.customer_id,
        due_by=end_of(form.wanted_by),
        store=form.store_id or wish.customer.home_store_id,
        about=(wish._meta.label_lower, wish.pk),
        wish=f"{form.unit_name}：{form.title}"[:400],
    )
    wish.joined, wish.state = False, WishState.ASKED
    wish.save(update_fields=["visit", "joined", "state"])
