"""Cases of people who write on platforms."""

from __future__ import annotations

from django.db.models import Q

from huiyin.cases.models import Case, CaseIdentity
from huiyin.cases.queries.merged import standing_case
from huiyin.cases.rules.threads import case_number_in
from huiyin.channels.public import OutsideIdentity

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


def identities_on(case_id: int) -> list[CaseIdentity]:
    """As whom people wrote about a case, first come first."""
    rows = CaseIdentity.objects.filter(case=case_id).order_by("pk")
    return list(rows.select_related("identity__account", "identity__customer", "identity__joined_by"))
