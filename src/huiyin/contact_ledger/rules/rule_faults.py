"""What contradicts itself in contact rules, by field; and what is allowed but will not work out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import time, timedelta

from huiyin.contact_ledger.rules.numbers import ContactNumbers
from huiyin.contact_ledger.rules.words import Way
from huiyin.kernel.windows import CallWindow
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _

LIMITS = {"gap_days": (0, 365), "monthly_cap": (1, 31), "refusal_days": (0, 3650), "claim_minutes": (1, 1440)}
MIDNIGHT = time(0)
WEEK = frozenset(range(7))
Hours = Sequence[Sequence[tuple[time, time]]]
Faults = Iterator[tuple[str, Message]]


def rule_faults(numbers: ContactNumbers, hours: Hours) -> dict[str, Message]:
    """What is wrong, by field (``windows.phone`` for a way's windows); empty when the rules can be kept.

    ``hours`` are the working hours by weekday, Monday first; an end of 00:00 is midnight.
    """
    found: dict[str, Message] = {}
    for name, why in (*_limits(numbers), *_awake(numbers), *_ways(numbers, hours)):
        found.setdefault(name, why)
    return found


def _limits(numbers: ContactNumbers) -> Faults:
    day = timedelta(days=1)
    values = {
        "gap_days": numbers.gap / day,
        "monthly_cap": numbers.monthly_cap,
        "refusal_days": numbers.refusal_respected / day,
        "claim_minutes": numbers.claim_holds / timedelta(minutes=1),
    }
    for name, (least, most) in LIMITS.items():
        if not least <= values[name] <= most:
            yield name, message(_("This must be a number from %(least)s to %(most)s."), least=least, most=most)


def _awake(numbers: ContactNumbers) -> Faults:
    if numbers.awake.start >= numbers.awake.end:
        yield "awake", message(_("A window must begin before it ends."))


def _ways(numbers: ContactNumbers, hours: Hours) -> Faults:
    if Way.PHONE not in numbers.windows:
        yield "windows.phone", message(_("There must be at least one window for calls; weeks are planned into them."))
    for way in numbers.working - set(Way):
        yield f"windows.{way}", message(_("The contact rules name a way that does not exist."))
    for way, windows in numbers.windows.items():
        if way not in set(Way):
            yield f"windows.{way}", message(_("The contact rules name a way that does not exist."))
        for number, window in enumerate(windows):
            others = windows[number + 1 :]
            for why in _of_window(window, others, numbers.awake, hours if way in numbers.working else None):
                yield f"windows.{way}", why


def _of_window(
    window: CallWindow, others: Sequence[CallWindow], awake: CallWindow, hours: Hours | None
) -> Iterator[Message]:
    if window.start >= window.end:
        yield message(_("A window must begin before it ends."))
    if awake.start < awake.end and (window.start < awake.start or window.end > awake.end):
        yield message(_("%(window)s reaches into the rest hours; nobody is contacted then."), window=_said(window))
    if window.not_on >= WEEK:
        yield message(_("%(window)s is closed on every day of the week."), window=_said(window))
    elif hours and not any(_minutes(window, hours[day]) for day in WEEK - window.not_on):
        text = _("%(window)s lies outside the working hours of every day; nobody could ever be called in it.")
        yield message(text, window=_said(window))
    for other in others:
        if WEEK - window.not_on - other.not_on and window.start < other.end and other.start < window.end:
            yield message(_("%(one)s and %(other)s overlap."), one=_said(window), other=_said(other))


def cut_windows(numbers: ContactNumbers, hours: Hours) -> list[Message]:
    """The windows that hold in working hours only and reach beyond them on a working day."""
    text = _("%(window)s reaches beyond the working hours; only the part inside them is used.")
    return [
        message(text, window=_said(window))
        for way, windows in numbers.windows.items()
        if way in numbers.working
        for window in windows
        if any(_minutes(window, hours[day]) < _length(window) for day in WEEK - window.not_on if hours[day])
    ]


def _minutes(window: CallWindow, intervals: Sequence[tuple[time, time]]) -> int:
    """How many minutes of the window lie in the working hours of a day."""
    return sum(
        max(0, min(_minute(window.end), _minute(end, last=True)) - max(_minute(window.start), _minute(start)))
        for start, end in intervals
    )


def _length(window: CallWindow) -> int:
    return _minute(window.end) - _minute(window.start)


def _minute(moment: time, *, last: bool = False) -> int:
    return 24 * 60 if last and moment == MIDNIGHT else moment.hour * 60 + moment.minute


def _said(window: CallWindow) -> str:
    return f"{window.start:%H:%M}–{window.end:%H:%M}"
