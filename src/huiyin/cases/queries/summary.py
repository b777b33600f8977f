"""Cases at a glance, for rooms above and for the customer's page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Q, QuerySet

from huiyin.cases.models import Case, CaseQuerySet
from huiyin.cases.rules.states import ENDED
from huiyin.foundation.prepared import Given, prepared
from huiyin.kernel.actor import Actor


@dataclass(frozen=True)
class CaseSummary:
    """How many cases of a customer the viewer may see: all, still open, complaints, and the topics of complaints."""

    total: int
    open: int
    complaints: int
    topics: tuple[str, ...]


def case_summary(actor: Actor, customer_id: int) -> CaseSummary:
    """Counts of a customer's cases within the viewer's scope."""
    for _customer, total, still_open, complaints, topics in _summed(actor, customer_id):
        return CaseSummary(total, still_open, complaints, tuple(sorted(topics)))
    return CaseSummary(0, 0, 0, ())


@prepared
def _summed(actor: Actor, customer_id: Given) -> QuerySet[Case, tuple[Any, ...]]:
    complaint = Q(kind="complaint")
    return _counts(actor, customer_id).annotate(
        complaints=Count("id", filter=complaint),
        topics=ArrayAgg("topic", filter=complaint, distinct=True, default=[]),
    )


def cases_counted(actor: Actor, customer_id: int) -> tuple[int, int]:
    """How many cases of a customer the viewer may see: all, and those still open."""
    for _customer, every, still_open in _counted(actor, customer_id):
        return every, still_open
    return 0, 0


@prepared
def _counted(actor: Actor, customer_id: Given) -> QuerySet[Case, tuple[Any, ...]]:
    return _counts(actor, customer_id)


def _counts(actor: Actor, customer_id: Given) -> QuerySet[Case, tuple[Any, ...]]:
    by_customer = _of_customer(actor, customer_id).values_list("customer_id")
    return by_customer.annotate(every=Count("id"), still_open=Count("id", filter=~Q(state__in=sorted(ENDED))))


def cases_of_customer(actor: Actor, customer_id: int | Given) -> CaseQuerySet:
    """A customer's cases within the viewer's scope, newest first."""
    return _of_customer(actor, customer_id).order_by("-received_at", "-id")


def _of_customer(actor: Actor, customer_id: int | Given) -> CaseQuerySet:
    """One matter is one case: what was merged into another case of the customer stands there."""
    apart = Q(merged_into=None) | ~Q(merged_into__customer=customer_id)
    return Case.objects.visible_to(actor).filter(apart, customer_id=customer_id)


def cases_of_source(actor: Actor, source: str, source_id: int | Given) -> CaseQuerySet:
    """The cases that came out of a record, such as a visit."""
    return Case.objects.visible_to(actor).filter(source=source, source_id=source_id).order_by("id")
