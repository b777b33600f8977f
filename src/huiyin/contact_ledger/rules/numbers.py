"""The numbers of the contact rules; what a company keeps as data, read from and written to plain JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from typing import Any

from huiyin.contact_ledger.rules.words import Purpose, Way
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.windows import CallWindow
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


@dataclass(frozen=True)
class Binding:
    """Which rules bind a purpose: ``spacing`` is gap and monthly cap, ``refusal`` an earlier no, ``consent`` an
    explicit yes, ``silence`` do-not-contact and opt-out, ``windows`` the hours of the way."""

    spacing: bool = True
    refusal: bool = True
    consent: bool = False
    silence: bool = True
    windows: bool = True


BINDINGS: Mapping[str, Binding] = {
    Purpose.ANSWER: Binding(spacing=False, refusal=False, silence=False, windows=False),
    Purpose.OWED: Binding(spacing=False, refusal=False),
    Purpose.FOLLOW_UP: Binding(),
    Purpose.CAMPAIGN: Binding(consent=True),
}
REST = CallWindow(time(8), time(21))
ALL_DAY = CallWindow(time.min, time.max)
CALLING = (CallWindow(time(10), time(11, 30), frozenset({0})), CallWindow(time(14), time(16, 30)))


@dataclass(frozen=True)
class ContactNumbers:
    """Gap and monthly cap over all kinds and ways, how long a no is respected, how long a claim holds, and hours.

    ``awake`` are the hours outside rest time: nobody is called out of them, whatever for. ``windows`` are narrower
    hours by way; a way without any may be used all day. ``working`` names the ways that keep to working hours.
    """

    gap: timedelta = timedelta(days=7)
    monthly_cap: int = 3
    refusal_respected: timedelta = timedelta(days=180)
    claim_holds: timedelta = timedelta(minutes=45)
    awake: CallWindow = REST
    windows: Mapping[str, tuple[CallWindow, ...]] = field(
        default_factory=lambda: {Way.PHONE: CALLING, Way.SMS: (REST,), Way.WECHAT: (REST,)}
    )
    working: frozenset[str] = frozenset({Way.PHONE})

    def windows_for(self, way: str) -> tuple[CallWindow, ...] | None:
        """The hours of a way; None when nothing but rest time narrows it."""
        own = self.windows.get(way, ())
        return own or ((ALL_DAY,) if way in self.working else None)


def numbers_from(data: Mapping[str, Any]) -> ContactNumbers:
    """The numbers kept as JSON; what is not there is as shipped.

    Raises:
        Invalid: a number or a time cannot be.
    """
    numbers = read_numbers(data)
    _check(numbers)
    return numbers


def read_numbers(data: Mapping[str, Any]) -> ContactNumbers:
    """The same, before it is looked whether they contradict each other.

    Raises:
        Invalid: they are no numbers and times at all.
    """
    shipped = ContactNumbers()
    try:
        windows = {way: tuple(map(_window, rows)) for way, rows in data.get("windows", {}).items()}
        return ContactNumbers(
            gap=timedelta(days=float(data.get("gap_days", shipped.gap.days))),
            monthly_cap=int(data.get("monthly_cap", shipped.monthly_cap)),
            refusal_respected=timedelta(days=float(data.get("refusal_days", shipped.refusal_respected.days))),
            claim_holds=timedelta(minutes=float(data.get("claim_minutes", shipped.claim_holds.seconds // 60))),
            awake=_window(data["awake"]) if "awake" in data else shipped.awake,
            windows={way: rows for way, rows in {**shipped.windows, **windows}.items() if rows},
            working=frozenset(data.get("working", shipped.working)),
        )
    except (TypeError, ValueError, KeyError, IndexError, OverflowError) as error:
        raise Invalid(message(_("These contact rules cannot be read: %(what)s"), what=str(error))) from error


def numbers_to(numbers: ContactNumbers) -> dict[str, Any]:
    """The same as JSON."""
    return {
        "gap_days": numbers.gap / timedelta(days=1),
        "monthly_cap": numbers.monthly_cap,
        "refusal_days": numbers.refusal_respected / timedelta(days=1),
        "claim_minutes": numbers.claim_holds / timedelta(minutes=1),
        "awake": _row(numbers.awake),
        "windows": {str(way): [_row(window) for window in numbers.windows.get(way, ())] for way in _ways(numbers)},
        "working": sorted(numbers.working),
    }


def _ways(numbers: ContactNumbers) -> list[str]:
    """Every way, also those without windows: what is absent in a file would be read as shipped."""
    return [*Way, *(way for way in numbers.windows if way not in set(Way))]


def _window(row: list[Any]) -> CallWindow:
    start, end, *rest = row
    return CallWindow(time.fromisoformat(start), time.fromisoformat(end), frozenset(rest[0]) if rest else frozenset())


def _row(window: CallWindow) -> list[Any]:
    return [window.start.isoformat("minutes"), window.end.isoformat("minutes"), sorted(window.not_on)]


def _check(numbers: ContactNumbers) -> None:
    spans = (numbers.gap, numbers.refusal_respected, numbers.claim_holds)
    every = [numbers.awake, *(window for rows in numbers.windows.values() for window in rows)]
    if numbers.monthly_cap < 1 or any(span < timedelta(0) for span in spans) or not numbers.claim_holds:
        raise Invalid(message(_("Gap, cap and times of the contact rules must be positive.")))
    if any(window.start >= window.end for window in every):
        raise Invalid(message(_("A window must begin before it ends.")))
    if not set(numbers.windows) | numbers.working <= set(Way):
        raise Invalid(message(_("The contact rules name a way that does not exist.")))
