"""Changes the contact rules: a change is a new version with a date, a reason, and nothing lost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from huiyin.contact_ledger.models import ContactRules
from huiyin.contact_ledger.queries.rule_versions import hours_of_week, newest_rules
from huiyin.contact_ledger.rules.numbers import numbers_to, read_numbers
from huiyin.contact_ledger.rules.rule_faults import rule_faults
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.working_time.public import calendar_of

CHANGE = "contacts.change"
OVERTAKEN = _("Somebody saved version %(version)s in the meantime; nothing was changed. Enter yours again.")


@action("contacts.change_rules", needs=CHANGE)
def save_rules(
    act: Act,
    numbers: Mapping[str, Any],
    *,
    note: str = "",
    effective_from: date,
    reason: str,
    expected: int | None = None,
) -> ContactRules:
    """Saves the numbers (as :func:`numbers_to` writes them) as a new version from a day on.

    ``expected`` is the version that was changed.

    Raises:
        Invalid: numbers contradict each other, the day has passed, or there is no reason; ``fields`` says which.
        Conflict: nothing differs, or somebody saved another version in the meantime.
    """
    today = act.now.date()
    last = newest_rules(today)
    today = act.now.astimezone(calendar_of(last.calendar).zone).date()
    _demand(reason, effective_from, today)
    content = _checked(numbers, last.calendar, effective_from)
    if expected is not None and expected != last.version:
        raise Conflict(message(OVERTAKEN, version=last.version))
    if (content, note) == (numbers_to(last.contact_numbers), last.note):
        raise Conflict(message(_("Nothing differs from version %(version)s."), version=last.version))
    row = ContactRules(
        version=last.version + 1,
        effective_from=effective_from,
        calendar=last.calendar,
        numbers=content,
        note=note[:200],
    )
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


def _checked(numbers: Mapping[str, Any], calendar: str, day: date) -> dict[str, Any]:
    read = read_numbers(numbers)
    faults = rule_faults(read, hours_of_week(calendar, day))
    if faults:
        raise Invalid(message(_("Nothing was saved. Please look at the marked fields.")), faults)
    return numbers_to(read)
