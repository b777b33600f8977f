"""The numbers in force, and whether somebody is there."""

from __future__ import annotations

from datetime import date, datetime

from huiyin.foundation.kept import kept
from huiyin.organisation.public import Department
from huiyin.web_chat.models import ChatRules
from huiyin.web_chat.rules.numbers import ChatNumbers
from huiyin.working_time.public import calendar_of, is_open, next_open


def numbers_on(day: date) -> ChatNumbers:
    """The newest version in effect, else the shipped numbers."""
    for since, numbers in _versions():
        if since <= day:
            return numbers
    return ChatNumbers()


@kept
def _versions() -> tuple[tuple[date, ChatNumbers], ...]:
    """Every version, the one that holds longest last."""
    rows = ChatRules.objects.order_by("-effective_from", "-version")
    return tuple((row.effective_from, ChatNumbers.of(row.data, row.version)) for row in rows)


def rules_rows() -> list[ChatRules]:
    """Every version's row."""
    return list(ChatRules.objects.all())


def opens_at(now: datetime) -> datetime | None:
    """When somebody is there again; None while somebody is."""
    calendar = calendar_of(numbers_on(now.date()).calendar)
    return None if is_open(calendar, now) else next_open(calendar, now)


def chat_department(now: datetime) -> Department | None:
    """The department whose people answer."""
    return Department.objects.filter(code=numbers_on(now.date()).department).first()


def departments() -> list[tuple[str, str]]:
    """Whose people might answer: code and name."""
    return list(Department.objects.order_by("name").values_list("code", "name"))
