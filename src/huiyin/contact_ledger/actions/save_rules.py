"""Changes the contact rules: a change is a new version with a date, a reason, and nothing lost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from huiyin.contact_ledger.models import ContactRules
from huiyin.contact_ledger.queries.rule_versions import hours_of_week, newest_rules, rules_content
from huiyin.contact_ledger.rules.numbers import numbers_to, read_numbers
from huiyin.contact_ledger.rules.rule_faults import rule_faults
from huiyin.foundation.actions import Act, action
from huiyin.foundation.versions import SAME, demand_future, demand_reason, new_version
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.working_time.public import calendar_of

CHANGE = "contacts.change"
PARTS = frozenset({"calendar", "numbers", "note"})
NAMES = frozenset({"gap_days", "monthly_cap", "refusal_days", "claim_minutes", "awake", "windows", "working"})


@action("contacts.change_rules", needs=CHANGE)
def save_rules(
    act: Act, data: Mapping[str, Any], *, effective_from: date, reason: str, expected: int | None = None
) -> ContactRules:
    """Saves ``calendar``, ``numbers`` and ``note`` as a new version from a day on.

    ``expected`` is the version that was changed.

    Raises:
        Invalid: numbers contradict each other, the day has passed, or there is no reason; ``fields`` says which.
        NotFound: there is no such calendar.
        Conflict: nothing differs, or somebody saved another version in the meantime.
    """
    why = demand_reason(reason)
    last = newest_rules(act.now.date())
    demand_future(effective_from, act.now.astimezone(calendar_of(last.calendar).zone).date())
    content = checked_rules(data, effective_from)
    return write_rules(act, content, effective_from=effective_from, reason=why, expected=expected)


def checked_rules(data: Mapping[str, Any], day: date) -> dict[str, Any]:
    """The rules complete and in one form, by a calendar there is; ``day`` decides its working hours.

    Raises:
        Invalid: they cannot be read or contradict each other.
        NotFound: there is no such calendar.
    """
    numbers, note = data.get("numbers") or {}, data.get("note") or ""
    if not isinstance(numbers, dict) or not isinstance(note, str):
        raise Invalid(message(_("These contact rules cannot be read: %(what)s"), what="numbers, note"))
    for name in sorted([*(set(data) - PARTS), *(set(numbers) - NAMES)], key=str):
        raise Invalid(message(_("Nothing is called %(name)s here."), name=str(name)[:60]))
    calendar = str(data.get("calendar") or "standard")
    read = read_numbers(numbers)
    faults = rule_faults(read, hours_of_week(calendar, day))
    if faults:
        raise Invalid(message(_("Nothing was saved. Please look at the marked fields.")), faults)
    return {"calendar": calendar, "numbers": numbers_to(read), "note": note.strip()[:200]}


def write_rules(
    act: Act, content: dict[str, Any], *, effective_from: date, reason: str, expected: int | None = None
) -> ContactRules:
    """Writes checked rules as the next version.

    Raises:
        Conflict: nothing differs, or somebody saved another version in the meantime.
    """
    last = ContactRules.objects.order_by("-version").first()
    if last and rules_content(last) == content and expected in (None, last.version):
        raise Conflict(message(SAME, version=last.version))
    return new_version(act, ContactRules, {}, content, effective_from=effective_from, reason=reason, expected=expected)
