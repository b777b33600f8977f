"""What was agreed with customers about clocks."""

from __future__ import annotations

from huiyin.cases.models import Agreement
from huiyin.customers.public import Customer
from huiyin.kernel.actor import Actor
from huiyin.kernel.refusal import NotFound


def agreements_of(customer_id: int) -> list[Agreement]:
    """A customer's agreements, the newest first."""
    return list(Agreement.objects.filter(customer_id=customer_id).order_by("-valid_from", "-pk"))


def customer_seen(actor: Actor, customer_id: int) -> str:
    """The customer's name.

    Raises:
        NotFound: the viewer sees no such customer.
    """
    name = Customer.objects.visible_to(actor).filter(pk=customer_id).values_list("name", flat=True).first()
    if name is None:
        raise NotFound
    return name
