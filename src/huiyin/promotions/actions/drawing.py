"""Draws whom to ask, and says what a list has come to; part of the actions that change lines of a locked list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from huiyin.channels.public import notify_staff
from huiyin.foundation.actions import Act
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.promises.public import keep_promise
from huiyin.promotions.models import GiftError, GiftLine, GiftList
from huiyin.promotions.queries.recipients import hindrances_of
from huiyin.promotions.queries.rules import today_of
from huiyin.promotions.rules.codes import ANSWER
from huiyin.promotions.rules.drawing import Drawable, ranking, spread, wanted_of
from huiyin.promotions.rules.lifecycle import LIST
from huiyin.promotions.rules.words import ANSWERED, RUNNING, WAITING, ErrorState, Hindrance, ListState, Standing
from huiyin.working_time.public import calendar_of

LOOKED_AHEAD = 90


def draw(act: Act, gifts: GiftList) -> None:
    """The first draw of a list whose recipients are known: the share of its lines, spread over the days."""
    lines = list(GiftLine.objects.filter(list=gifts).order_by("position"))
    free = _without_hindered(act, gifts, lines)
    numbers = gifts.numbers
    gifts.wanted = wanted_of(len(lines), numbers.share_of(gifts.check_kind))
    rank = {key: place for place, key in enumerate(ranking(free, gifts.seed), 1)}
    by_key = {line.position: line for line in lines}
    for key, place in rank.items():
        by_key[key].rank = place
    drawn = [by_key[key] for key in rank][: gifts.wanted]
    days = spread(len(drawn), _working_days(act, gifts, numbers.spread_days))
    for line, day in zip(drawn, days, strict=True):
        line.standing, line.asked_on = Standing.DRAWN, day
    GiftLine.objects.bulk_update(lines, ["hindrance", "rank", "standing", "asked_on"], batch_size=500)


def _without_hindered(act: Act, gifts: GiftList, lines: Sequence[GiftLine]) -> list[Drawable]:
    people = {line.customer_id for line in lines if line.customer_id is not None}
    hindered = hindrances_of(people, gifts.check_kind, act.now)
    for line in lines:
        if line.is_free and line.customer_id in hindered:
            line.hindrance = hindered[line.customer_id]
    return [Drawable(line.position, line.value) for line in lines if line.is_free]


def _working_days(act: Act, gifts: GiftList, count: int) -> list[date]:
    """The next working days, today among them."""
    calendar = calendar_of(gifts.calendar)
    today = today_of(act.now, calendar.code)
    ahead = (today + timedelta(days=step) for step in range(LOOKED_AHEAD))
    return [day for day in ahead if calendar.is_working_day(day)][:count] or [today]


def go_on(act: Act, gifts: GiftList) -> None:
    """What follows when a line of a locked list came to something: the next dearest is drawn, or the list is done."""
    if gifts.state in RUNNING:
        _fill_up(act, gifts)
    _settle(act, gifts)


def _fill_up(act: Act, gifts: GiftList) -> None:
    """Draws the next dearest gifts in place of recipients that were not reached."""
    lines = GiftLine.objects.filter(list=gifts)
    missing = gifts.wanted - lines.filter(standing__in=sorted(ANSWERED | WAITING)).count()
    following = lines.filter(standing=Standing.LISTED, hindrance=Hindrance.NONE, rank__isnull=False).order_by("rank")
    taken = list(following[: max(missing, 0)])
    day = _working_days(act, gifts, 1)[0]
    for line in taken:
        line.standing, line.asked_on = Standing.DRAWN, day
        line.save(update_fields=["standing", "asked_on"])


def _settle(act: Act, gifts: GiftList) -> None:
    """Nothing is complete while somebody is still to be asked or an error is open (saves the list)."""
    waiting = GiftLine.objects.filter(list=gifts, standing__in=sorted(WAITING)).exists()
    if waiting or gifts.state not in (*RUNNING, ListState.COMPLETE):
        return
    owed = GiftError.objects.filter(line__list=gifts).exclude(state=ErrorState.CLOSED).exists()
    if gifts.checked_at is None:
        _answer(act, gifts)
    verb = "owe" if owed else "finish"
    if gifts.state != (ListState.MENDING if owed else ListState.COMPLETE):
        gifts.state = LIST.move(verb, gifts.state).target
        gifts.completed_at = None if owed else act.now
        gifts.save(update_fields=["state", "checked_at", "completed_at"])
        act.record(gifts, state=gifts.state)


def _answer(act: Act, gifts: GiftList) -> None:
    """Everybody who could be asked has been: customer service has kept its word, and the store hears it."""
    gifts.checked_at = act.now
    keep_promise(act.call, kind=ANSWER, subject=gifts, evidence="result")
    text = message(_("The gift list “%(name)s” has been checked; the result is there."), name=gifts.name)
    notify_staff(act.call, staff_of(gifts), text, page="gift-list", args=[gifts.pk])


def staff_of(gifts: GiftList) -> list[int]:
    """Whom of the store to tell: who handed the list in and the store's manager."""
    return sorted({pk for pk in (gifts.submitted_by_id, gifts.store.manager_id) if pk is not None})
