"""Changes the numbers of gift checks: a change is a new version with a date and a reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.promotions.models import GiftRules
from huiyin.promotions.queries.rules import newest_rules, today_of
from huiyin.promotions.rules.numbers import numbers_from, numbers_to

OVERTAKEN = _("Somebody saved version %(version)s in the meantime; nothing was changed. Enter yours again.")


@action("promotions.change_rules", needs="promotions.change_rules")
def save_rules(
    act: Act,
    numbers: Mapping[str, Any],
    *,
    effective_from: date,
    reason: str,
    note: str = "",
    expected: int | None = None,
) -> GiftRules:
    """Saves the numbers as a new version from a day on; lists that were handed in keep theirs.

    ``expected`` is the version that was changed.

    Raises:
        Invalid: numbers contradict each other, the day has passed, or there is no reason; ``fields`` says which.
        Conflict: nothing differs, or somebody saved another version in the meantime.
    """
    today = today_of(act.now)
    last = newest_rules(today)
    content = numbers_to(numbers_from(numbers))
    _demand(reason, effective_from, today)
    if expected is not None and expected != last.version:
        raise Conflict(message(OVERTAKEN, version=last.version))
    if (content, note) == (numbers_to(last.gift_numbers), last.note):
        raise Conflict(message(_("Nothing differs from version %(version)s."), version=last.version))
    row = GiftRules(version=last.version + 1, effective_from=effective_from, numbers=content, note=note[:200])
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Conflict(message(OVERTAKEN, version=row.version)) from None
    act.record(row, reason=reason.strip()[:200], version=row.version, effective_from=effective_from.isoformat())
    return row


def _demand(reason: str, effective_from: date, today: date) -> None:
    if not reason.strip():
        why = message(_("Say why; it stands in the list of versions."))
        raise Invalid(why, {"reason": why})
    if effective_from < today:
        why = message(_("A version holds from today on at the earliest; what was done stays under its own."))
        raise Invalid(why, {"effective_from": why})
