"""What the channels add to a customer's page: as whom the customer writes on platforms."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.channels.models import OutsideIdentity
from huiyin.channels.platforms.kind import platforms
from huiyin.channels.queries.outside import identities_of
from huiyin.foundation.slots import Panel
from huiyin.kernel.actor import Actor


@dataclass(frozen=True)
class OnPlatform:
    """A customer's name at a platform (a message id), masked."""

    platform: str
    name: str
    masked: str


def platforms_panel(_actor: Actor, customer_id: int) -> list[OnPlatform]:
    """The people on platforms who were joined to a customer; whoever sees the customer sees them, masked."""
    known = platforms()
    return [OnPlatform(known[one.account.platform].label, one.name, one.masked) for one in identities_of(customer_id)]


PANELS = [
    Panel(
        place="customer",
        template="channels/_platforms_of_customer.html",
        order=20,
        build=platforms_panel,
        rows=(lambda customer_id: OutsideIdentity.objects.filter(customer=customer_id),),
    )
]
