"""Customer service verifies that an error is mended: closes it, or returns it to the store."""

from __future__ import annotations

from contextlib import suppress

from huiyin.foundation.actions import Act, action
from huiyin.kernel.actor import SYSTEM
from huiyin.kernel.call import Call
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.promises.public import keep_promise
from huiyin.promotions.actions.drawing import go_on
from huiyin.promotions.actions.locking import locked_error
from huiyin.promotions.actions.owe_error import promise_mending
from huiyin.promotions.models import GiftError, GiftList
from huiyin.promotions.queries.results import said_in
from huiyin.promotions.rules.codes import VERIFY
from huiyin.promotions.rules.lifecycle import ERROR
from huiyin.promotions.rules.verdict import verdict_of
from huiyin.promotions.rules.words import STANDING_LABELS, ErrorState, Standing
from huiyin.visits.public import cancel_visit

CONFIRMED = _("The recipient confirmed it.")
NOT_REACHED = _("The recipient could not be reached; decide by the evidence.")
DECIDED = _("Decided without the visit.")
LONGEST = 500


@action("promotions.close_error", needs="promotions.check")
def close_error(act: Act, error_id: int, *, note: str) -> GiftError:
    """Closes a mended error by hand, saying how it was verified; a visit that is still open is cancelled.

    Raises:
        Invalid: no note.
        Conflict: it is not mended, or closed already.
    """
    _demand(note)
    _no_visit_any_more(act, error_id)
    gifts, error = locked_error(act, error_id)
    _close(act, gifts, error, note)
    return error


@action("promotions.return_error", needs="promotions.check")
def return_error(act: Act, error_id: int, *, reason: str) -> GiftError:
    """Returns a mended error to the store, which owes the mending anew.

    Raises:
        Invalid: no reason.
        Conflict: it is not mended, or closed already.
    """
    _demand(reason)
    _no_visit_any_more(act, error_id)
    gifts, error = locked_error(act, error_id)
    _return(act, gifts, error, reason)
    return error


@action("promotions.verify_error")
def verify_error(act: Act, error_id: int, visit_id: int) -> None:
    """Takes what the recipient says when asked again: as listed closes the error, anything else returns it."""
    gifts, error = locked_error(act, error_id)
    if error.state != ErrorState.MENDED or error.visit_id != visit_id:
        return
    said = said_in(visit_id)
    result = verdict_of(said.chosen)
    if result == Standing.REAL:
        _close(act, gifts, error, CONFIRMED)
    elif result is not None:
        _return(act, gifts, error, said.note or STANDING_LABELS[result])
    else:
        note_unreached(act.call, error_id, visit_id)


@action("promotions.note_unreached")
def note_unreached(act: Act, error_id: int, visit_id: int) -> None:
    """Nobody could be asked again: a person decides by the evidence."""
    _gifts, error = locked_error(act, error_id)
    if error.state == ErrorState.MENDED and error.visit_id == visit_id:
        error.verdict = NOT_REACHED
        error.save(update_fields=["verdict"])
        act.record(error, customer_id=error.line.customer_id, reason=NOT_REACHED)


def _demand(words: str) -> None:
    if not words.strip():
        raise Invalid(message(_("Say why.")), {"note": message(_("A value is missing."))})


def _no_visit_any_more(act: Act, error_id: int) -> None:
    """What is decided by hand is not asked any more; the visit is locked before the list."""
    visit_id = (
        GiftError.objects.visible_to(act.actor)
        .filter(pk=error_id, state=ErrorState.MENDED)
        .values_list("visit", flat=True)
        .first()
    )
    if visit_id is not None:
        with suppress(Conflict):  # it has ended
            cancel_visit(Call(SYSTEM, act.now), visit_id, reason=DECIDED)


def _close(act: Act, gifts: GiftList, error: GiftError, note: str) -> None:
    error.state = ERROR.move("close", error.state).target
    error.verdict, error.closed_at, error.closed_by_id = note.strip()[:LONGEST], act.now, act.actor.staff_id
    error.save()
    keep_promise(act.call, kind=VERIFY, subject=error, evidence=error.verdict)
    act.record(error, customer_id=error.line.customer_id, reason=error.verdict)
    go_on(act, gifts)


def _return(act: Act, gifts: GiftList, error: GiftError, reason: str) -> None:
    error.state = ERROR.move("return", error.state).target
    error.verdict, error.returned = reason.strip()[:LONGEST], error.returned + 1
    error.save()
    keep_promise(act.call, kind=VERIFY, subject=error, evidence=error.verdict)
    act.record(error, customer_id=error.line.customer_id, reason=error.verdict)
    promise_mending(act, gifts, error)
