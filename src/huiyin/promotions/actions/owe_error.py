"""An error becomes the store's: it owes to mend it, by a time."""

from __future__ import annotations

from huiyin.channels.public import notify_staff
from huiyin.foundation.actions import Act
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.promises.public import make_promise
from huiyin.promotions.models import GiftError, GiftLine, GiftList
from huiyin.promotions.rules.codes import MEND
from huiyin.working_time.public import Span, Unit, calendar_of, deadline

SAID_LENGTH = 500


def owe_error(act: Act, gifts: GiftList, line: GiftLine, said: str) -> GiftError:
    """The store owes the mending of what the recipient says about a line; its manager is told."""
    span = Span(gifts.numbers.mend_days, Unit.WORKING_DAYS)
    error = GiftError.objects.create(
        line=line,
        store_id=gifts.store_id,
        kind=line.standing,
        said=said[:SAID_LENGTH],
        found_at=act.now,
        mend_by=deadline(calendar_of(gifts.calendar), act.now, span).at,
    )
    act.record(error, customer_id=line.customer_id, kind=error.kind, said=error.said)
    promise_mending(act, gifts, error)
    return error


def promise_mending(act: Act, gifts: GiftList, error: GiftError) -> None:
    """Makes the promise of the store to mend, from now on (saves the error's deadline)."""
    span = Span(gifts.numbers.mend_days, Unit.WORKING_DAYS)
    promise = make_promise(
        act.call,
        kind=MEND,
        subject=error,
        span=span,
        owner=gifts.store.manager_id,
        store=gifts.store_id,
        customer=error.line.customer_id,
        title=f"{gifts.title} · {error.line.gift}",
        policy=f"gift rules {gifts.rules or 'v0'}",
        calendar=gifts.calendar,
    )
    error.mend_by = promise.due_at
    error.save(update_fields=["mend_by"])
    if gifts.store.manager_id is not None:
        text = message(_("“%(name)s”: a recipient says something else than the list. Please mend it."), name=gifts.name)
        notify_staff(act.call, [gifts.store.manager_id], text, page="gift-error", args=[error.pk])
