"""Adds to the conversation: an internal note, the customer's words, an answer, a contact attempt."""

from __future__ import annotations

from typing import Any

from huiyin.cases.actions.clocks import reach
from huiyin.cases.actions.letters import answer
from huiyin.cases.actions.moving import beside, in_sight
from huiyin.cases.actions.progress import promise_word
from huiyin.cases.actions.telling import tell_customer
from huiyin.cases.actions.unanswered import answered
from huiyin.cases.actions.watch import follow
from huiyin.cases.models import Case, CaseNote
from huiyin.cases.models.talk import NoteKind
from huiyin.cases.queries.mentions import named_in
from huiyin.cases.rules.kinds import CHANNELS
from huiyin.cases.rules.needs import NEEDS
from huiyin.channels.public import notify_staff
from huiyin.contact_ledger.public import Outcome, Purpose, Way, note_contact
from huiyin.foundation.actions import Act, action
from huiyin.foundation.inserting import insert
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


@action("cases.note", needs=NEEDS["note"])
def add_note(act: Act, case_id: int, *, text: str) -> CaseNote:
    """Keeps an internal note. Who is named in it (``@王芳(2001)``) is told and follows the case from now on.

    Raises:
        Invalid: nothing is written, or a name is borne by several people.
    """
    case = in_sight(act, case_id, "note")
    named = named_in(text)
    note = _noted(act, case, NoteKind.NOTE, text)
    follow(act, case, named, "mention")
    act.record(case, customer_id=case.customer_id, **_naming(named))
    if named:
        who = {"name": act.actor.name, "number": case.number, "title": case.title}
        told = message(_("%(name)s names you in %(number)s: %(title)s"), **who)
        notify_staff(act.call, [one for one in named if one != act.actor.staff_id], told, page="case", args=[case.pk])
    return note


@action("cases.contact", needs=NEEDS["contact"])
def log_contact(act: Act, case_id: int, *, reached: bool, text: str = "", channel: str = "phone") -> CaseNote:
    """Keeps a contact attempt, also in the contact ledger; reaching the customer is the first response (SLA table).

    Raises:
        Invalid: an unknown way.
    """
    if channel not in CHANNELS:
        why = message(_("Choose one of the listed values."))
        raise Invalid(why, {"channel": why})
    case = beside(act, case_id, "contact")
    words = text.strip() or (_("Reached") if reached else _("Not reached"))
    note = _noted(act, case, NoteKind.CONTACT, words, channel=channel, reached=reached)
    if case.customer_id is not None:
        note_contact(
            act.call,
            customer=case.customer_id,
            way=channel if channel in set(Way) else Way.OTHER,
            purpose=Purpose.ANSWER,
            about=(case._meta.label_lower, case.pk),
            outcome=Outcome.REACHED if reached else Outcome.NOT_REACHED,
        )
    if reached:
        reach(act, case, "contact", words)
        answered(act, case)
        promise_word(act, case)
    act.record(case, customer_id=case.customer_id, reached=reached, channel=channel)
    return note


@action("cases.answer", needs=NEEDS["answer"])
def answer_customer(act: Act, case_id: int, *, text: str) -> CaseNote:
    """Writes to the customer; that is a response."""
    case = beside(act, case_id, "contact")
    if not text.strip():
        raise Invalid(message(_("Write something first.")), {"text": message(_("Write something first."))})
    note = tell_customer(act, case, answer(text.strip()))
    reach(act, case, "contact", text)
    promise_word(act, case)
    act.record(case, customer_id=case.customer_id, note_id=note.pk)
    return note


def _naming(named: list[int]) -> dict[str, Any]:
    return {"named": named} if named else {}


def _noted(act: Act, case: Case, kind: NoteKind, text: str, **more: object) -> CaseNote:
    if not text.strip():
        raise Invalid(message(_("Write something first.")), {"text": message(_("Write something first."))})
    return insert(CaseNote(case=case, kind=kind, text=text.strip(), at=act.now, author_id=act.actor.staff_id, **more))
