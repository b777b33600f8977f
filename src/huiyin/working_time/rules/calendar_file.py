"""Calendars as one JSON file, the same byte for byte each time (DIG-6)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.years import why_far
from huiyin.working_time.rules.calendar import DayException, DayKind, Week, WeekChange
from huiyin.working_time.rules.writing import read, read_week, written

FORM = "huiyin calendars 1"
LARGEST = 2_000_000
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,29}")
FAULTS_SAID = 20
T = TypeVar("T")
KNOWN = frozenset({"code", "name", "department", "zone", "announced_through", "weeks", "days"})


@dataclass(frozen=True)
class CalendarContent:
    """A calendar as its file shows it: hours of the week by the day they begin, and the days that are different.

    The first hours hold for all time before as well. ``department`` is a code, "" for none.
    """

    code: str
    name: str
    department: str
    zone: str
    announced_through: date
    weeks: tuple[WeekChange, ...]
    days: tuple[DayException, ...]

    def week_on(self, day: date) -> Week:
        """The hours of the week in force on a day."""
        held = [change.week for change in self.weeks if change.from_day <= day]
        return held[-1] if held else self.weeks[0].week


def plain_weeks(weeks: Iterable[WeekChange]) -> tuple[WeekChange, ...]:
    """The hours in order, without those that change nothing."""
    found: list[WeekChange] = []
    for change in sorted(weeks, key=lambda each: each.from_day):
        if not found or found[-1].week != change.week:
            found.append(change)
    return tuple(found)


def text_of(calendars: Iterable[CalendarContent]) -> str:
    """The file's text."""
    whole = {"huiyin": FORM, "calendars": [_plain(each) for each in calendars]}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _plain(content: CalendarContent) -> dict[str, Any]:
    return {
        "code": content.code,
        "name": content.name,
        "department": content.department,
        "zone": content.zone,
        "announced_through": content.announced_through.isoformat(),
        "weeks": [
            {"from": each.from_day.isoformat(), "hours": [written(day) for day in each.week]} for each in content.weeks
        ],
        "days": [_plain_day(each) for each in content.days],
    }


def _plain_day(day: DayException) -> dict[str, Any]:
    plain: dict[str, Any] = {"day": day.day.isoformat(), "kind": day.kind.value, "name": day.name}
    if day.intervals:
        plain["hours"] = written(day.intervals)
    if day.region:
        plain["region"] = day.region
    if not day.announced:
        plain["announced"] = False
    return plain


def read_calendars(text: str) -> list[CalendarContent]:
    """The calendars in a file.

    Raises:
        Invalid: it is no such file, or something in it cannot be; ``fields`` says what where.
    """
    rows, faults = _rows(text), dict[str, Message]()
    found: dict[str, CalendarContent] = {}
    for number, row in enumerate(rows, 1):
        place = str(row.get("code") or number)[:60] if isinstance(row, Mapping) else str(number)
        try:
            content = _calendar(row, place)
        except Invalid as refusal:
            faults |= refusal.fields or {place: refusal.why}
            continue
        if content.code in found:
            faults[place] = message(_("%(code)s stands in the file twice."), code=content.code)
        found[content.code] = content
    if faults:
        some = dict(list(faults.items())[:FAULTS_SAID])
        raise Invalid(message(_("The file was not taken; nothing is changed.")), some)
    return list(found.values())


def _rows(text: str) -> list[Any]:
    if len(text) > LARGEST:
        raise _bad(message(_("The file is larger than %(most)s characters."), most=LARGEST))
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        raise _bad(message(_("The file is no valid JSON; look at line %(line)s."), line=line)) from None
    if not isinstance(whole, dict) or whole.get("huiyin") != FORM:
        why = _('The file does not begin with "huiyin": "%(form)s"; export one to see how it looks.')
        raise _bad(message(why, form=FORM))
    for name in sorted(set(whole) - {"huiyin", "calendars"}):
        raise _bad(message(_("Nothing is called %(name)s here."), name=str(name)[:60]))
    if not isinstance(whole.get("calendars"), list):
        raise _bad(message(_("The part %(name)s is not as an export writes it."), name="calendars"))
    return list(whole["calendars"])


def _calendar(row: Any, place: str) -> CalendarContent:
    if not isinstance(row, Mapping):
        raise _bad(message(_("The part %(name)s is not as an export writes it."), name=place), place)
    for name in sorted(set(row) - KNOWN):
        raise _bad(message(_("Nothing is called %(name)s here."), name=str(name)[:60]), f"{place}.{str(name)[:60]}")
    code, name = str(row.get("code") or ""), str(row.get("name") or "").strip()
    if not CODE.fullmatch(code) or not 0 < len(name) <= 60:  # noqa: PLR2004 - as the column is
        raise _bad(message(_("A calendar needs a name, and a code of letters, digits and hyphens.")), place)
    return CalendarContent(
        code=code,
        name=name,
        department=str(row.get("department") or ""),
        zone=_zone(row.get("zone"), f"{place}.zone"),
        announced_through=_day(row.get("announced_through"), f"{place}.announced_through"),
        weeks=_weeks(row.get("weeks"), f"{place}.weeks"),
        days=_days(row.get("days") or [], f"{place}.days"),
    )


def _zone(value: Any, place: str) -> str:
    try:
        return ZoneInfo(str(value)).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise _bad(message(_("There is no time zone called %(zone)s."), zone=str(value)[:60]), place) from None


def _day(value: Any, place: str) -> date:
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        raise _bad(message(_("This must be a date, such as 2026-12-24.")), place) from None
    if why := why_far(day):
        raise _bad(why, place)
    return day


def _weeks(rows: Any, place: str) -> tuple[WeekChange, ...]:
    if not isinstance(rows, list) or not rows or not all(isinstance(row, Mapping) for row in rows):
        raise _bad(message(_("The part %(name)s is not as an export writes it."), name="weeks"), place)
    found = []
    for row in rows:
        with_place = f"{place}.{str(row.get('from'))[:20]}"
        day = _day(row.get("from"), with_place)
        week = _hours(partial(_read_hours, row), with_place)
        if not any(week):
            why = _("A week without any working hours would stop every clock. Enter hours for a day.")
            raise _bad(message(why), with_place)
        found.append(WeekChange(day, week))
    if len({each.from_day for each in found}) < len(found):
        raise _bad(message(_("Two hours of the week begin on the same day.")), place)
    return plain_weeks(found)


def _read_hours(row: Mapping[str, Any]) -> Week:
    return read_week(row.get("hours") or [])


def _days(rows: Any, place: str) -> tuple[DayException, ...]:
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise _bad(message(_("The part %(name)s is not as an export writes it."), name="days"), place)
    found: dict[tuple[date, str], DayException] = {}
    for row in rows:
        one = _exception(row, f"{place}.{str(row.get('day'))[:20]}")
        if (one.day, one.region) in found:
            raise _bad(message(_("%(code)s stands in the file twice."), code=one.day.isoformat()), place)
        found[one.day, one.region] = one
    return tuple(found[key] for key in sorted(found))


def _exception(row: Mapping[str, Any], place: str) -> DayException:
    day, name = _day(row.get("day"), place), str(row.get("name") or "").strip()
    if not 0 < len(name) <= 60:  # noqa: PLR2004 - as the column is
        raise _bad(message(_("Say what the day is, for example the holiday's name.")), place)
    try:
        kind = DayKind(str(row.get("kind")))
    except ValueError:
        known = ", ".join(each.value for each in DayKind if each is not DayKind.ORDINARY)
        raise _bad(message(_("These kinds of days are known: %(codes)s."), codes=known), place) from None
    region, announced = str(row.get("region") or "")[:40], row.get("announced", True) is not False
    return _hours(lambda: DayException(day, kind, name, read(row.get("hours") or []), region, announced), place)


def _hours(make: Callable[[], T], place: str) -> T:
    try:
        return make()
    except Invalid as refusal:
        raise _bad(refusal.why, place) from None
    except (TypeError, IndexError, AttributeError):
        raise _bad(message(_("The part %(name)s is not as an export writes it."), name="hours"), place) from None


def _bad(why: Message, place: str = "file") -> Invalid:
    return Invalid(why, {place: why})
