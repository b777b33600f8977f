"""Cases and the promises about them as records."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.cases.public import STATE_LABELS, Case
from huiyin.insights.records.names import address
from huiyin.insights.records.record import Records, Row
from huiyin.promises.public import Promise, promise_kinds


def case_records(rows: QuerySet[Case], hit: Callable[[Case], bool] | None = None) -> Records:
    """Cases, newest first."""
    found = rows.select_related("owner", "store")
    return Records(found, ("-received_at", "-id"), lambda page: _cases(page, hit), gettext_lazy("State"))


def _cases(page: Sequence[Case], hit: Callable[[Case], bool] | None) -> list[Row]:
    return [
        Row(
            at=one.received_at,
            title=f"{one.number} {one.title}",
            who=one.owner.name if one.owner else "",
            where=one.store.name if one.store else "",
            value=_(STATE_LABELS[one.state]),
            hit=hit(one) if hit else None,
            href=address("case", one.pk),
        )
        for one in page
    ]


def promise_records(rows: QuerySet[Promise], value: Callable[[Promise], str], label: object = "") -> Records:
    """Promises by their due moment; a hit is one that was kept in time."""
    found = rows.select_related("owner", "store")
    return Records(found, ("-due_at", "-id"), lambda page: _promises(page, value), label or gettext_lazy("Promise"))


def _promises(page: Sequence[Promise], value: Callable[[Promise], str]) -> list[Row]:
    kinds = promise_kinds()
    return [
        Row(
            at=one.due_at,
            title=one.title,
            who=one.owner.name if one.owner else "",
            where=one.store.name if one.store else "",
            value=value(one),
            hit=kept_in_time(one),
            href=address(kinds[one.kind].page, one.subject_id) if one.kind in kinds else "",
        )
        for one in page
    ]


def kept_in_time(promise: Promise) -> bool:
    """Whether a promise was kept and never late."""
    return promise.state == "kept" and promise.broken_at is None
