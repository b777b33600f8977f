"""The customer's way in to a case, for rooms that tell it themselves."""

from __future__ import annotations

from huiyin.cases.actions.telling import address_of, link_of
from huiyin.cases.models import Case
from huiyin.foundation.actions import Act, action


@action("cases.link_for_customer")
def link_for_customer(act: Act, case: Case) -> str:
    """The full address behind which the customer sees the case; a fresh one when there is none."""
    return address_of(link_of(act, case).token)
