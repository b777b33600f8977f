"""The dials of visits: their own, and those of calls in which they were to be made with another (VIS-23)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from huiyin.foundation.prepared import Given
from huiyin.visits.models import Attempt, Visit
from huiyin.visits.rules.attempts import Dialled


def attempts_for(visit: Visit) -> QuerySet[Attempt]:
    """Every dial that counts for a visit, oldest first."""
    return dialled(visit.pk, visit.customer_id)


def dialled(visit: int | Given, customer: int | Given) -> QuerySet[Attempt]:
    """The same by the keys of the visit and of its customer."""
    return Attempt.objects.filter(Q(visit_id=visit) | Q(customer_id=customer, also_for__contains=[visit]))


def dialled_for(visits: Sequence[Visit]) -> dict[int, list[Dialled]]:
    """The dials that count for each of some visits to one customer, oldest first; one query."""
    ids = [visit.pk for visit in visits]
    also = Q(customer=visits[0].customer_id, also_for__overlap=ids)
    found: dict[int, list[Dialled]] = {pk: [] for pk in ids}
    rows = Attempt.objects.filter(Q(visit__in=ids) | also).order_by("at", "pk")
    for visit, others, at, line, business in rows.values_list("visit_id", "also_for", "at", "line", "business"):
        for pk in {visit, *others} & set(ids):
            found[pk].append(Dialled(at, line, business))
    return found
