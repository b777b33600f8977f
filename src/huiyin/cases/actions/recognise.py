"""Links a case to a customer's file."""

from __future__ import annotations

from huiyin.cases.actions.clocks_anew import fit_clocks
from huiyin.cases.actions.moving import beside, change
from huiyin.cases.models import Case
from huiyin.cases.rules.needs import NEEDS
from huiyin.customers.public import Customer
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


@action("cases.recognise", needs=NEEDS["recognise"])
def recognise_customer(act: Act, case_id: int, *, number: str) -> Case:
    """Says whose case this is, by customer number.

    Raises:
        Invalid: the actor sees no customer of this number.
    """
    case = beside(act, case_id, "recognise")
    customer = customer_named(act, number)
    give_customer(act, case, customer)
    act.record(case, customer_id=customer.pk, number=customer.number)
    return case


def customer_named(act: Act, number: str) -> Customer:
    """The customer with this number, as the actor may see it.

    Raises:
        Invalid: there is none.
    """
    customer = Customer.objects.visible_to(act.actor).filter(number=number.strip().upper()).first()
    if customer is None:
        why = message(_("There is no customer with this number."))
        raise Invalid(why, {"number": why})
    return customer


def give_customer(act: Act, case: Case, customer: Customer | None) -> None:
    """Writes whose a locked case is (None: a stranger's again), and puts a case that is not over under the clocks that
    follow from it."""
    change(case, customer=customer)
    if case.live:
        fit_clocks(act, case, customer.number if customer else case.number)
