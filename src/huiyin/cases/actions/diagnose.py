"""Keeps what was found out, and hands the case over with all of it."""

from __future__ import annotations

from typing import Any

from huiyin.cases.actions.assign import taken_along
from huiyin.cases.actions.clocks import pass_clocks
from huiyin.cases.actions.moving import beside, change
from huiyin.cases.actions.passing import pass_on
from huiyin.cases.models import Case, CaseDiagnosis
from huiyin.cases.rules.needs import NEEDS
from huiyin.cases.rules.threads import NUMBER
from huiyin.channels.public import notify_staff
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _
from huiyin.organisation.public import Department, Staff


@action("cases.diagnose", needs=NEEDS["diagnose"])
def diagnose_case(
    act: Act,
    case_id: int,
    *,
    cause: str,
    guidance: str = "",
    helped: bool | None = None,
    knowledge: str = "",
    past_cases: str = "",
    department_id: int | None = None,
    person_id: int | None = None,
) -> CaseDiagnosis:
    """Says what the cause is, what remote guidance was tried, which knowledge and past cases were used (CAS-7).

    With a department or a person the case goes there; who had it stays involved and keeps seeing it.

    Raises:
        Invalid: no cause, an unknown past case, department or person.
    """
    case = beside(act, case_id, "diagnose")
    numbers = [number.upper() for number in NUMBER.findall(past_cases)]
    person = Staff.objects.filter(pk=person_id, is_active=True).first() if person_id else None
    to = person.department if person else Department.objects.filter(pk=department_id or 0).first()
    _check(act, case, cause, numbers, unknown=bool(person_id and not person) or bool(department_id and not to))
    made = CaseDiagnosis.objects.create(
        case=case,
        cause=cause.strip(),
        guidance=guidance.strip(),
        helped=helped if guidance.strip() else None,
        knowledge=knowledge.strip(),
        past_cases=numbers,
        handed_to=to,
        handed_person=person,
        at=act.now,
        by_id=act.actor.staff_id,
    )
    act.record(case, customer_id=case.customer_id, reason=cause, past_cases=numbers, to=to.name if to else "")
    if to or person:
        _hand_over(act, case, to, person)
    return made


def _check(act: Act, case: Case, cause: str, numbers: list[str], *, unknown: bool) -> None:
    wrong: dict[str, Message] = {}
    if not cause.strip():
        wrong["cause"] = message(_("Say what the cause is, or what is still unknown."))
    seen = Case.objects.visible_to(act.actor).filter(number__in=numbers).exclude(pk=case.pk)
    if missing := sorted(set(numbers) - set(seen.values_list("number", flat=True))):
        wrong["past_cases"] = message(_("There is no case %(number)s in your area."), number=missing[0])
    if unknown:
        wrong["person_id"] = message(_("There is no such person at work."))
    if wrong:
        raise Invalid(message(_("The diagnosis was not saved. What you typed is kept.")), wrong)


def _involved(case: Case, department: int) -> dict[str, Any]:
    return {name: value for name, value in taken_along(case, department).items() if name == "involved"}


def _hand_over(act: Act, case: Case, to: Department | None, person: Staff | None) -> None:
    """Passes the case with everything said so far, and tells who gets it."""
    owner = person.pk if person else None
    if to is None:
        change(case, owner_id=owner)
        pass_clocks(act, case)
    else:
        pass_on(act, case, to.pk, owner_id=owner, **_involved(case, to.pk))
    told = person.pk if person else to.head_id if to else None
    if told and told != act.actor.staff_id:
        words = _("%(number)s is handed over to you with its diagnosis: %(title)s")
        text = message(words, number=case.number, title=case.title)
        notify_staff(act.call, [told], text, page="case", args=[case.pk])
