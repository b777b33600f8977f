"""Begins a list, and puts lines into it while it is not handed in."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.promotions.actions.entering import check_draft, enter_new, review
from huiyin.promotions.models import GiftLine, GiftList
from huiyin.promotions.queries.lists import stores_of
from huiyin.promotions.rules.lines import LineDraft
from huiyin.promotions.rules.words import Check


@action("promotions.make_list", needs="promotions.hand_in")
def make_list(
    act: Act, *, name: str, check: str, store_id: int | None = None, lines: Sequence[LineDraft] = ()
) -> GiftList:
    """Begins a list of one promotion of one store, with the lines there are; it is handed in later.

    Raises:
        Invalid: no name, no such check, a store outside the actor's area, or a line that cannot be kept.
        Conflict: the store has a list of this name for this check already.
    """
    gifts = GiftList(
        name=" ".join(name.split())[:80],
        check_kind=_check(name, check),
        store_id=_store(act, store_id),
        made_at=act.now,
        made_by_id=act.actor.staff_id,
    )
    try:
        with transaction.atomic():
            gifts.save(force_insert=True)
    except IntegrityError:
        why = message(_("There is a list of this name already; add to it, or choose another name."))
        raise Conflict(why) from None
    if lines:
        enter_new(act, gifts, lines)
    act.record(gifts, store=gifts.store_id, check=gifts.check_kind, lines=len(lines))
    return gifts


def _check(name: str, check: str) -> str:
    if not name.strip():
        raise Invalid(message(_("Name the promotion.")), {"name": message(_("A value is missing."))})
    if check not in set(Check):
        why = message(_("Choose one of the listed values."))
        raise Invalid(why, {"check": why})
    return check


def _store(act: Act, store_id: int | None) -> int:
    mine = [pk for pk, _name in stores_of(act.actor)]
    if store_id is None and len(mine) == 1:
        return mine[0]
    if store_id is None or store_id not in mine:
        why = message(_("Choose a store of your own area."))
        raise Invalid(why, {"store": why})
    return store_id


@action("promotions.add_lines", needs="promotions.hand_in")
def add_lines(act: Act, list_id: int, lines: Sequence[LineDraft]) -> GiftList:
    """Adds lines at the end. A wrong phone or a duplicate is kept and says so.

    Raises:
        Invalid: a line cannot be kept; none of them is.
        Conflict: the list was handed in.
    """
    gifts = draft_of(act, list_id)
    enter_new(act, gifts, lines)
    act.record(gifts, lines=len(lines))
    return gifts


@action("promotions.remove_line", needs="promotions.hand_in")
def remove_line(act: Act, list_id: int, line_id: int) -> GiftList:
    """Takes a line off a list that is not handed in; taking it off twice changes nothing."""
    gifts = draft_of(act, list_id)
    gone, _what = GiftLine.objects.filter(pk=line_id, list=gifts).delete()
    if gone:
        review(gifts)
        act.record(gifts, removed=line_id)
    return gifts


def draft_of(act: Act, list_id: int) -> GiftList:
    """The list, locked, as long as it may be changed.

    Raises:
        Conflict: it was handed in.
    """
    gifts = act.lock(GiftList.objects.visible_to(act.actor), list_id)
    check_draft(gifts)
    return gifts
