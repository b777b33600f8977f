"""The values of a policy in their plain form, as forms, files and the API bring them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from huiyin.cases.rules.own_stages import PREFIX
from huiyin.cases.rules.sla import Clock, read_clock, written_clock
from huiyin.cases.rules.sla_list import POLICY_FIELDS
from huiyin.cases.rules.states import WAITING_LABELS
from huiyin.kernel.conditions import plain, read_condition, with_choices
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _

CODE = re.compile(r"[a-z][a-z0-9_-]{0,29}")
RESERVED = frozenset({"new", "files", "work"})
"""Words of addresses, which no policy is called by."""
MOST_CLOCKS = 200
LONGEST_NAME = 120
NAMES = ("code", "name", "calendar", "filter", "clocks", "pauses", "follows_calendar", "moves_running")
REFUSED = _("Nothing was saved. Please look at the marked fields.")


def read_content(
    data: Mapping[str, Any], *, calendars: Collection[str], departments: Collection[str], stages: Collection[str]
) -> dict[str, Any]:
    """The values checked, in the order and form in which they are stored.

    Raises:
        Invalid: something is missing, unknown or contradicts itself; ``fields`` says what.
    """
    wrong: dict[str, Message] = {
        str(name)[:60]: message(_("Nothing is called %(name)s here."), name=str(name)[:60])
        for name in data
        if name not in NAMES
    }
    content: dict[str, Any] = {
        "code": str(data.get("code", "")),
        "name": str(data.get("name", "")).strip(),
        "calendar": str(data.get("calendar", "standard")),
        "follows_calendar": bool(data.get("follows_calendar", False)),
        "moves_running": bool(data.get("moves_running", False)),
    }
    wrong |= _faults(content, calendars)
    for name, read in (("filter", lambda given: _filter(given, stages)), ("pauses", _pauses)):
        try:
            content[name] = read(data.get(name))
        except Invalid as refusal:
            wrong[name] = next(iter(refusal.fields.values()), refusal.why)
    try:
        content["clocks"] = [written_clock(clock) for clock in _clocks(data.get("clocks"), departments, stages)]
    except Invalid as refusal:
        wrong["clocks"] = refusal.why
    if wrong:
        raise Invalid(message(REFUSED), wrong)
    return {name: content[name] for name in NAMES}


def _faults(content: Mapping[str, Any], calendars: Collection[str]) -> dict[str, Message]:
    wrong: dict[str, Message] = {}
    if not CODE.fullmatch(content["code"]) or content["code"] in RESERVED:
        wrong["code"] = message(_("A code has up to 30 small letters, digits, - and _, and begins with a letter."))
    if not content["name"] or len(content["name"]) > LONGEST_NAME:
        wrong["name"] = message(_("Give it a name of up to 120 characters."))
    if content["calendar"] not in calendars:
        wrong["calendar"] = message(_("There is no such calendar."))
    return wrong


def _filter(data: object, stages: Collection[str]) -> dict[str, Any]:
    fields = with_choices(POLICY_FIELDS, {"own_stage": {code: code for code in stages}})
    return plain(read_condition(data or {}, fields))


def _pauses(data: object) -> list[str]:
    found = sorted(set(map(str, data))) if isinstance(data, (list, tuple, set, frozenset)) else []
    if data and (not found or not set(found) <= set(WAITING_LABELS)):
        raise Invalid(message(_("Clocks stand still for the customer, a part or a third party only.")))
    return found


def _clocks(data: object, departments: Collection[str], stages: Collection[str]) -> list[Clock]:
    if not isinstance(data, (list, tuple)) or not data:
        raise Invalid(message(_("A policy needs at least one clock.")))
    if len(data) > MOST_CLOCKS:
        raise Invalid(message(_("A policy has at most %(most)s clocks."), most=MOST_CLOCKS))
    clocks = [read_clock(each) for each in data]
    seen: set[tuple[str, ...]] = set()
    for clock in clocks:
        key = (clock.level, clock.start, clock.goal, clock.department)
        if key in seen:
            text = _("Two clocks have the same level, beginning and goal: %(clock)s")
            raise Invalid(message(text, clock=" · ".join(part for part in key if part)))
        seen.add(key)
        if clock.department and clock.department not in departments:
            raise Invalid(message(_("There is no department %(code)s."), code=clock.department[:30]))
        _check_stages(clock, stages)
    return clocks


def _check_stages(clock: Clock, stages: Collection[str]) -> None:
    texts = {
        clock.start: _("There is no stage %(code)s in use. Choose another beginning, or make the stage first."),
        clock.goal: _("There is no stage %(code)s in use. Choose another goal, or make the stage first."),
    }
    for named, text in texts.items():
        if named.startswith(PREFIX) and named.removeprefix(PREFIX) not in stages:
            raise Invalid(message(text, code=named.removeprefix(PREFIX)[:30]))
    if clock.start == clock.goal:
        text = _("A clock cannot end with the stage it begins with: %(code)s")
        raise Invalid(message(text, code=clock.goal.removeprefix(PREFIX)[:30]))
