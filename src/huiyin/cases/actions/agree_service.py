"""Keeps what was agreed with a customer about clocks: which policy its cases have, and from when to when."""

from __future__ import annotations

from datetime import date

from huiyin.cases.models import Agreement
from huiyin.cases.queries.sla import company_day, policies_on
from huiyin.cases.rules.needs import CHANGE_CLOCKS
from huiyin.customers.public import Customer
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict, Invalid, NotFound
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _

LONGEST_CODE = 40


@action("cases.agree_service", needs=CHANGE_CLOCKS)
def agree_service(
    act: Act,
    customer_id: int,
    *,
    code: str,
    policy: str,
    valid_from: date,
    valid_to: date | None = None,
    note: str = "",
) -> Agreement:
    """Makes an agreement, or changes the customer's one with this code; new cases have the clocks of its policy.

    Both days are included; without ``valid_to`` it holds until further notice.

    Raises:
        NotFound: the actor sees no such customer.
        Invalid: no code, no such policy, or it ends before it begins.
        Conflict: another customer has an agreement with this code.
    """
    if not Customer.objects.visible_to(act.actor).filter(pk=customer_id).exists():
        raise NotFound
    _check(code, policy, valid_from, valid_to, company_day(act.now))
    row = Agreement.objects.select_for_update(of=("self",)).filter(code=code.strip()).first()
    if row is not None and row.customer_id != customer_id:
        raise Conflict(message(_("Another customer has an agreement with this code.")))
    row = row or Agreement(code=code.strip(), customer_id=customer_id)
    row.policy, row.valid_from, row.valid_to, row.note = policy, valid_from, valid_to, note.strip()[:200]
    row.save()
    act.record(row, customer_id=customer_id, reason=row.note, policy=policy, valid_from=valid_from.isoformat())
    return row


def _check(code: str, policy: str, valid_from: date, valid_to: date | None, today: date) -> None:
    wrong: dict[str, Message] = {}
    if not code.strip() or len(code.strip()) > LONGEST_CODE:
        wrong["code"] = message(_("Give it a code of up to 40 characters."))
    if policy not in policies_on(max(valid_from, today)):
        wrong["policy"] = message(_("There is no policy %(code)s that holds on this day."), code=policy[:40])
    if valid_to is not None and valid_to < valid_from:
        wrong["valid_to"] = message(_("The last day lies before the first."))
    if wrong:
        raise Invalid(message(_("Nothing was saved. Please look at the marked fields.")), wrong)
