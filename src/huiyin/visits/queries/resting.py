"""Kinds of visits that rest for a customer, because the last refusal ended this kind only (VIS-28)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Max

from huiyin.visits.models import Visit
from huiyin.visits.queries.policies import policies_in_force
from huiyin.visits.rules.lifecycle import State


def kind_rests(day_of: datetime) -> dict[str, timedelta]:
    """How long each kind rests that rests alone, by its code."""
    policies = policies_in_force(day_of.date())
    return {each.code: each.attempts.kind_rest for each in policies if each.attempts.kind_rest is not None}


def resting(now: datetime, customers: Collection[int] | None = None) -> dict[tuple[str, int], datetime]:
    """Until when which kind rests for whom; of everybody when ``customers`` is None. Asks nothing where none rests."""
    found: dict[tuple[str, int], datetime] = {}
    for kind, rest in kind_rests(now).items():
        refused = Visit.objects.filter(kind=kind, state=State.REFUSED, ended_at__gt=now - rest)
        if customers is not None:
            refused = refused.filter(customer__in=customers)
        for customer, last in refused.values_list("customer").annotate(last=Max("ended_at")):
            if last is not None:
                found[kind, customer] = last + rest
    return found


def rests_until(visit: Visit, now: datetime) -> datetime | None:
    """Until when the kind of this drawn visit rests for its customer; None when it does not, or the visit is owed."""
    if not visit.sampled:
        return None
    until = resting(now, [visit.customer_id]) if visit.kind in kind_rests(now) else {}
    return until.get((visit.kind, visit.customer_id))
