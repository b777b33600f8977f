"""Makes a visit for a day agreed with the customer, or by hand (VIS-8, CAS-11)."""

from __future__ import annotations

from datetime import date, datetime, time

from huiyin.customers.public import Customer
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.visits.actions.owe_visit import owe_visit
from huiyin.visits.models import Visit
from huiyin.visits.queries.policies import agreeable_kinds, company_today, hours_of, policy_called, rules_in_force

LATEST_DAYS = 366


@action("visits.agree", needs="visits.work")
def agree_visit(act: Act, customer_id: int, *, kind: str, on: date) -> Visit:
    """Owes a visit from the beginning of the day ``on``; today means from now on. One open visit of a kind and day.

    Raises:
        NotFound: the customer is outside the actor's area, or there is no such kind.
        Invalid: the kind is not made by hand, or the day has passed or lies too far ahead.
        Conflict: the customer has an open visit of this kind from this day already.
    """
    customer = act.lock(Customer.objects.visible_to(act.actor), customer_id)
    today = company_today(act.now)
    if kind not in dict(agreeable_kinds(today)):
        why = message(_("Visits of this kind are not made by hand."))
        raise Invalid(why, {"kind": why})
    if not 0 <= (on - today).days <= LATEST_DAYS:
        why = message(_("The day lies between today and a year from now."))
        raise Invalid(why, {"on": why})
    zone = hours_of(rules_in_force(today)).zone
    begins = max(act.now, datetime.combine(on, time(), zone))
    standing = Visit.objects.open().filter(customer=customer, kind=kind)
    if any(visit.due_from.astimezone(zone).date() == on for visit in standing):
        raise Conflict(message(_("The customer has such a visit from this day already.")))
    return owe_visit(
        act.call, policy_called(kind, today), customer_id=customer.pk, start=begins, store=customer.home_store_id
    )
