"""What a device reports, as it must look, and what follows from it."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.years import why_far

COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
}
NAME = re.compile(r"[A-Za-z0-9_.-]{1,60}")
LINE = re.compile(r"\s*([A-Za-z0-9_.-]{1,60})\s*(>=|<=|>|<|=)\s*(\S{1,40})\s*(urgent|important|general)?\s*(.{0,200})")
MOST_READINGS = 100
CLOCKS_DIFFER = timedelta(minutes=10)


@dataclass(frozen=True)
class Rule:
    """When a reading compares so, a case of this level is opened; ``words`` say what that means."""

    reading: str
    compare: str
    value: float | str
    level: str
    words: str

    def holds(self, readings: Mapping[str, Any]) -> bool:
        """Whether it holds; a reading that is missing, or of another kind than the value, fulfils nothing."""
        found = readings.get(self.reading)
        if found is None or isinstance(found, bool) or isinstance(found, str) != isinstance(self.value, str):
            return False
        return COMPARE[self.compare](found, self.value)


@dataclass(frozen=True)
class Report:
    """One report: ``event_id`` is the same when it comes again, ``at`` when the device took its readings."""

    event_id: str
    serial: str
    at: datetime
    readings: dict[str, Any]
    text: str = ""


def read_rules(text: str) -> list[Rule]:
    """Rules, one a line: ``temperature > 80 urgent The compressor runs hot``.

    Raises:
        Invalid: a line that cannot be read.
    """
    rules = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        found = LINE.fullmatch(line)
        if found is None:
            why = message(
                _("Line %(number)s: write reading, comparison, value, level, words: temperature > 80 urgent Too hot"),
                number=number,
            )
            raise Invalid(why, {"rules": why})
        reading, compare, value, level, words = found.groups()
        rules.append(Rule(reading, compare, _value(value), level or "important", words.strip()))
    return rules


def write_rules(rules: Sequence[Rule]) -> str:
    """The rules as they are typed."""
    return "\n".join(
        f"{one.reading} {one.compare} {_typed(one.value)} {one.level} {one.words}".rstrip() for one in rules
    )


def _typed(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:.15g}"


def first_that_holds(rules: Sequence[Rule], readings: Mapping[str, Any]) -> Rule | None:
    """The first rule whose reading compares so."""
    return next((rule for rule in rules if rule.holds(readings)), None)


def read_report(body: Any, now: datetime) -> Report:
    """A report from its JSON object.

    Raises:
        Invalid: ``fields`` says what is wrong with each field, all of them at once.
    """
    if not isinstance(body, dict):
        raise Invalid(message(_("One JSON object is expected.")), {"": message(_("One JSON object is expected."))})
    wrong: dict[str, Message] = {}
    event_id, serial = _text(body, "event_id", 80, wrong), _text(body, "serial", 80, wrong)
    at, readings = _moment(body.get("at"), now, wrong), _readings(body.get("readings"), wrong)
    text = body.get("text", "")
    if not isinstance(text, str) or len(text) > 2_000:  # noqa: PLR2004 - a note, not a document
        wrong["text"] = message(_("A text of at most %(most)s characters is expected."), most=2_000)
    if wrong:
        raise Invalid(message(_("The report was not kept; every field that is wrong is named.")), wrong)
    return Report(event_id, serial, at or now, readings, text)


def _text(body: Mapping[str, Any], name: str, most: int, wrong: dict[str, Message]) -> str:
    value = body.get(name)
    if isinstance(value, str) and 0 < len(value.strip()) <= most and "\x00" not in value:
        return value.strip()
    wrong[name] = message(_("A text of 1 to %(most)s characters is expected."), most=most)
    return ""


def _moment(value: Any, now: datetime, wrong: dict[str, Message]) -> datetime | None:
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        wrong["at"] = message(_("A moment with its zone is expected, as 2026-09-28T09:00:00+08:00."))
    elif at > now + CLOCKS_DIFFER:
        wrong["at"] = message(_("This moment lies in the future."))
    elif why := why_far(at):
        wrong["at"] = why
    return at


def _readings(value: Any, wrong: dict[str, Message]) -> dict[str, Any]:
    fits = isinstance(value, dict) and len(value) <= MOST_READINGS
    if fits and all(NAME.fullmatch(str(name)) and _plain(one) for name, one in value.items()):
        return dict(value)
    wrong["readings"] = message(_("An object of names with numbers or short texts is expected."))
    return {}


def _plain(value: Any) -> bool:
    if isinstance(value, str):
        return len(value) <= 200 and "\x00" not in value  # noqa: PLR2004 - a state, not a document
    return isinstance(value, (int, float)) and abs(value) < 1e15  # noqa: PLR2004 - and neither NaN nor endless


def _value(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text
