"""Contact rules in words, and two versions of them value by value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext

from huiyin.contact_ledger.rules.numbers import ContactNumbers, read_numbers
from huiyin.contact_ledger.rules.words import WAY_LABELS
from huiyin.foundation.versions import Difference
from huiyin.kernel.windows import CallWindow
from huiyin.kernel.words import gettext_noop as _
from huiyin.working_time.public import calendar_choices

NUMBER_LABELS = {
    "gap_days": _("Days between two contacts"),
    "monthly_cap": _("Contacts a month at most"),
    "refusal_days": _("Days a refusal is respected"),
    "claim_minutes": _("Minutes a place is held for a contact"),
}


def way_said(numbers: ContactNumbers, way: str) -> str:
    """When a way may be used, in words."""
    windows = [window_said(window) for window in numbers.windows.get(way, ())]
    if way not in numbers.working:
        return " · ".join(windows) or gettext("all day outside the rest hours")
    if not windows:
        return gettext("in working hours")
    return gettext("%(windows)s, in working hours only") % {"windows": " · ".join(windows)}


def window_said(window: CallWindow) -> str:
    """A window in words, with the weekdays it is closed on."""
    hours = f"{window.start:%H:%M}–{window.end:%H:%M}"
    if not window.not_on:
        return hours
    days = ", ".join(str(WEEKDAYS_ABBR[day]) for day in sorted(window.not_on))
    return gettext("%(hours)s (not on %(days)s)") % {"hours": hours, "days": days}


def rules_differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """What differs between two versions of the contact rules, in the order of the form."""
    old, new = _said(before), _said(after)
    return [Difference(label, old[label], said) for label, said in new.items() if old[label] != said]


def _said(content: Mapping[str, Any]) -> dict[str, str]:
    """Every value in words by its name."""
    numbers, plain = read_numbers(content["numbers"]), content["numbers"]
    return {
        **{gettext(label): f"{plain[name]:g}" for name, label in NUMBER_LABELS.items()},
        gettext("Outside these hours nobody is contacted"): window_said(numbers.awake),
        **{_windows_label(way): way_said(numbers, way) for way in WAY_LABELS},
        gettext("Calendar"): dict(calendar_choices()).get(content["calendar"], content["calendar"]),
        gettext("Note"): content["note"] or "–",
    }


def _windows_label(way: str) -> str:
    return gettext("Windows: %(way)s") % {"way": gettext(WAY_LABELS[way])}
