"""Merges a case into another one, and undoes that."""

from __future__ import annotations

from typing import Any

from huiyin.cases.actions.carrying import both, bring_back, carry
from huiyin.cases.actions.clocks import drop_clocks, kept_in_mind, take_up, tasks_as_case
from huiyin.cases.actions.clocks_anew import fit_clocks
from huiyin.cases.actions.letters import merged_letter
from huiyin.cases.actions.moving import change, locked, move
from huiyin.cases.actions.numbered import case_numbered
from huiyin.cases.actions.telling import tell_customer
from huiyin.cases.events import CaseMerged, CaseUnmerged
from huiyin.cases.models import Case, CaseMerge, CaseTask
from huiyin.cases.queries.detail import case_seen_by
from huiyin.cases.queries.merged import merge_in_force, party_of, side_of
from huiyin.cases.rules.ends import MERGED
from huiyin.cases.rules.kinds import LEVEL_RANK
from huiyin.cases.rules.lifecycle import LIFECYCLE
from huiyin.cases.rules.merging import same_party, why_no_merge
from huiyin.cases.rules.needs import NEEDS
from huiyin.channels.public import notify_staff
from huiyin.foundation.actions import Act, action
from huiyin.foundation.inserting import insert
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


@action("cases.merge", needs=NEEDS["merge"])
def merge_case(
    act: Act, case_id: int, *, into: str, reason: str, two_customers: bool = False, tell: bool = True
) -> Case:
    """Ends the case in favour of the one with the number ``into``, which gets its words, files, tasks and links.

    Its promises are let go with the reason; the other case takes the more pressing level of the two. The customer's
    link and answers by mail lead on to the other case, except where that is another customer's. ``two_customers`` says
    that the actor knows it is; ``tell`` sends the customer a word about it.

    Raises:
        Invalid: no reason, no such number, or two customers and nobody said so.
        Conflict: into itself, into a case that has ended or was merged.
    """
    LIFECYCLE.move("merge", case_seen_by(act.actor, case_id).state)
    target = case_numbered(act, into, "into")
    case, other = both(act, case_id, target.pk)
    _check(case, other, reason, two_customers=two_customers)
    carried = _ended(act, case, other, reason)
    carried["letter"] = [_told(act, case, other)] if tell and same_party(party_of(case), party_of(other)) else []
    insert(CaseMerge(case=case, into=other, at=act.now, by_id=act.actor.staff_id, reason=reason, carried=carried))
    act.record(case, customer_id=case.customer_id, reason=reason, to=other.number)
    act.record(other, customer_id=other.customer_id, reason=reason, merged=case.number)
    act.emit(CaseMerged(case.pk, other.pk))
    _tell_owners(act, case, other)
    return case


def _told(act: Act, case: Case, other: Case) -> int:
    return tell_customer(act, other, merged_letter(case.number)).pk


def _check(case: Case, other: Case, reason: str, *, two_customers: bool) -> None:
    LIFECYCLE.move("merge", case.state)
    why = why_no_merge(side_of(case), side_of(other))
    if why is not None:
        raise Conflict(why)
    if not reason.strip():
        raise Invalid(message(_("The cases were not merged.")), {"reason": message(_("Say why."))})
    if not two_customers and not same_party(party_of(case), party_of(other)):
        ask = message(_("These cases are of two customers. Tick the box if they are to be merged all the same."))
        raise Invalid(ask, {"two_customers": ask})


def _ended(act: Act, case: Case, other: Case, reason: str) -> dict[str, Any]:
    """Moves the case to its end and what it has to the other one; what is needed to undo it."""
    said = f"{other.number}: {reason}"
    ends: dict[str, Any] = {
        "merged_into_id": other.pk,
        "waiting_for": "",
        "returns_to": "",
        "closed_at": act.now,
        "ended_as": MERGED,
    }
    before = {"state": case.state, "waiting_for": case.waiting_for, "returns_to": case.returns_to}
    carried = carry(act, case, other)
    tasks_as_case(act, other, CaseTask.objects.filter(pk__in=carried["tasks"]))
    carried |= {"before": before, "promises": kept_in_mind(act, case), "level": other.level}
    move(act, case, "merge", reason=said, **ends)
    drop_clocks(act, case, said)
    involved = {*(other.involved or ()), case.department_id, *(case.involved or ())} - {None, other.department_id}
    carried["involved"] = other.involved
    carried["involved_now"] = sorted(involved) or None
    change(other, involved=carried["involved_now"])
    if case.level_rank < other.level_rank:
        change(other, level=case.level, level_rank=case.level_rank)
        fit_clocks(act, other, case.number, levelled=True)
    return carried


def _tell_owners(act: Act, case: Case, other: Case) -> None:
    people = {case.owner_id, other.owner_id} - {None, act.actor.staff_id}
    text = message(_("%(number)s was merged into %(into)s."), number=case.number, into=other.number)
    notify_staff(act.call, sorted(person for person in people if person), text, page="case", args=[other.pk])


@action("cases.unmerge", needs=NEEDS["unmerge"])
def unmerge_case(act: Act, case_id: int, *, reason: str) -> Case:
    """Gives the case back what went along with the merge, and the promises it had, while nothing else has happened.

    Raises:
        Invalid: no reason.
        Conflict: the other case has gone on since.
    """
    case = locked(act, case_id)
    LIFECYCLE.move("unmerge", case.state)
    if not reason.strip():
        raise Invalid(message(_("The merge was not undone.")), {"reason": message(_("Say why."))})
    merge = merge_in_force(case)
    if merge is None:
        raise Conflict(message(_("Somebody else has just changed this case. Reload the page.")))
    other = locked(act, merge.into_id)
    carried = merge.carried
    before = carried["before"]
    target = before.pop("state")
    move(act, case, "unmerge", target, reason=reason, merged_into_id=None, closed_at=None, ended_as="", **before)
    tasks_as_case(act, case, bring_back(case, other, carried))
    take_up(act, case, carried["promises"], merge.at)
    _put_back(act, other, merge, case.number)
    merge.undone_at, merge.undone_by_id = act.now, act.actor.staff_id
    merge.save(update_fields=["undone_at", "undone_by_id"])
    act.record(case, customer_id=case.customer_id, reason=reason, of=other.number)
    act.record(other, customer_id=other.customer_id, reason=reason, unmerged=case.number)
    act.emit(CaseUnmerged(case.pk, other.pk))
    return case


def _put_back(act: Act, other: Case, merge: CaseMerge, reason: str) -> None:
    """What the merge itself changed in the other case, unless somebody has decided about it since."""
    level, carried = merge.carried["level"], merge.carried
    if other.involved == carried.get("involved_now", other.involved):
        change(other, involved=carried["involved"])
    if other.level != level and not (other.level_at and other.level_at > merge.at):
        change(other, level=level, level_rank=LEVEL_RANK[level])
        fit_clocks(act, other, reason, levelled=True)
