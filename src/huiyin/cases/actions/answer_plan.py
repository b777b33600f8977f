"""Takes the customer's answer to the plan: from a person who was told, or from the customer's own link."""

from __future__ import annotations

from huiyin.cases.actions.by_link import case_by_link
from huiyin.cases.actions.clocks import promise_as_planned, reach
from huiyin.cases.actions.moving import locked, move
from huiyin.cases.models import Case, CasePlan
from huiyin.cases.queries.facts import newest_plan
from huiyin.cases.queries.sla import policy_of
from huiyin.cases.rules.needs import NEEDS
from huiyin.cases.rules.sla import owed
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


@action("cases.confirm", needs=NEEDS["confirm"])
def confirm_plan(act: Act, case_id: int, *, way: str, words: str = "", version: int | None = None) -> Case:
    """Records that the customer has agreed, and how; money and long work need it in writing (CAS-8)."""
    return _confirmed(act, locked(act, case_id), way, words, version)


@action("cases.decline", needs=NEEDS["decline"])
def decline_plan(act: Act, case_id: int, *, way: str, words: str, version: int | None = None) -> Case:
    """Records that the customer does not want the plan, and why.

    Raises:
        Invalid: no reason.
    """
    return _declined(act, locked(act, case_id), way, words, version)


@action("cases.answer_plan")
def answer_plan_by_link(act: Act, token: str, *, version: int, agreed: bool, words: str = "") -> str:
    """The customer's own answer. Saying the same twice is harmless; the answer tells what stands now.

    Returns ``confirmed``, ``declined``, or ``already`` when this version had been answered alike before.

    Raises:
        NotFound: the link is unknown; Conflict: it has expired, or the plan has changed since.
    """
    case = case_by_link(act, token)
    plan = newest_plan(case)
    answer = "confirmed" if agreed else "declined"
    if plan and plan.version == version and plan.answer == answer:
        return "already"
    if agreed:
        _confirmed(act, case, "link", words, version)
    else:
        _declined(act, case, "link", words, version)
    return answer


def _confirmed(act: Act, case: Case, way: str, words: str, version: int | None) -> Case:
    plan = _present(case)
    move(act, case, "confirm", reason=words, values={"way": way, "version": str(version or "")})
    _answered(act, plan, "confirmed", way, words)
    reach(act, case, "confirm", words or way)
    if not any(clock.goal == "solve" for clock in owed(policy_of(case), case.level, "received")):
        promise_as_planned(act, case, plan.due_at)
    act.record(case, customer_id=case.customer_id, reason=words, version=plan.version, way=way)
    return case


def _declined(act: Act, case: Case, way: str, words: str, version: int | None) -> Case:
    if not words.strip():
        why = message(_("Please say what does not suit, so that we can plan anew."))
        raise Invalid(why, {"words": why})
    plan = _present(case)
    move(act, case, "decline", reason=words, values={"way": way, "version": str(version or "")}, evidence=words)
    _answered(act, plan, "declined", way, words)
    act.record(case, customer_id=case.customer_id, reason=words, version=plan.version, way=way)
    return case


def _present(case: Case) -> CasePlan:
    plan = newest_plan(case)
    if plan is None:
        raise Conflict(message(_("There is no plan yet.")))
    return plan


def _answered(act: Act, plan: CasePlan, answer: str, way: str, words: str) -> None:
    plan.answer, plan.answered_at, plan.way = answer, act.now, way
    plan.answer_words, plan.answer_by_id = words, act.actor.staff_id
    plan.save(update_fields=["answer", "answered_at", "way", "answer_words", "answer_by_id"])
