"""What a form must say before it is taken."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _

LONGEST_QUESTION = 200
FARTHEST = timedelta(days=366)
LONGEST_STRETCH = timedelta(days=366)
FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(2200, 1, 1)


@dataclass(frozen=True)
class Group:
    """Customers who bought something: every rule given must hold; both days included, amounts in yuan.

    The newest buyers first, at most ``most`` of them. ``product`` is a part of model, article or description.
    """

    bought_from: date
    bought_until: date
    product: str = ""
    tier: str = ""
    amount_from: Decimal | None = None
    most: int = 30


@dataclass(frozen=True)
class Wanted:
    """What a unit asks for: customers by key, or a group; questions or a goal; a day; ways; a kind of visit."""

    title: str
    wanted_by: date
    questions: tuple[str, ...] = ()
    goal: str = ""
    customers: tuple[int, ...] = ()
    group: Group | None = None
    ways: tuple[str, ...] = ()
    kind: str = ""


@dataclass(frozen=True)
class Bounds:
    """The most a form may ask for, and the ways and kinds of visit there are."""

    questions: int
    customers: int
    ways: Collection[str]
    kinds: Collection[str]


def faults_of(wanted: Wanted, bounds: Bounds, today: date) -> Mapping[str, Message]:
    """What is wrong with a form, by field; empty when it can be taken."""
    found = {
        "title": _title(wanted.title),
        "questions": _questions(wanted, bounds.questions),
        "wanted_by": _day(wanted.wanted_by, today),
        "ways": message(_("Choose among the ways there are.")) if set(wanted.ways) - set(bounds.ways) else None,
        "kind": message(_("There is no such kind of visit.")) if wanted.kind not in bounds.kinds else None,
        **_whom(wanted, bounds.customers),
    }
    return {name: why for name, why in found.items() if why}


def _title(title: str) -> Message | None:
    return None if title.strip() else message(_("Give it a name, so that others know what it is about."))


def _questions(wanted: Wanted, most: int) -> Message | None:
    if not wanted.questions and not wanted.goal.strip():
        return message(_("Write at least one question, or the goal in words."))
    if len(wanted.questions) > most:
        return message(_("At most %(most)d questions; a visit is short."), most=most)
    if any(len(each) > LONGEST_QUESTION for each in wanted.questions):
        return message(_("A question has at most %(most)d characters."), most=LONGEST_QUESTION)
    return None


def _day(day: date, today: date) -> Message | None:
    if today <= day <= today + FARTHEST:
        return None
    return message(_("The day lies between today and a year from now."))


def _whom(wanted: Wanted, most: int) -> dict[str, Message | None]:
    if wanted.group is not None:
        return {"group": _group(wanted.group, most)}
    count = len(set(wanted.customers))
    if not count:
        return {"customers": message(_("Choose at least one customer, or describe a group."))}
    return {"customers": message(_("At most %(most)d customers a form."), most=most) if count > most else None}


def _group(group: Group, most: int) -> Message | None:
    if not FIRST_DAY <= group.bought_from <= LAST_DAY:
        return message(_("This day is out of reach."))
    if group.bought_until < group.bought_from:
        return message(_("The last day comes before the first."))
    if group.bought_until - group.bought_from > LONGEST_STRETCH:
        return message(_("The days of purchase span a year at most."))
    if not 1 <= group.most <= most:
        return message(_("A group has between 1 and %(most)d customers."), most=most)
    return None


def plain_questions(texts: Sequence[str]) -> tuple[str, ...]:
    """The questions that were filled in, each once, in order."""
    return tuple(dict.fromkeys(text.strip() for text in texts if text.strip()))
