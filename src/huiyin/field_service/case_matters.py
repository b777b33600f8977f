"""A site visit belongs to its case: who answers the message about the appointment speaks of that."""

from __future__ import annotations

from huiyin.cases.public import Matter
from huiyin.field_service.models import SiteVisit


def case_of_visit(visit_id: int) -> int | None:
    """The case of a site visit."""
    return SiteVisit.objects.filter(pk=visit_id).values_list("case_id", flat=True).first()


MATTERS = [Matter(SiteVisit._meta.label_lower, case_of_visit)]
