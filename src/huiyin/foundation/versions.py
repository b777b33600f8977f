"""What a company decides is kept in versions: each holds from a day on, has a reason, and is never lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction

from huiyin.foundation.actions import Act
from huiyin.foundation.models import ActEntry
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.kernel.years import why_far

M = TypeVar("M", bound=models.Model)
OVERTAKEN = _("Somebody saved version %(version)s in the meantime; nothing was changed. Enter yours again.")
SAME = _("Nothing differs from version %(version)s.")


@dataclass(frozen=True)
class Version:
    """One version: its row, who made it when and why ("" for what was shipped), and whether it holds today."""

    row: Any
    by: str
    at: datetime | None
    reason: str
    holds: bool


@dataclass(frozen=True)
class Difference:
    """One value that differs: its name and both values in words ("" where there is none)."""

    label: str
    before: str
    after: str


def versions_of(rows: Iterable[models.Model], today: date) -> list[Version]:
    """The versions, newest first, with who made each and why."""
    every: list[Any] = sorted(rows, key=lambda row: -row.version)
    held = [row for row in every if row.effective_from <= today]
    holds = max(held, key=lambda row: (row.effective_from, row.version), default=None)
    told = _told(every)
    return [_version(row, told.get(row.pk), row is holds) for row in every]


def _version(row: Any, entry: ActEntry | None, holds: bool) -> Version:
    if entry is None:
        return Version(row, "", None, "", holds)
    return Version(row, entry.actor_name, entry.at, entry.reason, holds)


def _told(rows: list[Any]) -> dict[int, ActEntry]:
    if not rows:
        return {}
    about = ActEntry.objects.filter(subject=rows[0]._meta.label_lower, subject_id__in=[row.pk for row in rows])
    return {entry.subject_id: entry for entry in about.order_by("-pk")}


def two_of(asked: Mapping[str, str], versions: list[Version]) -> tuple[Any, Any]:
    """The two versions to compare, the older first: those asked for (``a``, ``b``), else the newest and the one before.

    There must be at least one version.
    """
    by_number = {str(version.row.version): version.row for version in versions}
    newer = by_number.get(asked.get("b", ""), versions[0].row)
    older = by_number.get(asked.get("a", ""), versions[min(1, len(versions) - 1)].row)
    return (older, newer) if older.version <= newer.version else (newer, older)


def new_version(
    act: Act,
    model: type[M],
    which: dict[str, Any],
    values: dict[str, Any],
    *,
    effective_from: date,
    reason: str,
    expected: int | None,
) -> M:
    """Writes the next version of what ``which`` names; ``expected`` is the version that was changed.

    Raises:
        Conflict: somebody saved another version in the meantime.
    """
    rows = model._default_manager.filter(**which)  # noqa: SLF001 - the plain way to a model's rows
    last = rows.order_by("-version").values_list("version", flat=True).first() or 0
    if expected is not None and expected != last:
        raise Conflict(message(OVERTAKEN, version=last))
    row = model(**{**which, **values, "version": last + 1, "effective_from": effective_from})
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Conflict(message(OVERTAKEN, version=last + 1)) from None
    act.record(row, reason=reason, version=last + 1, effective_from=effective_from.isoformat())
    return row


def demand_reason(reason: str) -> str:
    """The reason without blanks around it.

    Raises:
        Invalid: there is none.
    """
    if not reason.strip():
        why = message(_("Say why; it stands in the list of versions."))
        raise Invalid(why, {"reason": why})
    return reason.strip()[:200]


def demand_future(effective_from: date, today: date) -> None:
    """What has been done stays under its version.

    Raises:
        Invalid: the day has passed, or lies centuries away.
    """
    if far := why_far(effective_from):
        raise Invalid(far, {"effective_from": far})
    if effective_from < today:
        why = message(_("A version holds from today on at the earliest; what was done stays under its own."))
        raise Invalid(why, {"effective_from": why})
