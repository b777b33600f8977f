"""Changes that macros and bulk actions are made of: each a verb with fixed values, possible in that verb's states.

Stored as ``{"do": "assign", "staff_id": 7, "reason": "…"}``.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from huiyin.cases.rules.kinds import CANCEL_WHYS, LEVELS
from huiyin.cases.rules.lifecycle import ASIDES, LIFECYCLE
from huiyin.cases.rules.needs import FOLLOWS_ONLY, NEEDS
from huiyin.cases.rules.states import ENDED, LIVE, WAITING_LABELS
from huiyin.kernel.marks import mark_of
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _

LONGEST = 5_000
REOPENED = _("Taken back, cancelled cases are opened again with new clocks; tasks that were dropped stay dropped.")


@dataclass(frozen=True)
class ChangeKind:
    """A change somebody may choose: its verb, name (message id), the fields it needs, and those it may have.

    ``gives_away``: the case may leave the actor's area, so it comes last. ``stays``: it cannot be taken back.
    ``lost`` says what does not come back when it is taken back (message id).
    """

    do: str
    label: str
    icon: str
    needed: tuple[str, ...]
    more: tuple[str, ...] = ()
    gives_away: bool = False
    stays: bool = False
    lost: str = ""

    @property
    def right(self) -> str:
        """The right that its verb needs."""
        return NEEDS[self.do]

    @property
    def sources(self) -> frozenset[str]:
        """The states in which its verb is possible."""
        beside = [step.sources for step in ASIDES if step.verb == self.do]
        moved = [move.sources for move in LIFECYCLE.moves if move.verb == self.do]
        return frozenset().union(*beside, *moved) or LIVE


KINDS_OF_CHANGE: dict[str, ChangeKind] = {
    kind.do: kind
    for kind in (
        ChangeKind("triage", _("Decide the level"), "gauge", ("level", "reason")),
        ChangeKind("wait", _("Set to waiting"), "circle-pause", ("waiting_for", "reason")),
        ChangeKind("note", _("Add a note"), "notebook-pen", ("text",)),
        ChangeKind("watch", _("Follow"), "eye", (), ("staff_id",)),
        ChangeKind("add_task", _("Add a task"), "list-checks", ("title",), ("person_id", "days")),
        ChangeKind("answer", _("Send a template to the customer"), "send", ("template",), stays=True),
        ChangeKind("assign", _("Assign"), "user-check", ("staff_id",), ("reason",), gives_away=True),
        ChangeKind("route", _("Pass to a department"), "arrow-right", ("department_id",), ("reason",), gives_away=True),
        ChangeKind("cancel", _("Cancel the case"), "circle-slash", ("why", "reason"), lost=REOPENED),
    )
}
FOLLOWERS_MAY = frozenset({"note", "watch"})
CHOICES: dict[str, Collection[str]] = {
    "level": LEVELS,
    "waiting_for": WAITING_LABELS,
    "why": frozenset(CANCEL_WHYS) - {"duplicate"},
}
WHOLE = frozenset({"staff_id", "person_id", "department_id", "days"})


@dataclass(frozen=True)
class Change:
    """One change with its values."""

    do: str
    values: Mapping[str, Any]

    @property
    def kind(self) -> ChangeKind:
        """What kind of change it is."""
        return KINDS_OF_CHANGE[self.do]

    def stored(self) -> dict[str, Any]:
        """As it is kept."""
        return {"do": self.do, **self.values}


def read_changes(data: Sequence[Mapping[str, Any]]) -> tuple[Change, ...]:
    """Stored or given changes, checked; those that give the case away come last.

    Raises:
        Invalid: an unknown change, or values that are missing or make no sense.
    """
    changes = [_read(each) for each in data]
    return tuple(sorted(changes, key=lambda change: change.kind.gives_away))


def _read(data: Mapping[str, Any]) -> Change:
    kind = KINDS_OF_CHANGE.get(str(data.get("do")))
    if kind is None:
        raise Invalid(message(_("There is no such change: %(name)s"), name=str(data.get("do"))[:40]))
    known = (*kind.needed, *kind.more)
    values = {name: _value(name, data[name]) for name in known if data.get(name) not in (None, "")}
    missing = [name for name in kind.needed if name not in values]
    if missing:
        raise Invalid(message(_("Something is missing.")), {name: message(_("Fill this in.")) for name in missing})
    return Change(kind.do, values)


def _value(name: str, given: Any) -> Any:
    if name in WHOLE:
        text = str(given)
        if not (text.isascii() and text.isdigit() and len(text) <= 18):  # noqa: PLR2004 - a key of the database
            raise Invalid(message(_("Something is wrong.")), {name: message(_("Choose one of the listed values."))})
        return int(text)
    text = str(given).strip()[:LONGEST]
    if name in CHOICES and text not in CHOICES[name]:
        raise Invalid(message(_("Something is wrong.")), {name: message(_("Choose one of the listed values."))})
    return text


def mark_of_changes(changes: Sequence[Mapping[str, Any]]) -> str:
    """A short mark of stored changes: who confirms it has seen these and no others."""
    return mark_of(json.dumps(list(changes), sort_keys=True))


NOT_NOW: dict[bool, str] = {
    True: _("Closed and cancelled cases are not changed so."),
    False: _("In the state “%(state)s” this is not possible."),
}
NO_RIGHT = _("You do not have the right to do this.")


def why_not(change: Change, *, state: str, label: str, in_area: bool, rights: Collection[str]) -> Message | None:
    """Why a case in this state is not changed so, as far as can be told without trying; None when it is."""
    if change.kind.right not in rights:
        return message(NO_RIGHT)
    if not in_area and change.do not in FOLLOWERS_MAY:
        return FOLLOWS_ONLY
    if state in change.kind.sources:
        return None
    return message(NOT_NOW[True]) if state in ENDED else message(NOT_NOW[False], state=label)


def why_none(changes: Sequence[Change], **facts: Any) -> Message | None:
    """The first reason why not all of the changes are possible: all or nothing."""
    found = (why_not(change, **facts) for change in changes)
    return next((why for why in found if why is not None), None)
