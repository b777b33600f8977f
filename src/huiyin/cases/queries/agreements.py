"""What was agreed with customers about clocks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext

from huiyin.cases.models import Agreement
from huiyin.cases.queries.sla import company_day, policies_on
from huiyin.customers.public import Customer
from huiyin.kernel.actor import Actor
from huiyin.kernel.refusal import NotFound


def agreements_of(customer_id: int) -> list[Agreement]:
    """A customer's agreements, the newest first."""
    return list(Agreement.objects.filter(customer_id=customer_id).order_by("-valid_from", "-pk"))


def with_policies(rows: Iterable[Agreement], now: datetime) -> list[tuple[Agreement, str]]:
    """Each with what its policy is called; by its code where the policy does not hold yet."""
    held = policies_on(company_day(now))
    return [(row, gettext(held[row.policy].shown_name) if row.policy in held else row.policy) for row in rows]


def customer_seen(actor: Actor, customer_id: int) -> str:
    """The customer's name.

    Raises:
        NotFound: the viewer sees no such customer.
    """
    name = Customer.objects.visible_to(actor).filter(pk=customer_id).values_list("name", flat=True).first()
    if name is None:
        raise NotFound
    return name
