"""What a customer answered to a wish, as the agent writes it down during the talk."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.demand_forms.models import Wish
from huiyin.demand_forms.rules.states import WishState
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict, Invalid, NotFound
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.visits.public import Visit

LONGEST = 1000


@action("demand.note_answers", needs="visits.work")
def note_answers(act: Act, wish_id: int, *, answers: Sequence[str], remark: str = "") -> Wish:
    """Writes down the answers in the order of the form's questions; "" where none was given. Safe to repeat.

    Raises:
        NotFound: the visit lies outside the actor's area.
        Conflict: nobody is being asked, or the visit has ended.
        Invalid: too many answers or too long ones.
    """
    wish = act.lock(Wish.objects.select_related("form"), wish_id)
    if wish.visit_id is None or not Visit.objects.visible_to(act.actor).filter(pk=wish.visit_id).exists():
        raise NotFound
    if wish.state != WishState.ASKED:
        raise Conflict(message(_("This wish is settled; its answers stay as they are.")))
    given = [text.strip() for text in answers]
    given += [""] * (len(wish.form.questions) - len(given))
    if len(given) > len(wish.form.questions) or any(len(text) > LONGEST for text in (*given, remark)):
        raise Invalid(message(_("An answer to each question, %(most)d characters at most."), most=LONGEST))
    if (given, remark.strip()) == (wish.answers, wish.remark):
        return wish
    wish.answers, wish.remark = given, remark.strip()
    wish.noted_at, wish.noted_by_id = act.now, act.actor.staff_id
    wish.save(update_fields=["answers", "remark", "noted_at", "noted_by"])
    act.record(wish.form, customer_id=wish.customer_id, wish=wish.pk)
    return wish
