"""Reserved parts are taken out, used, given back, or let go."""

from __future__ import annotations

from decimal import Decimal

from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict, NotFound
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.promises.public import cancel_promise
from huiyin.spare_parts.actions.posting import Books, Key
from huiyin.spare_parts.models import Need
from huiyin.spare_parts.promise_kinds import BRING
from huiyin.spare_parts.rules.ledger import Kind, quantity_of


@action("spare_parts.issue", needs="spare_parts.handle")
def issue_parts(act: Act, need_id: int, *, quantity: Decimal | None = None) -> Need:
    """Hands reserved parts out for the work; all that is reserved unless a quantity is given.

    Raises:
        NotFound: no such need, or neither its place nor what it is for is the actor's.
        Invalid: no possible quantity.
        Conflict: so much is not reserved.
    """
    return _moved(act, need_id, Kind.ISSUE, quantity)


@action("spare_parts.use", needs="spare_parts.handle")
def use_parts(act: Act, need_id: int, *, quantity: Decimal | None = None) -> Need:
    """Books issued parts as built in at the customer's; all of them unless a quantity is given.

    Raises:
        NotFound, Invalid, Conflict: as for :func:`issue_parts`.
    """
    return _moved(act, need_id, Kind.USE, quantity)


@action("spare_parts.give_back", needs="spare_parts.handle")
def give_back_parts(act: Act, need_id: int, *, quantity: Decimal | None = None, broken: bool = False) -> Need:
    """Takes issued parts back to their place, or to scrap when they broke; all of them unless a quantity is given.

    Raises:
        NotFound, Invalid, Conflict: as for :func:`issue_parts`.
    """
    return _moved(act, need_id, Kind.WASTE if broken else Kind.RETURN, quantity)


@action("spare_parts.release", needs="spare_parts.reserve")
def release_parts(act: Act, need_id: int, *, reason: str = "") -> Need:
    """Lets go of what is reserved or missing and not handed out yet; it goes to whoever waits next.

    Raises:
        NotFound: as for :func:`issue_parts`.
        Conflict: nothing is reserved or missing any more.
    """
    need, key, books = _locked(act, need_id)
    gone = need.reserved + need.missing
    if gone == 0:
        raise Conflict(message(_("Nothing is reserved here any more. Reload the page to see how it stands.")))
    if need.missing:
        need.released += need.missing
        need.missing = Decimal(0)
        need.save(update_fields=["released", "missing"])
        cancel_promise(act.call, kind=BRING, subject=need, reason=reason or need.named)
        books.settled(need)
    if need.reserved:
        books.enter(Kind.RELEASE, key, need.reserved, need=need, why=reason)
    act.record(need, reason=reason, released=str(gone))
    books.close()
    return need


def _moved(act: Act, need_id: int, kind: Kind, quantity: Decimal | None) -> Need:
    need, key, books = _locked(act, need_id)
    held = need.reserved if kind is Kind.ISSUE else need.issued
    amount = quantity_of(held if quantity is None and held else quantity or 0)
    books.enter(kind, key, amount, need=need)
    act.record(need, kind=kind.value, quantity=str(amount))
    books.close()
    return need


def _locked(act: Act, need_id: int) -> tuple[Need, Key, Books]:
    """The need with its stock, both locked, the stock first; of what is in the actor's sight."""
    visible = Need.objects.visible_to(act.actor)
    key: Key | None = visible.filter(pk=need_id).values_list("place_id", "part_id").first()
    if key is None:
        raise NotFound
    books = Books(act, [key])
    return act.lock(visible, need_id), key, books
