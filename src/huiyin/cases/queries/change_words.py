"""Changes in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from huiyin.cases.models import AnswerTemplate
from huiyin.cases.rules.changes import Change
from huiyin.cases.rules.kinds import CANCEL_WHYS, LEVELS
from huiyin.cases.rules.states import WAITING_LABELS
from huiyin.foundation.forms import say
from huiyin.kernel.words import Message, message
from huiyin.organisation.public import Department, Staff

CODES = {"level": LEVELS, "waiting_for": WAITING_LABELS, "why": CANCEL_WHYS}


@dataclass(frozen=True)
class ChangeWords:
    """A change as people read it: its name, and its values one after the other."""

    do: str
    label: str
    icon: str
    values: tuple[str, ...]


def in_words(changes: Sequence[Change]) -> list[ChangeWords]:
    """The changes in the reader's language, with the names of people and departments (two statements at most)."""
    people = {each.values[name] for each in changes for name in ("staff_id", "person_id") if name in each.values}
    places = {each.values["department_id"] for each in changes if "department_id" in each.values}
    names: dict[tuple[str, Any], str] = {}
    if people:
        names |= {("person", pk): name for pk, name in Staff.objects.filter(pk__in=people).values_list("pk", "name")}
    if places:
        found = Department.objects.filter(pk__in=places)
        names |= {("place", pk): name for pk, name in found.values_list("pk", "name")}
    codes = [each.values["template"] for each in changes if "template" in each.values]
    if codes:
        rows = AnswerTemplate.objects.filter(code__in=codes).order_by("version").values_list("code", "name")
        names |= {("template", code): name for code, name in rows}
    return [
        ChangeWords(
            each.do, gettext(each.kind.label), each.kind.icon, tuple(_value(*one, names) for one in each.values.items())
        )
        for each in changes
    ]


def _value(name: str, value: Any, names: dict[tuple[str, Any], str]) -> str:
    if name in CODES:
        return gettext(CODES[name][value])
    if name in ("staff_id", "person_id"):
        return names.get(("person", value), "–")
    if name == "template":
        return names.get(("template", value), "–")
    if name == "department_id":
        return names.get(("place", value), "–")
    return gettext("in %(days)d days") % {"days": value} if name == "days" else str(value)


def reason_said(why: Message) -> str:
    """A reason in the reader's language, its words too."""
    params = {name: gettext(value) if isinstance(value, str) and value else value for name, value in why.params.items()}
    return say(message(why.text, **params))
