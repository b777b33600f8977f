"""The merge queue: pairs that may be one customer, side by side."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from huiyin.customers.models import Customer, MergeSuspect, SuspectState
from huiyin.customers.queries.file import (
    ListedCustomer,
    ShownAddress,
    ShownContact,
    addresses_of,
    contacts_of,
    for_list,
    listed,
)
from huiyin.kernel.actor import Actor


@dataclass(frozen=True)
class Side:
    """One of the two files."""

    customer: ListedCustomer
    contacts: list[ShownContact]
    addresses: list[ShownAddress]
    purchases: int


@dataclass(frozen=True)
class Pair:
    """Two files to compare."""

    suspect: MergeSuspect
    sides: tuple[Side, Side]


def open_pairs(actor: Actor) -> QuerySet[MergeSuspect]:
    """Undecided pairs both of whom the actor sees, oldest first."""
    return _seen(actor).filter(state=SuspectState.OPEN)


def merged_pairs(actor: Actor) -> QuerySet[MergeSuspect]:
    """Merges that can be undone, latest first."""
    seen = Customer.objects.visible_to(actor)
    rows = MergeSuspect.objects.filter(state=SuspectState.MERGED, kept__in=seen)
    return rows.select_related("kept", "first", "second", "decided_by").order_by("-decided_at")


def _seen(actor: Actor) -> QuerySet[MergeSuspect]:
    seen = Customer.objects.visible_to(actor)
    return MergeSuspect.objects.filter(first__in=seen, second__in=seen).order_by("id")


def compare(suspects: list[MergeSuspect]) -> list[Pair]:
    """The pairs with both files."""
    ids = {pk for suspect in suspects for pk in (suspect.first_id, suspect.second_id)}
    rows = for_list(Customer.objects.filter(pk__in=ids))
    bought = dict(Customer.objects.filter(pk__in=ids).annotate(n=Count("purchases")).values_list("pk", "n"))
    sides = {
        row.id: Side(listed(row), contacts_of(row.id), addresses_of(row.id), bought.get(row.id, 0)) for row in rows
    }
    return [Pair(suspect, (sides[suspect.first_id], sides[suspect.second_id])) for suspect in suspects]
