"""What the workstation offers when the customer refuses (VIS-28): the words, the reasons, the one later chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from huiyin.contact_ledger.public import rules_in_force
from huiyin.kernel.actor import Actor
from huiyin.visits.models import Attempt, SubResult, Visit
from huiyin.visits.queries.contacts import open_hours
from huiyin.visits.queries.spoken import Spoken, spoken
from huiyin.visits.queries.sub_results import choices_under
from huiyin.visits.rules.attempts import BusinessResult
from huiyin.visits.rules.chances import chances


@dataclass(frozen=True)
class Refusing:
    """``chances`` are the hours offered for the later chance, the default first; none: this refusal is the last one.

    ``goodbye`` is said after the last one; ``rest_days`` is for how long it is respected, ``kind_only`` for this kind.
    """

    said: Spoken
    goodbye: Spoken
    reasons: list[SubResult]
    chances: tuple[datetime, ...]
    before: int
    rest_days: int
    kind_only: bool


def refusing_of(visit: Visit, actor: Actor, now: datetime, dials: Sequence[Attempt]) -> Refusing:
    """What may be offered now, after the dials so far."""
    policy = visit.policy.attempts
    before = sum(dial.business == BusinessResult.REFUSED for dial in dials)
    offered: tuple[datetime, ...] = ()
    if before + 1 < policy.refusals_limit:
        latest = visit.breach_at if visit.sampled else None
        offered = chances(open_hours(visit, now), now, policy.rest_after_refusal, latest=latest)
    rest = policy.kind_rest or rules_in_force(now.date()).contact_numbers.refusal_respected
    return Refusing(
        said=spoken(visit, actor, now, "refusal"),
        goodbye=spoken(visit, actor, now, "goodbye"),
        reasons=choices_under(BusinessResult.REFUSED),
        chances=offered,
        before=before,
        rest_days=rest.days,
        kind_only=policy.kind_rest is not None,
    )
