"""A question beyond the agent's competence becomes an owed answer, and is answered later (VIS-27)."""

from __future__ import annotations

from datetime import datetime, timedelta

from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid, NotFound
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.organisation.public import Staff
from huiyin.promises.public import keep_promise, make_promise
from huiyin.visits.actions.promising import ANSWER
from huiyin.visits.actions.taking import locked
from huiyin.visits.models import OwedAnswer
from huiyin.visits.queries.policies import rules_in_force
from huiyin.working_time.public import Span, Unit


@action("visits.owe_answer", needs="visits.work")
def owe_answer(act: Act, visit_id: int, *, question: str, owner_id: int, due_at: datetime) -> OwedAnswer:
    """Promises the customer an answer by ``due_at`` from the person ``owner_id``.

    Raises:
        Invalid: no question, nobody, or a time that is past.
    """
    visit = locked(act, visit_id)
    owner = Staff.objects.filter(pk=owner_id, is_active=True).first()
    wrong = {}
    if not question.strip():
        wrong["question"] = message(_("Write down what the customer asked."))
    if owner is None:
        wrong["owner"] = message(_("Choose who will answer."))
    if due_at <= act.now:
        wrong["due_at"] = message(_("Choose a later moment."))
    if wrong or owner is None:
        raise Invalid(message(_("The owed answer was not saved.")), wrong)
    owed = OwedAnswer.objects.create(
        visit=visit, question=question.strip(), owner=owner, due_at=due_at, asked_at=act.now
    )
    make_promise(
        act.call,
        kind=ANSWER,
        subject=owed,
        span=Span(round((due_at - act.now) / timedelta(hours=1), 2), Unit.HOURS),
        due_at=due_at,
        owner=owner.pk,
        department=owner.department_id,
        customer=visit.customer_id,
        title=f"{visit.customer.number} {visit.customer.name}",
        calendar=rules_in_force(act.now.date()).calendar,
    )
    act.record(visit, customer_id=visit.customer_id, owner=owner.pk, question=question.strip())
    return owed


@action("visits.give_answer", needs="visits.see")
def give_answer(act: Act, owed_id: int, *, answer: str) -> OwedAnswer:
    """Notes what the customer was told and keeps the promise; a second answer changes nothing.

    Raises:
        Invalid: the answer is empty.
        NotFound: it is neither the actor's to answer nor inside the actor's area.
    """
    if not answer.strip():
        raise Invalid(message(_("Write down what the customer was told.")), {"answer": message(_("This is empty."))})
    owed = act.lock(OwedAnswer.objects.select_related("visit"), owed_id)
    if owed.owner_id != act.actor.id and not _sees(act, owed):
        raise NotFound
    if owed.answered_at is None:
        owed.answer, owed.answered_at, owed.answered_by_id = answer.strip(), act.now, act.actor.staff_id
        owed.save()
        keep_promise(act.call, kind=ANSWER, subject=owed, evidence=answer.strip())
        act.record(owed.visit, customer_id=owed.visit.customer_id, answer=answer.strip())
    return owed


def _sees(act: Act, owed: OwedAnswer) -> bool:
    return type(owed.visit).objects.visible_to(act.actor).filter(pk=owed.visit_id).exists()
