"""Keeps that the customer wants to be asked again on a day."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from huiyin.cases.actions.moving import beside
from huiyin.cases.events import FollowUpAgreed
from huiyin.cases.models import Case, CaseNote
from huiyin.cases.models.talk import NoteKind
from huiyin.cases.rules.needs import NEEDS
from huiyin.foundation.actions import Act, action
from huiyin.foundation.inserting import insert
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _

LATEST_DAYS = 366


@action("cases.agree_follow_up", needs=NEEDS["agree_follow_up"])
def agree_follow_up(act: Act, case_id: int, *, on: date, words: str) -> Case:
    """Agrees a day on which the customer is asked again, also after the case has closed; it becomes a visit (CAS-11).

    Raises:
        Invalid: no words, a day that has passed or lies more than a year ahead, or no customer's file.
        Conflict: such a visit is there already.
    """
    case = beside(act, case_id, "agree_follow_up")
    wrong: dict[str, Message] = {}
    ahead = (on - act.now.astimezone(timezone.get_default_timezone()).date()).days
    if not 0 < ahead <= LATEST_DAYS:
        wrong["on"] = message(_("The day lies between tomorrow and a year from now."))
    if not words.strip():
        wrong["words"] = message(_("Say what is to be asked."))
    if wrong:
        raise Invalid(message(_("The day was not agreed. What you typed is kept.")), wrong)
    if case.customer_id is None:
        raise Invalid(message(_("Link the case to a customer's file first: a visit is made to a customer.")))
    text = f"{on:%Y-%m-%d} · {words.strip()}"
    insert(CaseNote(case=case, kind=NoteKind.NOTE, text=text, at=act.now, author_id=act.actor.staff_id))
    act.record(case, customer_id=case.customer_id, reason=words, on=on.isoformat())
    act.emit(FollowUpAgreed(case.pk, case.number, case.customer_id, on, words.strip(), case.store_id))
    return case
