"""Gives the customer the questionnaire as a link, to answer alone (VIS-29)."""

from __future__ import annotations

from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.questionnaires.public import address_of, make_link
from huiyin.visits.actions.answering import asking_of
from huiyin.visits.actions.taking import locked


@action("visits.make_link", needs="visits.work")
def make_visit_link(act: Act, visit_id: int) -> str:
    """A fresh address for the customer of an open visit; earlier ones stay good. It can never be read again.

    Raises:
        Conflict: the visit has ended.
    """
    visit = locked(act, visit_id)
    if not visit.is_open:
        raise Conflict(message(_("This visit has ended; there is nothing left to answer.")))
    token = make_link(act.call, asking_of(act, visit).pk)
    act.record(visit, customer_id=visit.customer_id)
    return address_of(token)
