"""Flags answers that came from staff numbers or again from the same phone (QST-5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from huiyin.customers.public import Contact, normal_phone
from huiyin.foundation.actions import Act, action
from huiyin.organisation.public import Staff
from huiyin.questionnaires.models import Asking
from huiyin.questionnaires.rules.flags import SAME_DEVICE, Before, flags_of_phones
from huiyin.questionnaires.rules.words import AskingState

AT_ONCE = 500
LOOK_BACK = timedelta(days=30)
"""Answers that were complete before the check existed are left alone after this time."""


@action("questionnaires.check_answers")
def check_answers(act: Act) -> int:
    """Checks up to 500 complete askings that were not checked yet; returns how many. Safe to run twice at once."""
    rows = Asking.objects.filter(state=AskingState.COMPLETE, checked_at=None, completed_at__gte=act.now - LOOK_BACK)
    rows = rows.select_related("questionnaire").select_for_update(of=("self",), skip_locked=True)
    askings = list(rows.order_by("completed_at", "pk")[:AT_ONCE])
    if askings:
        phones = _phones({one.customer_id for one in askings if one.customer_id})
        staff, before, devices = staff_phones(), _before(askings, phones), _same_devices(askings)
        for asking in askings:
            _check(act, asking, phones[asking.customer_id or 0], staff, before[asking.questionnaire.code])
            _check_device(asking, devices[asking.questionnaire.code, asking.device])
    return len(askings)


def _check(
    act: Act, asking: Asking, phones: frozenset[str], staff: dict[str, int], before: list[tuple[int, Before]]
) -> None:
    at, days = asking.completed_at or act.now, asking.questionnaire.repeat_days
    others = [one for key, one in before if key != asking.pk]
    found = flags_of_phones(phones, asking.agent_id, staff, at, others, days)
    asking.flags, asking.checked_at = sorted({*asking.flags, *found}), act.now


def _check_device(asking: Asking, others: list[tuple[int, datetime]]) -> None:
    """Flags an answer whose device answered the same questionnaire shortly before, and saves it."""
    at, within = asking.completed_at, timedelta(days=asking.questionnaire.repeat_days)
    again = at is not None and any(key != asking.pk and at - within <= before <= at for key, before in others)
    asking.flags = sorted({*asking.flags, *([SAME_DEVICE] if again else [])})
    asking.save(update_fields=["flags", "checked_at"])


def _same_devices(askings: Iterable[Asking]) -> defaultdict[tuple[str, str], list[tuple[int, datetime]]]:
    """What the devices of these askings have answered, by questionnaire and device."""
    devices = {one.device for one in askings if one.device}
    rows = Asking.objects.filter(device__in=devices, state=AskingState.COMPLETE).exclude(device="")
    found: defaultdict[tuple[str, str], list[tuple[int, datetime]]] = defaultdict(list)
    for key, code, device, at in rows.values_list("pk", "questionnaire__code", "device", "completed_at"):
        if at is not None:
            found[code, device].append((key, at))
    return found


def staff_phones() -> dict[str, int]:
    """The phone numbers of staff in one spelling, with their ids."""
    rows = Staff.objects.exclude(phone="").values_list("phone", "pk")
    return {normal_phone(phone): key for phone, key in rows}


def _phones(customers: Collection[int]) -> defaultdict[int, frozenset[str]]:
    found: defaultdict[int, frozenset[str]] = defaultdict(frozenset)
    rows = Contact.objects.filter(customer_id__in=customers).exclude(phone="")
    for customer, phone in rows.values_list("customer_id", "phone"):
        found[customer] |= {normal_phone(phone)}
    return found


def _before(
    askings: Iterable[Asking], phones: defaultdict[int, frozenset[str]]
) -> defaultdict[str, list[tuple[int, Before]]]:
    """Complete askings of everybody who shares a phone with these, by questionnaire."""
    numbers = frozenset().union(*phones.values())
    sharing = Contact.objects.filter(phone__in=numbers).values_list("customer_id", flat=True)
    known = _phones(set(sharing))
    days = max(one.questionnaire.repeat_days for one in askings)
    since = min(one.completed_at for one in askings if one.completed_at) - timedelta(days=days)
    rows = Asking.objects.filter(customer_id__in=known, state=AskingState.COMPLETE, completed_at__gte=since)
    found: defaultdict[str, list[tuple[int, Before]]] = defaultdict(list)
    for key, code, customer, at in rows.values_list("pk", "questionnaire__code", "customer_id", "completed_at"):
        if at is not None and customer is not None:
            found[code].append((key, Before(at, known[customer])))
    return found
