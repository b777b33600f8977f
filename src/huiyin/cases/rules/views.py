"""Saved views of the list of cases: whose they are, their order and columns, and those that ship (CAS-15)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from huiyin.kernel.actor import Actor, Scope
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _

Key = tuple[str, ...]


class Audience(StrEnum):
    """For whom a view is."""

    OWN = "own"
    TEAM = "team"
    ALL = "all"


AUDIENCES: dict[str, str] = {
    Audience.OWN: _("Only for me"),
    Audience.TEAM: _("For a department"),
    Audience.ALL: _("For everybody"),
}
NEEDS_TO_SHARE: dict[str, str] = {Audience.TEAM: "cases.views_team", Audience.ALL: "cases.views_all"}
QUEUE: Key = ("level_rank", "due_at", "id")
NEWEST: Key = ("-received_at", "-id")
UNANSWERED: Key = ("unanswered_since", "id")
ORDERS: dict[str, tuple[str, Key]] = {
    "queue": (_("By level, then deadline"), QUEUE),
    "due": (_("By deadline"), ("due_at", "id")),
    "newest": (_("Newest first"), NEWEST),
    "oldest": (_("Oldest first"), ("received_at", "id")),
    "unanswered": (_("Longest without an answer first (only those)"), UNANSWERED),
}
COLUMNS: dict[str, str] = {
    "customer": _("Customer"),
    "level": _("Level"),
    "state": _("State"),
    "owner": _("Owner"),
    "due": _("Deadline"),
    "kind": _("Kind"),
    "topic": _("Topic"),
    "problem_type": _("Problem type"),
    "channel": _("Channel"),
    "department": _("Department"),
    "store": _("Store"),
    "product": _("Product"),
    "emotion": _("Emotion"),
    "waiting_for": _("Waiting for"),
    "received": _("Received at"),
    "unanswered": _("Without an answer since"),
}
USUAL_COLUMNS = ("customer", "level", "state", "owner", "due")
LONGEST_NAME = 60


@dataclass(frozen=True)
class View:
    """A view as it is kept; ``pk`` 0 has not been saved. ``ended_too``: closed and cancelled cases as well."""

    pk: int = 0
    code: str = ""
    name: str = ""
    name_en: str = ""
    audience: str = Audience.OWN
    owner_id: int | None = None
    department_id: int | None = None
    condition: Any = None
    order: str = "queue"
    columns: tuple[str, ...] = USUAL_COLUMNS
    ended_too: bool = False
    version: int = 0

    @property
    def key(self) -> str:
        """How addresses call the view."""
        return self.code or str(self.pk)

    @property
    def keys(self) -> Key:
        """The key its rows are ordered by."""
        return ORDERS.get(self.order, ORDERS["queue"])[1]


def may_change(view: View, actor: Actor) -> bool:
    """Whether the actor may change or remove the view: own ones, and shared ones with the right for it."""
    if view.audience == Audience.OWN:
        return view.owner_id == actor.staff_id
    if not actor.may(NEEDS_TO_SHARE[view.audience]):
        return False
    return view.audience == Audience.ALL or actor.scope is Scope.ALL or view.department_id in actor.department_ids


def audiences_of(actor: Actor) -> dict[str, str]:
    """For whom the actor may make views."""
    return {code: label for code, label in AUDIENCES.items() if actor.may(NEEDS_TO_SHARE.get(code, "cases.see"))}


def view_faults(view: View) -> dict[str, Message]:
    """What is wrong with a view beside its condition, by field."""
    found: dict[str, Message] = {}
    if not view.name.strip() or len(view.name) > LONGEST_NAME or len(view.name_en) > LONGEST_NAME:
        found["name"] = message(_("Give the view a name of at most %(most)s letters."), most=LONGEST_NAME)
    if view.audience not in AUDIENCES:
        found["audience"] = message(_("Choose one of the listed values."))
    if view.audience == Audience.TEAM and view.department_id is None:
        found["department_id"] = message(_("Choose a department."))
    if view.order not in ORDERS:
        found["order"] = message(_("Choose one of the listed values."))
    if not view.columns or set(view.columns) - set(COLUMNS) or len(set(view.columns)) < len(view.columns):
        found["columns"] = message(_("Choose at least one column."))
    return found


def check_view(view: View) -> None:
    """Refuses a view that makes no sense.

    Raises:
        Invalid: ``fields`` says what.
    """
    found = view_faults(view)
    if found:
        raise Invalid(next(iter(found.values())), found)


def _row(field: str, comparison: str, *value: Any) -> dict[str, Any]:
    return {"field": field, "is": comparison} | ({"value": list(value)} if value else {})


SHIPPED_VIEWS: tuple[Mapping[str, Any], ...] = (
    {
        "code": "inbox",
        "name": "待回复",
        "name_en": "To answer",
        "condition": {"all": [_row("unanswered_since", "filled")]},
        "order": "unanswered",
        "columns": ["customer", "channel", "level", "owner", "unanswered", "due"],
    },
    {"code": "mine", "name": "我的工单", "name_en": "My cases", "condition": {"all": [_row("owner", "in", "me")]}},
    {
        "code": "unassigned",
        "name": "本部门未分派",
        "name_en": "Unassigned in my department",
        "condition": {"all": [_row("owner", "in", "nobody"), _row("department", "in", "mine")]},
        "columns": ["customer", "level", "state", "department", "due"],
    },
    {
        "code": "department",
        "name": "本部门",
        "name_en": "My department",
        "condition": {"all": [_row("department", "in", "mine")]},
    },
    {
        "code": "today",
        "name": "今天到期",
        "name_en": "Due today",
        "condition": {"all": [_row("due_at", "today")]},
        "order": "due",
    },
    {
        "code": "late",
        "name": "已超时",
        "name_en": "Late",
        "condition": {"all": [_row("due_at", "past")]},
        "order": "due",
    },
    {
        "code": "waiting",
        "name": "等待客户",
        "name_en": "Waiting for the customer",
        "condition": {"all": [_row("state", "in", "waiting"), _row("waiting_for", "in", "customer")]},
        "order": "due",
    },
    {
        "code": "senior",
        "name": "愤怒或重复投诉",
        "name_en": "Angry or repeated",
        "condition": {"any": [_row("emotion", "in", "angry"), _row("repeated", "yes")]},
    },
    {
        "code": "urgent",
        "name": "紧急",
        "name_en": "Urgent",
        "condition": {"all": [_row("level", "in", "urgent")]},
    },
    {"code": "all", "name": "全部", "name_en": "All", "condition": {}, "order": "newest", "ended_too": True},
)
"""Views for everybody, data once installed, to be changed by the company."""
