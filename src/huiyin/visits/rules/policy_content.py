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
from huiyin.visits.rules.occasions import Segment, longest_period, segment_of, timing_of
from huiyin.visits.rules.policy_entries import (
    AMOUNT,
    CHANNEL_LABELS,
    COUNT,
    DAY,
    ENTRIES,
    MANY,
    OPEN_CASES,
    TEXT,
    TIERS,
    UNITS,
    YES_NO,
    Entry,
)
from huiyin.visits.rules.script_split import split_faults
from huiyin.visits.rules.talk_content import talk_faults

Content = dict[str, Any]
LEAST_SCORE, MOST_SCORE = 1, 5
CODE = re.compile(r"[a-z][a-z0-9_-]{0,29}")


@dataclass(frozen=True)
class Known:
    """The codes a kind of visit may name."""

    questionnaires: frozenset[str]
    scripts: frozenset[str]
    departments: frozenset[str]
    stores: frozenset[str]
    versions: frozenset[tuple[str, int]] = frozenset()  # of scripts


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
    for check in (_names, _window, _codes, _group, _invites, _split, talk_faults):
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
    yield from _opinion(content, segment)
    if trigger == Trigger.SEGMENT and segment.everyone:
        yield "tiers", message(_("Say which customers belong to the group."))
    if trigger == Trigger.DATE and not timing.on:
        yield "on", message(_("Say on which date."))
    yield from _schedule(content)


def _opinion(content: Content, segment: Segment) -> Faults:
    for name, bound in (("score_from", segment.score_from), ("score_to", segment.score_to)):
        if bound is not None and not LEAST_SCORE <= bound <= MOST_SCORE:
            yield name, message(_("An opinion lies between 1 and 5."))
    if segment.score_from and segment.score_to and segment.score_from > segment.score_to:
        yield "score_to", message(_("The upper opinion must not be below the lower one."))
    if content["open_cases"] and content["open_cases"] not in OPEN_CASES:
        yield "open_cases", message(_("Say with or without open cases, or leave it empty."))


def _schedule(content: Content) -> Faults:
    if content["trigger"] != Trigger.SCHEDULE:
        return
    if not content["every_count"] or content["every_unit"] not in UNITS:
        yield "every_count", message(_("Say every how many days or months."))
    elif content["days_by"] > longest_period(timing_of(content)):
        yield "days_by", message(_("The window must not be longer than the period."))


def _split(content: Content, known: Known) -> Faults:
    yield from split_faults(content, {version for code, version in known.versions if code == content["script"]})


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
