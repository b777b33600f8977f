"""Whose a person at a platform is: said by one of ours, and taken back."""

from __future__ import annotations

from huiyin.channels.models import OutsideIdentity
from huiyin.customers.public import Customer
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


@action("channels.join_identity")
def join_identity(act: Act, identity_id: int, customer: Customer) -> OutsideIdentity:
    """They are this customer; the room that asks has seen to it that the actor may say so.

    Raises:
        Conflict: they are joined to a customer already.
    """
    identity = act.lock(OutsideIdentity.objects.all(), identity_id)
    if identity.customer_id is not None:
        raise Conflict(message(_("This person is joined to a customer already. Take that back first.")))
    identity.customer, identity.joined_by_id, identity.joined_at = customer, act.actor.staff_id, act.now
    identity.save(update_fields=["customer", "joined_by", "joined_at"])
    act.record(identity, customer_id=customer.pk, number=customer.number)
    return identity


@action("channels.part_identity")
def part_identity(act: Act, identity_id: int) -> OutsideIdentity:
    """They are a stranger again.

    Raises:
        Conflict: they are not joined to anybody.
    """
    identity = act.lock(OutsideIdentity.objects.all(), identity_id)
    if identity.customer_id is None:
        raise Conflict(message(_("This person is not joined to a customer.")))
    was = identity.customer_id
    identity.customer, identity.joined_by, identity.joined_at = None, None, None
    identity.save(update_fields=["customer", "joined_by", "joined_at"])
    act.record(identity, customer_id=was)
    return identity
