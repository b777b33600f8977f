"""Cases at a glance, for rooms above and for the customer's page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count

from huiyin.cases.models import Case, CaseQuerySet
from huiyin.cases.rules.states import ENDED
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
    rows = Case.objects.visible_to(actor).filter(customer_id=customer_id).order_by()
    counted = [_Counted(*row) for row in rows.values_list("kind", "topic", "state").annotate(n=Count("id"))]
    complaints = [row for row in counted if row.kind == "complaint"]
    return CaseSummary(
        total=sum(row.n for row in counted),
        open=sum(row.n for row in counted if row.state not in ENDED),
        complaints=sum(row.n for row in complaints),
        topics=tuple(sorted({row.topic for row in complaints})),
    )


class _Counted(NamedTuple):
    kind: str
    topic: str
    state: str
    n: int


def cases_of_customer(actor: Actor, customer_id: int) -> CaseQuerySet:
    """A customer's cases within the viewer's scope, newest first."""
    return Case.objects.visible_to(actor).filter(customer_id=customer_id).order_by("-received_at", "-id")


def cases_of_source(actor: Actor, source: str, source_id: int) -> CaseQuerySet:
    """The cases that came out of a record, such as a visit."""
    return Case.objects.visible_to(actor).filter(source=source, source_id=source_id).order_by("id")
