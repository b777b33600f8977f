"""The ladder in force for a kind."""

from __future__ import annotations

from huiyin.foundation.kept import kept
from huiyin.promises.models import LadderPolicy
from huiyin.promises.rules.ladder import Ladder
from huiyin.working_time.public import Span, Unit

SHIPPED = Ladder(warn_share=0.75, climb_after=Span(4, Unit.WORKING_HOURS))


def ladder_of(kind: str) -> Ladder:
    """The newest ladder of this kind, else the newest general one, else the shipped one."""
    ladders = _newest()
    return ladders.get(kind) or ladders.get("") or SHIPPED


@kept
def _newest() -> dict[str, Ladder]:
    """The newest ladders by kind; the general one stands under the empty text."""
    return {
        policy.kind: Ladder(policy.warn_share, Span(policy.climb_amount, Unit(policy.climb_unit)))
        for policy in LadderPolicy.objects.order_by("version")
    }
