"""What makes a visit fall due and when (VIS-1..4, VIS-8): triggers are code kinds, their numbers are data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from huiyin.kernel.words import gettext_noop as _


class Trigger(StrEnum):
    """What a policy waits for."""

    PURCHASE = "purchase"
    COMPLAINT_SETTLED = "complaint_settled"
    PROBLEM_SETTLED = "problem_settled"
    AGREED_DATE = "agreed_date"
    SCHEDULE = "schedule"
    SEGMENT = "segment"
    DATE = "date"
    LIST = "list"
    DEMAND = "demand"
    BY_HAND = "by_hand"


TRIGGER_LABELS: dict[str, str] = {
    Trigger.PURCHASE: _("Days after a purchase"),
    Trigger.COMPLAINT_SETTLED: _("A complaint was closed"),
    Trigger.PROBLEM_SETTLED: _("A reported problem was handled"),
    Trigger.AGREED_DATE: _("A date agreed with the customer"),
    Trigger.SCHEDULE: _("A schedule, such as every quarter"),
    Trigger.SEGMENT: _("A customer comes to belong to a group"),
    Trigger.DATE: _("A date, such as a festival"),
    Trigger.LIST: _("A list that a store hands in"),
    Trigger.DEMAND: _("A demand form of a department or store"),
    Trigger.BY_HAND: _("Made by hand"),
}
CASE_TRIGGERS = frozenset({Trigger.COMPLAINT_SETTLED, Trigger.PROBLEM_SETTLED})
GROUP_TRIGGERS = frozenset({Trigger.SCHEDULE, Trigger.SEGMENT, Trigger.DATE})
OWED_TRIGGERS = CASE_TRIGGERS | {Trigger.AGREED_DATE, Trigger.DEMAND, Trigger.BY_HAND}


@dataclass(frozen=True)
class DueDays:
    """A window in days after a date: from, best day, and the last day, whole days in the company's zone."""

    earliest: int = 7
    best: int = 7
    latest: int = 15

    def window(self, start: date, zone: tzinfo) -> tuple[datetime, datetime]:
        """From the first moment of the earliest day to the last moment of the latest day (the next midnight)."""
        first = datetime.combine(start + timedelta(days=self.earliest), time(), zone)
        last = datetime.combine(start + timedelta(days=self.latest + 1), time(), zone)
        return first, last


def purchases_due(days: DueDays, today: date) -> tuple[date, date]:
    """Dates of purchase (first, last) whose visits may be made today: none too early, none past its last day."""
    return today - timedelta(days=days.latest), today - timedelta(days=days.earliest)


def triggered_by_case(kind: str) -> Trigger:
    """Which trigger a settled case of this kind pulls."""
    return Trigger.COMPLAINT_SETTLED if kind == "complaint" else Trigger.PROBLEM_SETTLED
