"""Writes many new customers at once, with contacts, places and outside numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.utils import timezone

from huiyin.customers.intake.drafts import AddressDraft, ContactDraft, CustomerDraft
from huiyin.customers.models import Address, Contact, Customer, ExternalNumber, MergeSuspect
from huiyin.customers.rules.matching import Likeness
from huiyin.customers.rules.names import sort_key
from huiyin.customers.rules.numbers import numbers_from, prefix_of
from huiyin.customers.rules.phones import phone_tail
from huiyin.foundation.actions import Act
from huiyin.foundation.copying import copy_rows, new_ids

CONTACT = ("customer_id", "name", "position", "phone", "phone_tail", "email", "wechat", "is_primary")
ADDRESS = ("customer_id", "country", "province", "city", "district", "line", "postcode", "plain", "is_primary")
SKIPPED = {"id", "number", "sort_key", "registered_at", "merged_into_id"}
DEFAULTS: dict[str, Any] = {
    field.attname: field.get_default() for field in Customer._meta.concrete_fields if field.attname not in SKIPPED
}


def create_customers(act: Act, drafts: Sequence[CustomerDraft], source: str) -> list[int]:
    """Makes a customer of each draft and returns their keys; numbers run in the order of the drafts."""
    if not drafts:
        return []
    ids = new_ids(Customer, len(drafts))
    free = iter(take_numbers(act, sum(1 for draft in drafts if not draft.number)))
    names = list(DEFAULTS)
    copy_rows(
        Customer,
        ["id", "number", "sort_key", "registered_at", *names],
        (
            [pk, draft.number or next(free), _sort_key(draft), act.now, *_values(draft, names)]
            for pk, draft in zip(ids, drafts, strict=True)
        ),
    )
    write_contacts([(pk, c, not n) for pk, d in zip(ids, drafts, strict=True) for n, c in enumerate(d.contacts)])
    write_addresses([(pk, a, not n) for pk, d in zip(ids, drafts, strict=True) for n, a in enumerate(d.addresses)])
    write_external(source, [(pk, number) for pk, draft in zip(ids, drafts, strict=True) for number in draft.external])
    return ids


def _sort_key(draft: CustomerDraft) -> str:
    return sort_key(draft.name, person=draft.values.get("kind") != "company")


def _values(draft: CustomerDraft, names: Sequence[str]) -> list[Any]:
    return [draft.values.get(name, DEFAULTS[name]) for name in names]


def take_numbers(act: Act, count: int) -> list[str]:
    """The next customer numbers of this month; concurrent takers wait for each other and never get the same one."""
    if not count:
        return []
    prefix = prefix_of(timezone.localtime(act.now, timezone.get_default_timezone()))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO customers_numberseries (prefix, last) VALUES (%s, %s)"
            " ON CONFLICT (prefix) DO UPDATE SET last = customers_numberseries.last + excluded.last RETURNING last",
            [prefix, count],
        )
        last = cursor.fetchone()[0]
    found = numbers_from(prefix, last, count)
    used = set(Customer.objects.filter(number__any_of=found).values_list("number", flat=True))
    kept = [number for number in found if number not in used]
    return kept + take_numbers(act, count - len(kept))


def write_contacts(rows: Sequence[tuple[int, ContactDraft, bool]]) -> None:
    """Writes (customer, contact, is primary)."""
    values = (
        (pk, c.name, c.position, c.phone, phone_tail(c.phone), c.email, c.wechat, primary) for pk, c, primary in rows
    )
    copy_rows(Contact, CONTACT, values)


def write_addresses(rows: Sequence[tuple[int, AddressDraft, bool]]) -> None:
    """Writes (customer, place, is primary)."""
    values = (
        (pk, a.country, a.province, a.city, a.district, a.line, a.postcode, a.plain, primary) for pk, a, primary in rows
    )
    copy_rows(Address, ADDRESS, values)


def write_external(source: str, rows: Sequence[tuple[int, str]]) -> None:
    """Writes (customer, number in the outside system); a number that is taken stays where it is."""
    ExternalNumber.objects.bulk_create(
        [ExternalNumber(customer_id=pk, source=source, number=number) for pk, number in rows],
        ignore_conflicts=True,
    )


def note_suspects(act: Act, pairs: Sequence[tuple[int, int, Likeness]]) -> None:
    """Puts pairs into the merge queue; a pair that is there already, or was decided, stays as it is."""
    MergeSuspect.objects.bulk_create(
        [
            MergeSuspect(first_id=min(a, b), second_id=max(a, b), reason=reason, found_at=act.now)
            for a, b, reason in pairs
        ],
        ignore_conflicts=True,
    )
