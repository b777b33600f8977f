"""Visits and dials as records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.insights.records.names import address
from huiyin.insights.records.record import Records, Row
from huiyin.visits.public import Attempt, Visit

DONE = "done"
CONNECTED = "connected"


def visit_records(rows: QuerySet[Visit], moment: str) -> Records:
    """Visits by a moment or day of theirs (``ended_at``, ``planned_on``); a hit is one that is done."""
    found = rows.select_related("policy", "agent", "store")
    return Records(found, (f"-{moment}", "-id"), lambda page: _visits(page, moment), gettext_lazy("State"))


def _visits(page: Sequence[Visit], moment: str) -> list[Row]:
    return [
        Row(
            at=_moment(getattr(one, moment)),
            title=_("%(kind)s %(number)s") % {"kind": one.policy.name, "number": one.pk},
            who=one.agent.name if one.agent else "",
            where=one.store.name if one.store else "",
            value=_(one.state_label),
            hit=one.state == DONE,
            href=address("visit", one.pk),
        )
        for one in page
    ]


def _moment(at: date | datetime) -> datetime:
    """A day stands for its beginning on the company's clock."""
    if isinstance(at, datetime):
        return at
    return datetime.combine(at, time(), timezone.get_default_timezone())


def attempt_records(rows: QuerySet[Attempt]) -> Records:
    """Dials; a hit is one that was connected."""
    found = rows.select_related("by", "visit__store", "visit__policy")
    return Records(found, ("-at", "-id"), _attempts, gettext_lazy("Result"))


def _attempts(page: Sequence[Attempt]) -> list[Row]:
    return [
        Row(
            at=one.at,
            title=_("%(kind)s %(number)s") % {"kind": one.visit.policy.name, "number": one.visit_id},
            who=one.by.name if one.by else "",
            where=one.visit.store.name if one.visit.store else "",
            value=_(one.get_line_display()),
            hit=one.line == CONNECTED,
            href=address("visit", one.visit_id),
        )
        for one in page
    ]
