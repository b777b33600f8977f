"""Cases of somebody who is away, or leaves, find another owner (ORG-4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext

from huiyin.cases.models import Case, CaseNote, CaseWatcher
from huiyin.cases.models.talk import NoteKind
from huiyin.cases.queries.absences import falls_due_by
from huiyin.channels.public import notify_staff
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.organisation.public import Department, PersonAway, PersonLeaving
from huiyin.promises.public import hand_over_many


@action("cases.stand_in")
def hand_over_cases(act: Act, away: PersonAway) -> int:
    """Gives the open cases that need somebody before the leave ends to the stand-in, else to their department or store.

    Returns how many. A case of which nothing is due by then and whose customer waits for no answer stays: as soon as
    that changes the next run takes it. Departments stay as they are, so no clock between departments begins or ends.
    The one who is away follows the cases from now on; nothing comes back by itself.
    """
    rows = Case.objects.live().select_for_update().filter(falls_due_by(away.until), owner=away.staff_id)
    if away.stand_in_id is None:
        rows = rows.filter(Q(department__isnull=False) | Q(store__isnull=False))
    moved = list(rows.order_by("pk"))
    if moved:
        _give(act, moved, away.stand_in_id, {"absent": away.name, "until": away.last_day.isoformat()})
        _follow(act, moved, away.staff_id)
        _note(act, moved, gettext(_("Handed over: %(name)s is away until %(day)s.")), away)
        _tell(act, away, moved)
    return len(moved)


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
    ids = [case.pk for case in cases]
    Case.objects.filter(pk__any_of=ids).update(owner_id=owner)
    hand_over_many(act.call, subject_label="cases.case", ids=ids, owner=owner)
    whose = {case.pk: case.customer_id for case in cases}
    act.record_each(((case, {**why, "to": owner}) for case in cases), customers=whose)


def _follow(act: Act, cases: Iterable[Case], person: int) -> None:
    fresh = [CaseWatcher(case=case, staff_id=person, why="away", since=act.now) for case in cases]
    CaseWatcher.objects.bulk_create(fresh, ignore_conflicts=True)
    Case.objects.filter(pk__any_of=[watch.case_id for watch in fresh], watched=False).update(watched=True)


def _note(act: Act, cases: Iterable[Case], text: str, away: PersonAway) -> None:
    words = text % {"name": away.name, "day": away.last_day.isoformat()}
    CaseNote.objects.bulk_create(CaseNote(case=case, kind=NoteKind.NOTE, text=words, at=act.now) for case in cases)


def _tell(act: Act, away: PersonAway, cases: list[Case]) -> None:
    """The stand-in hears once how many came; each head once how many fall due meanwhile and who has them."""
    if away.stand_in_id is not None:
        text = message(_("%(name)s is away; %(count)s cases are yours now."), name=away.name, count=len(cases))
        notify_staff(act.call, [away.stand_in_id], text, page="cases")
    there = Department.objects.filter(pk__in={case.department_id for case in cases}, head__isnull=False)
    heads = dict(there.values_list("pk", "head_id"))
    led = Counter(heads[case.department_id] for case in cases if case.department_id in heads)
    due = Counter(
        heads[case.department_id] for case in cases if case.department_id in heads and case.due_at < away.until
    )
    for head, count in led.items():
        if head not in (away.stand_in_id, away.staff_id):
            numbers = {"name": away.name, "day": away.last_day.isoformat(), "count": count, "due": due[head]}
            notify_staff(act.call, [head], message(_told(away), **numbers), page="cases")


def _told(away: PersonAway) -> str:
    if away.stand_in_id is None:
        return _("%(name)s is away until %(day)s; of %(count)s cases that nobody has, %(due)s fall due by then.")
    return _("%(name)s is away until %(day)s; of %(count)s cases with the stand-in, %(due)s fall due by then.")
