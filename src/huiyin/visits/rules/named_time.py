"""The time a customer names, as people write it: ``+1h``, ``15:30``, ``明天10点``, ``周五下午3点半`` (VIS-23)."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

UNITS = {
    "minutes": ("m", "min", "mins", "minute", "minutes", "分钟", "分"),
    "hours": ("h", "hour", "hours", "小时", "个小时", "钟头", "个钟头"),
    "days": ("d", "day", "days", "天"),
    "weeks": ("w", "week", "weeks", "周", "星期", "个星期"),
}
UNIT = {word: unit for unit, words in UNITS.items() for word in words}
_AMOUNT = rf"(\d{{1,4}}(?:\.5)?|半|[一两二三四五六七八九十])\s*({'|'.join(sorted(UNIT, key=len, reverse=True))})"
LATER = re.compile(rf"(?:\+|in\s+)?\s*{_AMOUNT}(?:\s*{_AMOUNT})?\s*(?:后|以后|之后|later)?")
DAYS = {"今天": 0, "today": 0, "明天": 1, "tomorrow": 1, "明": 1, "后天": 2, "大后天": 3}
WEEKDAYS = {
    **{f"{week}{day}": n for week in ("周", "星期", "礼拜") for n, day in enumerate("一二三四五六日")},
    **{f"{week}天": 6 for week in ("星期", "礼拜")},
    **{day: n for n, day in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))},
    **{day: n for n, day in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))},
}
_NAMES = "|".join(sorted([*DAYS, *WEEKDAYS], key=len, reverse=True))
DAY = re.compile(rf"(下|next\s+)?({_NAMES})(?![a-z])")
DATE = re.compile(r"(?:(\d{4})[-/年.])?(\d{1,2})[-/月.](\d{1,2})(?:[日号]|(?!\d))(?!\s*点)")
PARTS = {"上午": 0, "早上": 0, "中午": 12, "下午": 12, "晚上": 12, "am": 0, "pm": 12}
_PART = "|".join(PARTS)
CLOCK = re.compile(rf"({_PART})?\s*(\d{{1,2}})(?:[:：](\d{{2}})|[点时](半|\d{{1,2}}分?)?(?!间))?\s*(am|pm)?")
NUMBERS = {"半": 0.5, "两": 2.0, **{digit: float(n) for n, digit in enumerate("一二三四五六七八九十", 1)}}
NOON, EARLIEST = 12, 8
FARTHEST = timedelta(days=366)


def named_time(text: str, now: datetime) -> datetime:
    """The moment that ``text`` names, in the zone of ``now``; always after it.

    Without a day it is the next such hour. An hour from 1 to 7 with nothing beside it is one of the afternoon, since
    nobody is called at night.

    Raises:
        Invalid: it names no time, or one that has passed or lies more than a year ahead.
    """
    plain = text.strip().lower().replace("：", ":")
    found = _iso(plain, now) or _later(plain, now) or _at_clock(plain, now)
    if found is None:
        why = message(_("This time cannot be read; write +1h, 15:30 or 11-20 10:00."))
        raise Invalid(why, {"again_at": why})
    if not now < found <= now + FARTHEST:
        why = message(_("Say when to call back; it must be in the future."))
        raise Invalid(why, {"again_at": why})
    return found


def _iso(text: str, now: datetime) -> datetime | None:
    """A whole moment as a machine writes it."""
    try:
        found = datetime.fromisoformat(text.upper())
    except ValueError:
        return None
    if len(text) < len("2026-11-20T10"):
        return None
    return found.replace(tzinfo=now.tzinfo) if found.tzinfo is None else found


def _later(text: str, now: datetime) -> datetime | None:
    """So long from now, to the minute."""
    found = LATER.fullmatch(text)
    if found is None:
        return None
    pairs = [(found[1], found[2]), (found[3], found[4])]
    spans = [timedelta(**{UNIT[unit]: NUMBERS.get(amount) or float(amount)}) for amount, unit in pairs if unit]
    begun = timedelta(minutes=1) if now.second or now.microsecond else timedelta()
    return (now + sum(spans, begun)).replace(second=0, microsecond=0)


def _at_clock(text: str, now: datetime) -> datetime | None:
    """An hour of a day that may be named or left to be the next one."""
    day, rest = _day(text, now)
    found = CLOCK.fullmatch(rest)
    if found is None:
        return None
    hour, minute = _hour(found), _minute(found)
    if hour is None or not 0 <= minute < 60:  # noqa: PLR2004 - minutes of an hour
        return None
    moment = datetime.combine(day or now.date(), time(hour, minute), now.tzinfo)
    return moment + timedelta(days=1) if day is None and moment <= now else moment


def _day(text: str, now: datetime) -> tuple[date | None, str]:
    """The day that is named at the beginning, and what follows; None where none is."""
    found = DAY.match(text)
    if found:
        return _named_day(found, now.date()), text[found.end() :].strip(" ,的在")
    found = DATE.match(text)
    if found:
        day = _date(found, now.date())
        return day, text[found.end() :].strip(" ,") if day else ""
    return None, text


def _named_day(found: re.Match[str], today: date) -> date:
    if found[2] in DAYS:
        return today + timedelta(days=DAYS[found[2]])
    ahead = (WEEKDAYS[found[2]] - today.weekday()) % 7
    if found[1]:  # of the week after this one
        ahead = 7 - today.weekday() + WEEKDAYS[found[2]]
    return today + timedelta(days=ahead)


def _date(found: re.Match[str], today: date) -> date | None:
    """The date, without its year the next one; None for one that does not exist."""
    year, month, day = int(found[1] or today.year), int(found[2]), int(found[3])
    try:
        named = date(year, month, day)
        return named.replace(year=year + 1) if not found[1] and named < today else named
    except ValueError:
        return None


def _hour(found: re.Match[str]) -> int | None:
    hour, part = int(found[2]), found[1] or found[5] or ""
    if part and PARTS[part] == NOON and hour < NOON and not (part == "中午" and hour >= EARLIEST):
        hour += NOON
    elif part in ("am", "上午", "早上") and hour == NOON:
        hour = 0
    elif not part and 0 < hour < EARLIEST and not found[2].startswith("0"):
        hour += NOON
    if not (found[3] or found[4] or part) and "点" not in found[0] and "时" not in found[0]:
        return None
    return hour if hour <= 23 else None  # noqa: PLR2004 - hours of a day


def _minute(found: re.Match[str]) -> int:
    said = found[3] or (found[4] or "0").removesuffix("分")
    return 30 if said == "半" else int(said)
