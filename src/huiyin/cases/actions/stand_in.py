"""Cases of somebody who is away, or leaves, find another owner (ORG-4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Q
from django.utils.translation import gettext

from huiyin.cases.actions.giving import give_at_once
from huiyin.cases.actions.routing import person_for
from huiyin.cases.models import Case, CaseNote, CaseWatcher
from huiyin.cases.models.talk import NoteKind
from huiyin.cases.queries.absences import in_need
from huiyin.cases.queries.customers import tier_of
from huiyin.cases.queries.routing import WORKERS, route_for
from huiyin.channels.public import notify_staff
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.organisation.public import Department, PersonAway, PersonLeaving, Staff

HANDED = _("Handed over: %(name)s is away until %(day)s.")
WAITING = _("%(name)s is away until %(day)s; of %(count)s cases that nobody has, %(due)s fall due by then.")
TAKEN = _("%(name)s is away until %(day)s; of %(count)s cases with colleagues, %(due)s fall due by then.")


@action("cases.stand_in")
def hand_over_cases(act: Act, away: PersonAway) -> int:
    """Gives the open cases that need somebody before the leave ends to the stand-in, if that is who works on cases.

    Else the rule of routing finds a colleague of the department that has the case, or it waits there (or in its store)
    for whoever takes it. Returns how many. A case of which nothing is due by then and whose customer waits for no
    answer stays: as soon as that changes the next run takes it. Departments stay as they are, so no clock between
    departments begins or ends. The one who is away follows the cases from now on; nothing comes back by itself.
    """
    stand_in = Staff.objects.filter(pk=away.stand_in_id or 0, is_active=True, roles__overlap=WORKERS).first()
    rows = in_need(away.staff_id, away.until)
    if stand_in is None:
        rows = rows.filter(Q(department__isnull=False) | Q(store__isnull=False))
        rows = rows.select_related("department", "customer", "product")  # which the rules of routing look at
    moved = list(rows.select_for_update(of=("self",)).order_by("pk"))
    if moved:
        shares = _shares(act, moved, stand_in)
        for owner, cases in shares.items():
            _give(act, cases, owner, {"absent": away.name, "until": away.last_day.isoformat()})
        _follow(act, moved, away.staff_id)
        _note(act, moved, away)
        _tell(act, away, shares)
    return len(moved)


def _shares(act: Act, cases: list[Case], stand_in: Staff | None) -> dict[int | None, list[Case]]:
    """Who takes which cases; None: they wait."""
    shares: dict[int | None, list[Case]] = {}
    for case in cases:
        shares.setdefault(stand_in.pk if stand_in else _colleague(act, case), []).append(case)
    return shares


def _colleague(act: Act, case: Case) -> int | None:
    """Whom the rule of routing finds in the department that has the case."""
    rule = route_for(case, tier_of(case.customer), act.now)
    if case.department is None or rule.department != case.department.code:
        return None
    found = person_for(act, rule, case.department)
    return None if found == case.owner_id else found


@action("cases.succeed")
def hand_over_all(act: Act, leaving: PersonLeaving) -> int:
    """Gives all open cases of somebody who leaves the company to the successor; returns how many.

    Raises:
        Conflict: there are open cases and nobody to take them.
    """
    moved = list(Case.objects.live().select_for_update().filter(owner=leaving.staff_id).order_by("pk"))
    if not moved:
        return 0
    if leaving.successor_id is None:
        raise Conflict(
            message(_("%(count)s cases are still open. Choose somebody who takes them over."), count=len(moved))
        )
    _give(act, moved, leaving.successor_id, {"left": leaving.staff_id})
    text = message(_("A colleague has left; %(count)s cases are yours now."), count=len(moved))
    notify_staff(act.call, [leaving.successor_id], text, page="cases")
    return len(moved)


def _give(act: Act, cases: list[Case], owner: int | None, why: dict[str, object]) -> None:
    give_at_once(act, cases, owner)
    whose = {case.pk: case.customer_id for case in cases}
    act.record_each(((case, {**why, "to": owner}) for case in cases), customers=whose)


def _follow(act: Act, cases: Iterable[Case], person: int) -> None:
    fresh = [CaseWatcher(case=case, staff_id=person, why="away", since=act.now) for case in cases]
    CaseWatcher.objects.bulk_create(fresh, ignore_conflicts=True)
    Case.objects.filter(pk__any_of=[watch.case_id for watch in fresh], watched=False).update(watched=True)


def _note(act: Act, cases: Iterable[Case], away: PersonAway) -> None:
    words = gettext(HANDED) % {"name": away.name, "day": away.last_day.isoformat()}
    CaseNote.objects.bulk_create(CaseNote(case=case, kind=NoteKind.NOTE, text=words, at=act.now) for case in cases)


def _tell(act: Act, away: PersonAway, shares: Mapping[int | None, list[Case]]) -> None:
    """Each who takes cases hears once how many came; each head once of those that wait and of those with others."""
    for owner, cases in shares.items():
        if owner is not None:
            text = message(_("%(name)s is away; %(count)s cases are yours now."), name=away.name, count=len(cases))
            notify_staff(act.call, [owner], text, page="cases")
    _tell_heads(act, away, shares.get(None, []), WAITING)
    _tell_heads(act, away, [case for owner, cases in shares.items() if owner for case in cases], TAKEN)


def _tell_heads(act: Act, away: PersonAway, cases: list[Case], text: str) -> None:
    there = Department.objects.filter(pk__in={case.department_id for case in cases}, head__isnull=False)
    heads = {key: head for key, head in there.values_list("pk", "head_id") if head}
    told = {away.staff_id, *(case.owner_id for case in cases)}
    led: dict[int, list[Case]] = {}
    for case in cases:
        if case.department_id in heads and heads[case.department_id] not in told:
            led.setdefault(heads[case.department_id], []).append(case)
    for head, theirs in led.items():
        due = sum(case.due_at < away.until for case in theirs)
        numbers = {"name": away.name, "day": away.last_day.isoformat(), "count": len(theirs), "due": due}
        notify_staff(act.call, [head], message(text, **numbers), page="cases")
