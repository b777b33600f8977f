"""Asking customers to answer by themselves (VIS-29, QST-6): by which way, when, and what comes after no answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from math import ceil

from huiyin.kernel.words import gettext_noop as _

SELF_WAYS = ("sms", "email")
"""Ways that a link goes out by without anybody at work."""


class InviteState(StrEnum):
    """How far one invitation has come."""

    PLANNED = "planned"
    SENT = "sent"
    ANSWERED = "answered"
    UNANSWERED = "unanswered"
    UNDELIVERED = "undelivered"
    UNSENT = "unsent"
    DROPPED = "dropped"


INVITE_LABELS: dict[str, str] = {
    InviteState.PLANNED: _("Link to be sent"),
    InviteState.SENT: _("Link sent, waiting for the answer"),
    InviteState.ANSWERED: _("Answered by link"),
    InviteState.UNANSWERED: _("Link not answered"),
    InviteState.UNDELIVERED: _("Link not delivered"),
    InviteState.UNSENT: _("Link not sent"),
    InviteState.DROPPED: _("Link no longer needed"),
}
SENTENCES: dict[str, str] = {
    InviteState.PLANNED: _("%(way)s: link goes out on %(at)s"),
    InviteState.SENT: _("%(way)s: link sent on %(at)s, waiting for the answer"),
    InviteState.ANSWERED: _("%(way)s: link sent on %(at)s, answered"),
    InviteState.UNANSWERED: _("%(way)s: link sent on %(at)s, not answered"),
    InviteState.UNDELIVERED: _("%(way)s: link sent on %(at)s, not delivered"),
    InviteState.UNSENT: _("%(way)s: no link sent: %(why)s"),
    InviteState.DROPPED: _("%(way)s: link no longer needed"),
}
HELD = _("%(way)s: link not sent yet: %(why)s; next try on %(at)s")
RUNNING = (InviteState.PLANNED, InviteState.SENT)


@dataclass(frozen=True)
class InviteNumbers:
    """What a kind of visit says about its links; the hours are the company's, ``per_day`` None means no limit.

    A link goes out ``delay`` after the visit falls due, between ``opens`` and ``closes`` o'clock; those of one day
    spread evenly over its hours and over ``spread_days`` days. After ``wait`` without an answer the next way follows.
    """

    delay: timedelta = timedelta()
    opens: int = 9
    closes: int = 20
    spread_days: int = 1
    per_day: int | None = None
    wait: timedelta = timedelta(hours=120)


def first_self_way(ways: Sequence[str]) -> str:
    """The way by which the customer is asked to answer alone; "" where somebody makes the visit."""
    return ways[0] if ways and ways[0] in SELF_WAYS else ""


def way_after(ways: Sequence[str], way: str) -> str:
    """The way that follows; "" when it was the last."""
    after = list(ways[ways.index(way) + 1 :]) if way in ways else []
    return after[0] if after else ""


def send_times(
    numbers: InviteNumbers, earliest: Sequence[datetime], taken: Mapping[date, int] | None = None
) -> list[datetime]:
    """When each link goes out: one moment for each of ``earliest`` (aware, in the company's zone, in order of urgency).

    ``taken`` is how many of this kind go out already on each day.
    """
    left, used = list(range(len(earliest))), taken or {}
    share = ceil(len(left) / max(1, numbers.spread_days))
    found: dict[int, datetime] = {}
    day = min((each.date() for each in earliest), default=date.min)
    while left:
        ready = [number for number in left if earliest[number] < _at(earliest[number], day, numbers.closes)]
        room = share if numbers.per_day is None else max(0, numbers.per_day - used.get(day, 0))
        chosen = ready[: min(share, room)]
        found.update(zip(chosen, _over_the_day(numbers, [earliest[number] for number in chosen], day), strict=True))
        left = [number for number in left if number not in found]
        day += timedelta(days=1)
    return [found[number] for number in range(len(earliest))]


def _over_the_day(numbers: InviteNumbers, chosen: Sequence[datetime], day: date) -> list[datetime]:
    """Evenly from the first possible moment to the last hour, none before its own earliest moment."""
    if not chosen:
        return []
    closes = _at(chosen[0], day, numbers.closes)
    begins = max(_at(chosen[0], day, numbers.opens), min(chosen))
    step = (closes - begins) / len(chosen)
    return [max(begins + step * number, each) for number, each in enumerate(chosen)]


def _at(like: datetime, day: date, hour: int) -> datetime:
    """The hour of a day in the zone of ``like``; 24 is midnight."""
    return datetime.combine(day, time(), like.tzinfo) + timedelta(hours=hour)
