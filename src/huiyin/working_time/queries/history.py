"""The versions of a calendar as people read them: who changed what, when and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from huiyin.working_time.models import CalendarVersion, Change, DayRule
from huiyin.working_time.queries.calendars import exception_of, versions_of
from huiyin.working_time.queries.saying import day_in_words, day_name
from huiyin.working_time.queries.words import kind_words
from huiyin.working_time.rules.calendar import DayKind
from huiyin.working_time.rules.year import Stretch, stretches

SHOWN = 3
DAYS_BY = (Change.DAY, Change.FILE)


@dataclass(frozen=True)
class ChangedDays:
    """Days a version changed and what they became; ``kind`` is ordinary where an exception was taken away."""

    days: str
    label: str
    name: str


@dataclass(frozen=True)
class VersionView:
    """One version: number, what it changed, from when, who, when and why."""

    number: int
    change: str
    days: tuple[ChangedDays, ...]
    more_days: int
    effective_from: str
    hours: bool
    at: datetime
    by: str
    note: str


def history_of(code: str, most: int = 30) -> list[VersionView]:
    """The newest versions of a calendar, newest first."""
    versions = versions_of(code)[:most]
    changed = _changed(versions)
    return [_view(version, changed[version.number]) for version in versions]


def _view(version: CalendarVersion, days: list[ChangedDays]) -> VersionView:
    return VersionView(
        number=version.number,
        change=str(Change(version.change).label),
        days=tuple(days[:SHOWN]),
        more_days=max(0, len(days) - SHOWN),
        effective_from=day_in_words(version.effective_from),
        hours=version.change == Change.HOURS or (version.change == Change.FILE and version.week is not None),
        at=version.created_at,
        by=version.created_by.name if version.created_by else _("the system"),
        note=version.note,
    )


def _changed(versions: Sequence[CalendarVersion]) -> dict[int, list[ChangedDays]]:
    """What each version of a calendar did to exceptional days."""
    found: dict[int, list[ChangedDays]] = defaultdict(list)
    numbers = [version.number for version in versions if version.change in DAYS_BY]
    if not numbers:
        return found
    calendar = versions[0].calendar_id
    rules = list(DayRule.objects.filter(Q(since__in=numbers) | Q(until__in=numbers), calendar=calendar).order_by("day"))
    for number in numbers:
        began = [rule for rule in rules if rule.since == number]
        ended = [rule for rule in rules if rule.until == number]
        found[number] = _days(began) if began else _days(ended, taken_away=True)
    return found


def _days(rules: Sequence[DayRule], *, taken_away: bool = False) -> list[ChangedDays]:
    return [
        ChangedDays(
            _said(stretch),
            kind_words(DayKind.ORDINARY if taken_away else stretch.exception.kind).label,
            day_name(stretch.exception.name),
        )
        for stretch in stretches(exception_of(rule) for rule in rules)
    ]


def _said(stretch: Stretch) -> str:
    if stretch.days == 1:
        return day_in_words(stretch.first)
    return _("%(first)s to %(last)s") % {"first": day_in_words(stretch.first), "last": day_in_words(stretch.last)}
