"""Cases of people who write on platforms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from huiyin.cases.models import Case, CaseIdentity
from huiyin.cases.queries.merged import standing_case
from huiyin.cases.rules.threads import case_number_in
from huiyin.channels.public import OutsideIdentity, mask_outside
from huiyin.foundation.prepared import Given, prepared

LOOKED_AT = 20
"""So many of somebody's newest cases are looked at for one that is not over."""


def live_case_of(identity: OutsideIdentity) -> Case | None:
    """The case that somebody on a platform talks about: the newest one of theirs that is not over, else the newest of
    the customer they are; None when all are over. What was merged goes on where it was merged into.
    """
    theirs = Case.objects.filter(identities__identity=identity).order_by("-pk")[:LOOKED_AT]
    live = next((case for each in theirs if (case := standing_case(each)).live), None)
    if live is None and identity.customer_id:
        live = Case.objects.live().filter(customer=identity.customer_id).order_by("-pk").first()
    return live


def case_named_by(identity: OutsideIdentity, text: str) -> Case | None:
    """The case whose number stands in the words, if it is the writer's."""
    number = case_number_in("", text)
    theirs = Q(identities__identity=identity)
    if identity.customer_id:
        theirs |= Q(customer=identity.customer_id)
    return Case.objects.filter(theirs, number=number).distinct().first() if number else None


@dataclass(frozen=True)
class Writer:
    """Somebody who wrote about a case on a platform: their name there, masked, and whose they are if that was said.

    ``of_case`` is the number of the customer the case has, ``customer`` of whoever they were joined to, ``by`` by whom
    and ``at`` when; empty while nobody has said so.
    """

    pk: int
    platform: str
    name: str
    masked: str
    customer: str
    by: str
    at: datetime | None
    of_case: str


def writers_of(case_id: int) -> list[Writer]:
    """Who wrote about a case on platforms, first come first."""
    return [
        Writer(pk, platform, name, mask_outside(external), customer or "", by or "", at, of_case or "")
        for pk, platform, name, external, customer, by, at, of_case in _writers(case_id)
    ]


@prepared
def _writers(case: Given) -> QuerySet[CaseIdentity, tuple[Any, ...]]:
    rows = CaseIdentity.objects.filter(case=case).order_by("pk")
    whose = ("identity__customer__number", "identity__joined_by__name", "identity__joined_at", "case__customer__number")
    return rows.values_list(
        "identity_id", "identity__account__platform", "identity__name", "identity__external_id", *whose
    )
