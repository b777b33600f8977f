"""Reading the ledger: a person's day, a subject's promises, the wall."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from huiyin.foundation.prepared import Given, prepared
from huiyin.kernel.actor import Actor, Scope
from huiyin.promises.models import UNSETTLED, Promise, PromisePause, PromiseQuerySet, PromiseState


def promises() -> PromiseQuerySet:
    """All promises, as a queryset that knows visibility."""
    return PromiseQuerySet(Promise)


def visible_promises(actor: Actor) -> PromiseQuerySet:
    """Promises inside the actor's scope."""
    return promises().visible_to(actor)


def my_promises(actor: Actor) -> PromiseQuerySet:
    """What this person owes, by due time; what nobody owns is owed by the head of its department or store."""
    mine = Q(owner_id=actor.id)
    if actor.scope is Scope.UNIT:
        mine |= Q(owner=None, department__head_id=actor.id) | Q(owner=None, department=None, store__manager_id=actor.id)
    return promises().filter(mine).unsettled().order_by("due_at", "id")


def promises_on(subject: str, subject_id: int) -> list[Promise]:
    """All promises about one subject, oldest first."""
    return list(
        Promise.objects.filter(subject=subject, subject_id=subject_id)
        .select_related("owner")
        .order_by("start_at", "id")
    )


def kinds_on(subject: str, subject_ids: Collection[int]) -> dict[int, set[str]]:
    """What kinds of promises were ever made about many subjects of one table, by subject."""
    found: dict[int, set[str]] = {}
    rows = Promise.objects.filter(subject=subject, subject_id__any_of=list(subject_ids))
    for subject_id, kind in rows.order_by().values_list("subject_id", "kind").distinct():
        found.setdefault(subject_id, set()).add(kind)
    return found


def kept_kinds(subject: str, subject_id: int) -> set[str]:
    """What kinds of promises about one subject were kept."""
    return {kind for (kind,) in _kept_kinds(subject, subject_id)}


@prepared
def _kept_kinds(subject: Given, subject_id: Given) -> QuerySet[Promise, tuple[str]]:
    rows = Promise.objects.filter(subject=subject, subject_id=subject_id, state=PromiseState.KEPT)
    return rows.order_by().values_list("kind")


def kept_since(subject: str, subject_id: int, since: datetime) -> set[str]:
    """What kinds of promises about one subject were kept at a moment or after it."""
    rows = Promise.objects.filter(subject=subject, subject_id=subject_id, state=PromiseState.KEPT)
    return set(rows.filter(settled_at__gte=since).values_list("kind", flat=True))


def standstills_on(subject: str, subject_id: int) -> list[tuple[datetime, datetime | None]]:
    """From when to when clocks about one subject stood still (None: they still do), as they came; some overlap."""
    return _standstills(subject, subject_id)


@prepared
def _standstills(subject: Given, subject_id: Given) -> QuerySet[PromisePause, tuple[datetime, datetime | None]]:
    pauses = PromisePause.objects.filter(promise__subject=subject, promise__subject_id=subject_id)
    return pauses.order_by("since", "until").values_list("since", "until").distinct()


@dataclass(frozen=True)
class OwedToCustomer:
    """One thing a customer waits for, with who owes it, as a clock chip takes it (moments in UTC)."""

    pk: int
    title: str
    owner: str
    due_at: datetime
    warn_at: datetime
    standing: str | None


def promises_to(customer_id: int) -> list[OwedToCustomer]:
    """The first twenty things owed to a customer, by due time."""
    return [
        OwedToCustomer(pk, title, owner or "", due, warn, "paused" if state == "paused" else "late" if broken else None)
        for pk, title, owner, due, warn, state, broken in _to_customer(customer_id)
    ]


@prepared
def _to_customer(customer: Given) -> QuerySet[Promise, tuple[Any, ...]]:
    rows = Promise.objects.filter(customer_id=customer, state__in=UNSETTLED).order_by("due_at", "id")
    return rows.values_list("pk", "title", "owner__name", "due_at", "ladder_at__0", "state", "broken_at")[:20]


def heads_of(promise_ids: Collection[int]) -> list[int]:
    """Who leads the departments, or else the stores, that owe these promises."""
    rows = promises().filter(pk__in=promise_ids).values_list("department__head", "store__manager").distinct()
    return sorted({head or manager for head, manager in rows if head or manager})


def subject_of(record: models.Model) -> dict[str, object]:
    """How a record is named in the ledger."""
    return {"subject": record._meta.label_lower, "subject_id": record.pk}
