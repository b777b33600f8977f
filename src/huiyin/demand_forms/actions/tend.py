"""Looks after wishes whose visit will not come: cancelled, or never drawn."""

from __future__ import annotations

from huiyin.demand_forms.actions.asking import ask_by_own_visit
from huiyin.demand_forms.actions.follow_visit import close_forms, end_wish
from huiyin.demand_forms.models import Wish
from huiyin.demand_forms.queries.joining import end_of
from huiyin.demand_forms.rules.states import WishState
from huiyin.foundation.actions import Act, action
from huiyin.visits.public import State

GONE = (State.CANCELLED, State.LAPSED)


@action("demand.tend")
def tend_wishes(act: Act) -> int:
    """Wishes that had joined a visit which will not be made get one of their own while there is time; others end.

    Returns how many were looked after. Repeatable.
    """
    orphans = Wish.objects.filter(state=WishState.ASKED, visit__state__in=GONE).order_by("pk")
    forms = set()
    for pk in list(orphans.values_list("pk", flat=True)):
        wish = act.lock(Wish.objects.select_related("form", "customer", "visit"), pk)
        if wish.state != WishState.ASKED or wish.visit is None or wish.visit.state not in GONE:
            continue
        forms.add(wish.form_id)
        if wish.joined and act.now < end_of(wish.form.wanted_by):
            ask_by_own_visit(act, wish.form, wish)
        else:
            end_wish(act, wish, WishState.UNANSWERED, wish.visit.ended_because)
    close_forms(act, forms)
    return len(forms)
