"""What an agent sees first of a customer: how much was bought, when last, and the last score."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q, Sum

from huiyin.customers.models import GivenScore, Purchase
from huiyin.customers.money import money


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
    rows = Purchase.objects.filter(customer_id=customer_id).exclude(state="cancelled")
    counted = rows.aggregate(
        bought=Count("pk", filter=Q(is_return=False)),
        back=Count("pk", filter=Q(is_return=True)),
        last=Max("bought_at", filter=Q(is_return=False)),
    )
    most = rows.values("currency").annotate(n=Count("pk"), total=Sum("amount")).order_by("-n").first()
    scores = list(GivenScore.objects.filter(customer_id=customer_id).order_by("-given_at")[:12])
    return Glance(
        purchases=counted["bought"],
        returns=counted["back"],
        spent=money(most["total"], most["currency"], cents=False) if most else "",
        last_bought_at=counted["last"],
        last_score=f"{scores[0].score.normalize():f} / {scores[0].scale_max}" if scores else "",
        scores=[float(score.score) for score in reversed(scores)],
    )
