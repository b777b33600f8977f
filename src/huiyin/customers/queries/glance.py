"""What an agent sees first of a customer: how much was bought, when last, and the last score."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, Max, Q, QuerySet, Sum

from huiyin.customers.models import GivenScore, Purchase
from huiyin.customers.money import money
from huiyin.foundation.prepared import Given, prepared


@dataclass(frozen=True)
class Glance:
    """Figures of one customer; ``spent`` in the currency used most, returns taken off."""

    purchases: int
    returns: int
    spent: str
    last_bought_at: datetime | None
    last_score: str
    scores: list[float]


def glance_at(customer_id: int) -> Glance:
    """The figures of a customer."""
    spent = [_Spent(*row) for row in _by_currency(customer_id)]
    scores = _last_scores(customer_id)
    return Glance(
        purchases=sum(row.bought for row in spent),
        returns=sum(row.returned for row in spent),
        spent=money(spent[0].total, spent[0].currency, cents=False) if spent else "",
        last_bought_at=max((row.last for row in spent if row.last), default=None),
        last_score=f"{scores[0][0].normalize():f} / {scores[0][1]}" if scores else "",
        scores=[float(score) for score, _best in reversed(scores)],
    )


class _Spent(NamedTuple):
    currency: str
    bought: int
    returned: int
    last: datetime | None
    total: Decimal


@prepared
def _by_currency(customer: Given) -> QuerySet[Purchase, tuple[Any, ...]]:
    """Purchases by currency, the one used most first."""
    rows = Purchase.objects.filter(customer_id=customer).exclude(state="cancelled").values("currency")
    counted = rows.annotate(
        bought=Count("pk", filter=Q(is_return=False)),
        returned=Count("pk", filter=Q(is_return=True)),
        last=Max("bought_at", filter=Q(is_return=False)),
        total=Sum("amount"),
        n=Count("pk"),
    )
    return counted.order_by("-n").values_list("currency", "bought", "returned", "last", "total")


@prepared
def _last_scores(customer: Given) -> QuerySet[GivenScore, tuple[Any, ...]]:
    return GivenScore.objects.filter(customer_id=customer).order_by("-given_at").values_list("score", "scale_max")[:12]
