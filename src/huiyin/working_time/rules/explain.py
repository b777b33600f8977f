"""Why a deadline is where it is: days, intervals and pauses between start and end, in sentences (SLA-4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from huiyin.kernel.words import Message
from huiyin.kernel.words import gettext_noop as _

SENTENCES: dict[str, str] = {
    "calendar": _("Reckoned with calendar “%(calendar)s”, version %(version)d, in the time zone %(zone)s."),
    "calendar_region": _(
        "Reckoned with calendar “%(calendar)s” for %(region)s, version %(version)d, in the time zone %(zone)s."
    ),
    "span": _("%(span)s from %(at)s."),
    "span_back": _("%(span)s back from %(at)s."),
    "counted": _("%(day)s: %(intervals)s, %(counted)s."),
    "counted_days": _("%(day)s to %(last_day)s: %(days)d ordinary working days, %(counted)s."),
    "counted_make_up": _("%(day)s is a make-up workday (%(name)s): %(intervals)s, %(counted)s."),
    "counted_special": _("%(day)s has special hours (%(name)s): %(intervals)s, %(counted)s."),
    "day_off": _("%(day)s is a day off."),
    "days_off": _("%(day)s to %(last_day)s are days off."),
    "holiday": _("%(day)s is a holiday: %(name)s."),
    "holidays": _("%(day)s to %(last_day)s are holidays: %(name)s."),
    "closure": _("%(day)s is closed: %(name)s."),
    "closures": _("%(day)s to %(last_day)s are closed: %(name)s."),
    "paused": _("Paused from %(start)s to %(end)s: %(counted)s does not count."),
    "paused_because": _("Paused from %(start)s to %(end)s (%(reason)s): %(counted)s does not count."),
    "extended": _("The pauses move the deadline from %(was)s by %(counted)s."),
    "start_day": _("%(day)s is the day it starts and is not counted."),
    "working_day": _("%(day)s is working day %(number)d."),
    "working_day_make_up": _("%(day)s is a make-up workday (%(name)s) and is working day %(number)d."),
    "working_days": _("%(day)s to %(last_day)s are working days %(number)d to %(last_number)d."),
    "moved": _("%(was)s lies outside working hours and moves to %(at)s, when work begins again."),
    "moved_back": _("%(was)s lies outside working hours and moves back to %(at)s, when work ended."),
    "by_rule": _("By its rule it is due on %(at)s."),
    "next_working_day": _("That is a day off; it moves to the same time on the next working day, %(at)s."),
    "round_the_clock": _("Counted round the clock, without regard to days off: %(counted)s."),
    "calendar_days": _("Counted in calendar days, days off included; the clock time stays the same."),
    "not_announced": _(
        "The state has announced holidays only up to %(announced_through)s; later days may still change."
    ),
    "deadline": _("The deadline is %(at)s."),
    "latest_start": _("The latest start is %(at)s."),
}
"""Every sentence a step can say, by code."""

ZERO = timedelta(0)


@dataclass(frozen=True)
class Step:
    """One reason among those that make a deadline.

    ``day`` is the first day it speaks of, ``start`` and ``end`` (UTC) the stretch it covers, ``counted`` what
    it adds. ``params`` fill the sentence; dates, moments and lengths stay themselves until they are said.
    """

    code: str
    day: date | None = None
    start: datetime | None = None
    end: datetime | None = None
    counted: timedelta = ZERO
    params: Mapping[str, object] = field(default_factory=dict)

    def message(self) -> Message:
        """The step as a sentence to translate."""
        return Message(SENTENCES[self.code], self.params)


@dataclass(frozen=True)
class Deadline:
    """A moment (UTC) and the steps that led to it; ``calendar`` and ``version`` allow reckoning it again."""

    at: datetime
    steps: tuple[Step, ...] = field(default=(), compare=False)
    calendar: str = ""
    version: int = 0

    def messages(self) -> list[Message]:
        """The explanation, one sentence to translate a step."""
        return [step.message() for step in self.steps]
