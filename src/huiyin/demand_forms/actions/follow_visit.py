"""What the end of a visit means for the wishes it carried, and for their forms."""

from __future__ import annotations

from collections.abc import Iterable

from huiyin.demand_forms.actions.telling import tell_asker
from huiyin.demand_forms.models import DemandForm, Wish
from huiyin.demand_forms.rules.codes import ANSWER
from huiyin.demand_forms.rules.states import FORMS, FormState, WishState, after_visit, all_ended
from huiyin.foundation.actions import Act, action
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.promises.public import keep_promise
from huiyin.visits.public import Visit

ON_A_VISIT = (WishState.ASKED, WishState.UNANSWERED)


@action("demand.follow_visit")
def follow_visit(act: Act, visit_id: int, *, done: bool) -> int:
    """Ends the wishes on a visit that was done or failed; returns how many. A form closes with its last wish.

    A visit that failed and is completed later brings its wishes' answers after all.
    """
    wishes = list(Wish.objects.select_for_update().filter(visit=visit_id, state__in=ON_A_VISIT).order_by("pk"))
    because = "" if done else Visit.objects.filter(pk=visit_id).values_list("ended_because", flat=True).first()
    for wish in wishes:
        end_wish(act, wish, after_visit(done=done, joined=wish.joined, said=wish.said), because or "")
    close_forms(act, {wish.form_id for wish in wishes})
    return len(wishes)


def end_wish(act: Act, wish: Wish, state: WishState, because: str) -> None:
    """Saves what became of a wish."""
    wish.state, wish.ended_at, wish.ended_because = state, act.now, because[:200]
    wish.save(update_fields=["state", "ended_at", "ended_because"])


def close_forms(act: Act, ids: Iterable[int]) -> None:
    """Closes the confirmed forms among these that have nothing left to ask; whoever asked is told."""
    for form_id in sorted(ids):
        form = act.lock(DemandForm.objects.all(), form_id)
        states = list(form.wishes.values_list("state", flat=True))
        if form.state != FormState.CONFIRMED or not all_ended(states):
            continue
        form.state, form.closed_at = FORMS.move("close", form.state).target, act.now
        form.save(update_fields=["state", "closed_at"])
        answered = states.count(WishState.ANSWERED)
        keep_promise(act.call, kind=ANSWER, subject=form, evidence=f"{answered}/{len(states)}")
        act.record(form, answered=answered, asked=len(states))
        params = {"title": form.title, "answered": answered, "asked": len(states)}
        tell_asker(act, form, message(_("%(title)s is answered: %(answered)s of %(asked)s customers."), **params))
