"""A change of what the company decides is a new version with a date, a reason, and nothing lost."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from django.db import IntegrityError, transaction

from huiyin.foundation.actions import Act
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.visits.models import PlanRules, Script, VisitPolicy

M = TypeVar("M", VisitPolicy, PlanRules, Script)
OVERTAKEN = _("Somebody saved version %(version)s in the meantime; nothing was changed. Enter yours again.")


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
    last = model.objects.filter(**which).order_by("-version").values_list("version", flat=True).first() or 0
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
        Invalid: the day has passed.
    """
    if effective_from < today:
        why = message(_("A version holds from today on at the earliest; what was done stays under its own."))
        raise Invalid(why, {"effective_from": why})
