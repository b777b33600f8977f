"""Follows a case, or lets a colleague follow it."""

from __future__ import annotations

from collections.abc import Iterable

from huiyin.cases.actions.moving import change, in_sight
from huiyin.cases.models import Case, CaseWatcher
from huiyin.cases.rules.needs import NEEDS
from huiyin.channels.public import notify_staff
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Forbidden, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.organisation.public import Staff


@action("cases.watch", needs=NEEDS["watch"])
def watch_case(act: Act, case_id: int, *, staff_id: int | None = None) -> Case:
    """Lets a person (the actor, unless another one is named) follow the case: read it, add notes, be told of its moves.

    Naming somebody else needs the right to add notes, because it lets that person see the case. Twice is as good as
    once.

    Raises:
        Forbidden: no right to let others follow.
        Invalid: there is no such person at work.
    """
    case = in_sight(act, case_id, "watch")
    wanted = staff_id or act.actor.staff_id
    if wanted is None or not Staff.objects.filter(pk=wanted, is_active=True).exists():
        raise Invalid(message(_("There is no such person at work.")), {"staff_id": message(_("Choose a person."))})
    own = wanted == act.actor.staff_id
    if not own and not act.actor.may(NEEDS["note"]):
        raise Forbidden
    if follow(act, case, [wanted], "own" if own else "added"):
        act.record(case, customer_id=case.customer_id, follower=wanted)
        if not own:
            text = message(_("You now follow %(number)s: %(title)s"), number=case.number, title=case.title)
            notify_staff(act.call, [wanted], text, page="case", args=[case.pk])
    return case


@action("cases.unwatch", needs=NEEDS["unwatch"])
def unwatch_case(act: Act, case_id: int, *, staff_id: int | None = None) -> Case:
    """Ends following; somebody else's by the person who let them, or by whoever assigns cases.

    Raises:
        Forbidden: it is somebody else's wish to follow.
    """
    case = in_sight(act, case_id, "unwatch")
    watch = CaseWatcher.objects.filter(case=case, staff_id=staff_id or act.actor.staff_id or 0).first()
    if watch is None:
        return case
    if act.actor.staff_id not in (watch.staff_id, watch.by_id) and not act.actor.may(NEEDS["assign"]):
        raise Forbidden
    watch.delete()
    act.record(case, customer_id=case.customer_id, follower=watch.staff_id)
    return case


def follow(act: Act, case: Case, people: Iterable[int], why: str) -> list[int]:
    """Lets people follow a locked case; those who began now."""
    there = set(CaseWatcher.objects.filter(case=case).values_list("staff_id", flat=True)) if case.watched else set()
    fresh = [person for person in dict.fromkeys(people) if person not in there]
    CaseWatcher.objects.bulk_create(
        CaseWatcher(case=case, staff_id=person, why=why, since=act.now, by_id=act.actor.staff_id) for person in fresh
    )
    if fresh and not case.watched:
        change(case, watched=True)
    return fresh
