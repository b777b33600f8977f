"""What came of asking a recipient: an answer, no answer, or nobody there."""

from __future__ import annotations

from huiyin.foundation.actions import Act, action
from huiyin.kernel.words import gettext_noop as _
from huiyin.promotions.actions.drawing import go_on
from huiyin.promotions.actions.owe_error import owe_error
from huiyin.promotions.models import GiftLine, GiftList
from huiyin.promotions.queries.results import said_in
from huiyin.promotions.rules.verdict import verdict_of
from huiyin.promotions.rules.words import ERRORS, Standing

NOT_VISITED = _("No answer, or nobody could be reached.")
OPEN = frozenset({Standing.ASKED, Standing.NOT_REACHED})


@action("promotions.take_answer")
def take_answer(act: Act, visit_id: int, *, complete: bool = True) -> None:
    """Takes what the recipient answered; an answer that comes after all still counts. Safe to repeat.

    With ``complete`` false a part of the answers is known: an error in it counts, that all is well does not.
    """
    gifts, line = locked(act, visit_id)
    if line.standing not in OPEN:
        return
    said = said_in(visit_id)
    result = verdict_of(said.chosen)
    if result is None or (result not in ERRORS and not complete):
        if line.standing == Standing.ASKED:
            _unreached(act, gifts, line, NOT_VISITED)
        return
    line.standing, line.answered_at, line.note = result, act.now, ""
    line.save(update_fields=["standing", "answered_at", "note"])
    act.record(line, customer_id=line.customer_id, result=result)
    if result in ERRORS:
        owe_error(act, gifts, line, said.note)
    go_on(act, gifts)


@action("promotions.take_failure")
def take_failure(act: Act, visit_id: int) -> None:
    """The visit ended without all its answers: the next dearest gift takes the place. Safe to repeat.

    What was said in part counts as soon as it is noted (:func:`take_answer`).
    """
    gifts, line = locked(act, visit_id)
    if line.standing == Standing.ASKED:
        _unreached(act, gifts, line, NOT_VISITED)


def locked(act: Act, visit_id: int) -> tuple[GiftList, GiftLine]:
    """The list and its line that a visit is about, both locked, the list first."""
    list_id = GiftLine.objects.values_list("list", flat=True).get(visit=visit_id)
    gifts = act.lock(GiftList.objects.all(), list_id)
    return gifts, GiftLine.objects.select_for_update().get(visit=visit_id)


def _unreached(act: Act, gifts: GiftList, line: GiftLine, why: str) -> None:
    line.standing, line.note = Standing.NOT_REACHED, why
    line.save(update_fields=["standing", "note"])
    act.record(line, customer_id=line.customer_id, reason=why)
    go_on(act, gifts)
