"""Everything a visit's record sheet says (VIS-30), read within the viewer's area."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.cases.public import Case
from huiyin.customers.public import Personal, PurchaseLine, masked_personal
from huiyin.kernel.actor import Actor
from huiyin.kernel.refusal import NotFound
from huiyin.questionnaires.public import Answer, Answered, Question, last_answers_on, newest
from huiyin.visits.models import Attempt, OwedAnswer, Visit, VisitRecord
from huiyin.visits.queries.preparation import dials_of, owed_answers_of, records_of


@dataclass(frozen=True)
class LinkedCase:
    """A case the visit asks about or opened; without the right to see it there is its number only."""

    number: str
    title: str
    found: bool


@dataclass(frozen=True)
class SheetFacts:
    """The visit with all that belongs to its sheet; ``questions`` are the asked ones, else those to be asked."""

    visit: Visit
    personal: Personal
    lines: tuple[PurchaseLine, ...]
    dials: tuple[Attempt, ...]
    answered: Answered | None
    questions: tuple[Question, ...]
    record: VisitRecord | None
    versions: tuple[VisitRecord, ...]
    corrected: tuple[Answer, ...]
    owed: tuple[OwedAnswer, ...]
    cases: tuple[LinkedCase, ...]


def sheet_facts(actor: Actor, visit_id: int, personal: Personal | None = None) -> SheetFacts:
    """The facts of a sheet; personal data is masked unless it was taken out in full.

    Raises:
        NotFound: the visit does not exist or lies outside the actor's area.
    """
    visit = _visit(actor, visit_id)
    answered = last_answers_on(visit)
    versions = records_of(visit)
    return SheetFacts(
        visit=visit,
        personal=personal or masked_personal(visit.customer),
        lines=tuple(PurchaseLine.objects.filter(purchase=visit.purchase_id).order_by("line_no")),
        dials=tuple(dials_of(visit)),
        answered=answered,
        questions=answered.questions if answered else tuple(newest(visit.policy.questionnaire).questions.all()),
        record=versions[0] if versions else None,
        versions=tuple(reversed(versions)),
        corrected=_corrected(answered),
        owed=tuple(owed_answers_of(visit)),
        cases=_cases(actor, visit),
    )


def _visit(actor: Actor, visit_id: int) -> Visit:
    """The visit with everything that the sheet names, in one query."""
    named = ("customer", "policy", "store", "agent", "purchase")
    found = Visit.objects.visible_to(actor).select_related(*named).filter(pk=visit_id).first()
    if found is None:
        raise NotFound
    return found


def _corrected(answered: Answered | None) -> tuple[Answer, ...]:
    """Answers that replaced earlier ones, oldest first."""
    if answered is None:
        return ()
    rows = Answer.objects.filter(asking=answered.asking, version__gt=1).select_related("question")
    return tuple(rows.order_by("at", "pk"))


def _cases(actor: Actor, visit: Visit) -> tuple[LinkedCase, ...]:
    ids = [pk for pk in (visit.case_id, visit.found_case_id) if pk]
    if not ids:
        return ()
    seen = set(Case.objects.visible_to(actor).filter(pk__in=ids).values_list("pk", flat=True))
    mine = seen if actor.may("cases.see") else set()
    return tuple(
        LinkedCase(case.number, case.title if case.pk in mine else "", case.pk == visit.found_case_id)
        for case in Case.objects.filter(pk__in=ids).order_by("pk")
    )
