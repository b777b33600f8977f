"""What a kind of visit says, as plain values: for its form, its file, its versions; and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _
from huiyin.visits.rules.falling_due import CASE_TRIGGERS, OWED_TRIGGERS, TRIGGER_LABELS, Trigger
from huiyin.visits.rules.inviting import SELF_WAYS, first_self_way
from huiyin.visits.rules.occasions import longest_period, segment_of, timing_of

Content = dict[str, Any]
TEXT, YES_NO, COUNT, AMOUNT, MANY, DAY = "text", "yes_no", "count", "amount", "many", "day"
CHANNEL_LABELS = {
    "phone": _("Phone"),
    "link": _("Questionnaire by link"),
    "sms": _("SMS"),
    "email": _("Email"),
    "face": _("Face to face"),
    "other": _("Another way"),
}
TIERS = ("vip", "regular", "potential")
UNITS = {"days": _("Days"), "months": _("Months")}
MOST_DAYS, MOST_HOURS, LONGEST = 366, 8784, 36_600
CODE = re.compile(r"[a-z][a-z0-9_-]{0,29}")


@dataclass(frozen=True)
class Entry:
    """One value of a kind of visit: its sort, its default, its name in words; ``most`` letters or its largest number.

    ``column``: it has a column of its own; the others stand together in ``numbers``.
    """

    sort: str
    default: Any
    label: str
    most: int = 0
    column: bool = True


ENTRIES: dict[str, Entry] = {
    "code": Entry(TEXT, "", _("Code"), 30),
    "name_zh": Entry(TEXT, "", _("Name in Chinese"), 60),
    "name_en": Entry(TEXT, "", _("Name in English"), 60),
    "goal_zh": Entry(TEXT, "", _("Goal in Chinese"), 120),
    "goal_en": Entry(TEXT, "", _("Goal in English"), 120),
    "is_active": Entry(YES_NO, True, _("In use")),
    "trigger": Entry(TEXT, "", _("Falls due"), 20),
    "days_from": Entry(COUNT, 7, _("First day"), MOST_DAYS),
    "days_best": Entry(COUNT, 7, _("Best day"), MOST_DAYS),
    "days_by": Entry(COUNT, 15, _("Last day of the window"), MOST_DAYS),
    "target_hours": Entry(COUNT, None, _("Within how many hours"), MOST_HOURS),
    "breach_working_days": Entry(COUNT, None, _("Late after so many working days"), MOST_DAYS),
    "every_count": Entry(COUNT, None, _("Every"), MOST_DAYS, column=False),
    "every_unit": Entry(TEXT, "", _("Days or months"), 10, column=False),
    "on": Entry(DAY, "", _("On the date"), 10, column=False),
    "yearly": Entry(YES_NO, False, _("Every year"), column=False),
    "again_days": Entry(COUNT, None, _("Again after so many days"), LONGEST, column=False),
    "tiers": Entry(MANY, (), _("Customers of the tiers"), 9, column=False),
    "stores": Entry(MANY, (), _("Customers of the stores"), 30, column=False),
    "spent_from": Entry(AMOUNT, "", _("Bought for at least (yuan)"), column=False),
    "spent_below": Entry(AMOUNT, "", _("Bought for less than (yuan)"), column=False),
    "bought_within_days": Entry(COUNT, None, _("Bought within the last days"), LONGEST, column=False),
    "silent_for_days": Entry(COUNT, None, _("Nothing bought for days"), LONGEST, column=False),
    "known_for_days": Entry(COUNT, None, _("Customer for at least days"), LONGEST, column=False),
    "channels": Entry(MANY, ("phone",), _("Channels in their order"), 10),
    "questionnaire": Entry(TEXT, "", _("Questionnaire"), 30),
    "script": Entry(TEXT, "", _("Script"), 30),
    "sampled": Entry(YES_NO, False, _("Drawn by quota")),
    "not_handler": Entry(YES_NO, False, _("Not by who handled the case")),
    "department": Entry(TEXT, "", _("Department"), 30),
    "skill": Entry(TEXT, "", _("Skill"), 40),
    "merges": Entry(YES_NO, True, _("May be merged with other visits to the customer"), column=False),
    "most_questions": Entry(
        COUNT, None, _("Questions in a call at most, as far as they may be left out"), 99, column=False
    ),
    "unanswered_limit": Entry(COUNT, None, _("Dial at most so often in vain"), 20, column=False),
    "refusals_limit": Entry(COUNT, None, _("Refusals after which it ends"), 20, column=False),
    "rest_after_refusal_days": Entry(COUNT, None, _("Days of rest after a refusal"), MOST_DAYS, column=False),
    "retry_after_minutes": Entry(COUNT, None, _("Dial again after minutes"), 10_080, column=False),
    "record_within_hours": Entry(COUNT, None, _("Record complete within hours"), MOST_HOURS, column=False),
    "invite_delay_hours": Entry(COUNT, 0, _("Link sent after hours"), MOST_HOURS, column=False),
    "invite_from_hour": Entry(COUNT, 9, _("Links sent from (hour)"), 23, column=False),
    "invite_until_hour": Entry(COUNT, 20, _("Links sent until (hour)"), 24, column=False),
    "invite_spread_days": Entry(COUNT, 1, _("Links spread over days"), MOST_DAYS, column=False),
    "invite_per_day": Entry(COUNT, None, _("Links a day at most"), 1_000_000, column=False),
    "invite_wait_hours": Entry(COUNT, 120, _("Next way after hours without an answer"), MOST_HOURS, column=False),
    "note": Entry(TEXT, "", _("Note"), 200),
}


@dataclass(frozen=True)
class Known:
    """The codes a kind of visit may name."""

    questionnaires: frozenset[str]
    scripts: frozenset[str]
    departments: frozenset[str]
    stores: frozenset[str]


def read_content(data: Mapping[str, Any]) -> Content:
    """Every value in its plain form; what is absent takes its default.

    Raises:
        Invalid: a name is unknown or a value is of the wrong sort; ``fields`` says which.
    """
    faults: dict[str, Message] = {}
    for name in data:
        if name not in ENTRIES:
            faults[str(name)[:60]] = message(_("Nothing is called %(name)s here."), name=str(name)[:60])
    content: Content = {}
    for name, entry in ENTRIES.items():
        try:
            content[name] = _read(entry, data.get(name))
        except (ArithmeticError, TypeError, ValueError):
            faults[name] = message(WRONG[entry.sort], most=entry.most)
    if faults:
        raise Invalid(message(_("Some values cannot be read.")), faults)
    return content


WRONG = {
    TEXT: _("This must be a text of at most %(most)s letters."),
    YES_NO: _("This must be yes or no."),
    COUNT: _("This must be a whole number from 0 to %(most)s."),
    AMOUNT: _("This must be an amount of money, such as 5000."),
    MANY: _("This must be a list of texts."),
    DAY: _("This must be a date, such as 2026-12-24."),
}


def _read(entry: Entry, value: Any) -> Any:
    if value is None or value == "":
        return list(entry.default) if entry.sort == MANY else entry.default
    return READERS[entry.sort](value, entry.most)


def _text(value: Any, most: int) -> str:
    if not isinstance(value, str) or len(value.strip()) > most:
        raise ValueError
    return value.strip()


def _yes_no(value: Any, _most: int) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _count(value: Any, most: int) -> int:
    if isinstance(value, bool) or int(value) != value or not 0 <= value <= most:
        raise ValueError
    return int(value)


def _amount(value: Any, _most: int) -> str:
    number = Decimal(str(value))
    if not number.is_finite() or not 0 <= number < 10**12:
        raise InvalidOperation
    return f"{number.normalize():f}"


def _many(value: Any, most: int) -> list[str]:
    if not isinstance(value, (list, tuple)):
        raise TypeError
    return [_text(each, most) for each in value]


def _day(value: Any, _most: int) -> str:
    return value.isoformat() if isinstance(value, date) else date.fromisoformat(str(value)).isoformat()


READERS = {TEXT: _text, YES_NO: _yes_no, COUNT: _count, AMOUNT: _amount, MANY: _many, DAY: _day}


def faults_of(content: Content, known: Known) -> dict[str, Message]:
    """What contradicts itself or names what there is not, by field; empty when all is well."""
    found: dict[str, Message] = {}
    for check in (_names, _window, _codes, _group, _invites):
        for name, why in check(content, known):
            found.setdefault(name, why)
    return found


Faults = Iterator[tuple[str, Message]]


def _names(content: Content, _known: Known) -> Faults:
    if not CODE.fullmatch(content["code"]):
        yield "code", message(_("A code begins with a small letter and has letters, digits, - and _ only, 30 at most."))
    if not content["name_zh"]:
        yield "name_zh", message(_("A kind of visit needs a name."))
    if content["trigger"] not in TRIGGER_LABELS:
        yield "trigger", message(_("Choose what makes the visit fall due."))


def _window(content: Content, _known: Known) -> Faults:
    by_hours = content["trigger"] in OWED_TRIGGERS
    if by_hours and not content["target_hours"]:
        yield "target_hours", message(_("Such visits are due within a number of hours; say how many."))
    if by_hours and content["sampled"]:
        yield "sampled", message(_("Such visits are owed one by one and cannot be drawn by quota."))
    if not by_hours and not content["days_from"] <= content["days_best"] <= content["days_by"]:
        yield "days_by", message(_("The days must follow each other: first day, best day, last day."))
    if content["not_handler"] and content["trigger"] and content["trigger"] not in CASE_TRIGGERS:
        yield "not_handler", message(_("Only visits after a case have somebody who handled it."))


def _codes(content: Content, known: Known) -> Faults:
    if content["questionnaire"] not in known.questionnaires:
        yield "questionnaire", message(_("There is no questionnaire %(code)s."), code=content["questionnaire"])
    if content["script"] and content["script"] not in known.scripts:
        yield "script", message(_("There is no script %(code)s."), code=content["script"])
    if content["department"] and content["department"] not in known.departments:
        yield "department", message(_("There is no department %(code)s."), code=content["department"])
    if not content["channels"] or set(content["channels"]) - set(CHANNEL_LABELS):
        yield (
            "channels",
            message(_("Name at least one of these channels: %(codes)s."), codes=_all(CHANNEL_LABELS)),
        )
    elif len(set(content["channels"])) < len(content["channels"]):
        yield "channels", message(_("Each channel stands once."))


def _invites(content: Content, _known: Known) -> Faults:
    """Only kinds whose customers answer alone first have links that go out by themselves."""
    if not first_self_way(content["channels"]):
        return
    if content["invite_from_hour"] >= content["invite_until_hour"]:
        yield "invite_until_hour", message(_("A window must begin before it ends."))
    for name in ("invite_spread_days", "invite_per_day", "invite_wait_hours"):
        if content[name] == 0:
            yield name, message(_("This must be at least 1."))
    by_others = set(content["channels"]) - set(SELF_WAYS)
    needed = content["invite_delay_hours"] + content["invite_wait_hours"]
    if by_others and content["trigger"] in OWED_TRIGGERS and needed >= (content["target_hours"] or 0):
        why = _("The wait for an answer must end before the visit is due after %(hours)s hours.")
        yield "invite_wait_hours", message(why, hours=content["target_hours"])


def _group(content: Content, known: Known) -> Faults:
    if set(content["tiers"]) - set(TIERS):
        yield "tiers", message(_("These tiers are known: %(codes)s."), codes=_all(TIERS))
    strange = [code for code in content["stores"] if code not in known.stores]
    if strange:
        yield "stores", message(_("There is no store %(code)s."), code=strange[0])
    segment, timing, trigger = segment_of(content), timing_of(content), content["trigger"]
    if segment.spent_from and segment.spent_below and segment.spent_from >= segment.spent_below:
        yield "spent_below", message(_("The upper amount must be above the lower one."))
    if segment.bought_within_days and (segment.silent_for_days or 0) >= segment.bought_within_days:
        yield "silent_for_days", message(_("Nobody bought within these days and yet not for so long."))
    if trigger == Trigger.SEGMENT and segment.everyone:
        yield "tiers", message(_("Say which customers belong to the group."))
    if trigger == Trigger.DATE and not timing.on:
        yield "on", message(_("Say on which date."))
    yield from _schedule(content)


def _schedule(content: Content) -> Faults:
    if content["trigger"] != Trigger.SCHEDULE:
        return
    if not content["every_count"] or content["every_unit"] not in UNITS:
        yield "every_count", message(_("Say every how many days or months."))
    elif content["days_by"] > longest_period(timing_of(content)):
        yield "days_by", message(_("The window must not be longer than the period."))


def _all(codes: Any) -> str:
    return ", ".join(codes)


def numbers_of(content: Content) -> dict[str, Any]:
    """The values without a column of their own that differ from their default."""
    plain = {name: entry for name, entry in ENTRIES.items() if not entry.column}
    return {
        name: content[name]
        for name, entry in plain.items()
        if content[name] != (list(entry.default) if entry.sort == MANY else entry.default)
    }


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The names of the values that differ, in the order of the form."""
    return [name for name in after if before.get(name) != after[name]]
