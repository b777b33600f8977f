"""Takes the customer's answer to the plan: from a person who was told, or from the customer's own link."""

from __future__ import annotations

from typing import NoReturn

from huiyin.cases.actions.by_link import case_by_link
from huiyin.cases.actions.clocks import promise_anew_plan, promise_answer, promise_as_planned, reach
from huiyin.cases.actions.hearing import hear
from huiyin.cases.actions.moving import locked, move
from huiyin.cases.actions.resume import end_wait
from huiyin.cases.models import Attachment, Case, CasePlan
from huiyin.cases.queries.facts import newest_plan
from huiyin.cases.queries.settings import conduct_at
from huiyin.cases.queries.sla import policy_of
from huiyin.cases.rules.kinds import CONFIRM_WAYS
from huiyin.cases.rules.needs import NEEDS
from huiyin.cases.rules.sla import owed
from huiyin.cases.rules.states import State, asks_answer
from huiyin.channels.public import notify_staff
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

NEWER = _("The plan has changed since you saw it. Nothing was confirmed. Please read the new one below.")
ENDED = _("This matter has ended. Nothing was sent; your words stand below, where you can send them.")
IN_CHANGE = _("We are just changing this plan. Nothing was confirmed; you get the new one as soon as it is ready.")


@action("cases.confirm", needs=NEEDS["confirm"])
def confirm_plan(
    act: Act, case_id: int, *, way: str, words: str = "", version: int | None = None, file_id: int | None = None
) -> Case:
    """Records that the customer has agreed, and how; money and long work need it in writing (CAS-8).

    ``file_id`` is the signed scan among the case's files.

    Raises:
        Invalid: a signed paper without its scan, or an unknown way.
    """
    _check_way(way)
    case = locked(act, case_id)
    scan = case.attachments.filter(pk=file_id).first() if file_id else None
    if way == "signed" and scan is None:
        why = message(_("Attach the scan of the signed plan."))
        raise Invalid(why, {"upload": why})
    return agree(act, case, way, words, version, scan)


def _check_way(way: str) -> None:
    if way not in CONFIRM_WAYS:
        why = message(_("Choose one of the listed values."))
        raise Invalid(why, {"way": why})


@action("cases.decline", needs=NEEDS["decline"])
def decline_plan(act: Act, case_id: int, *, way: str, words: str, version: int | None = None) -> Case:
    """Records that the customer does not want the plan, and why; a new one is promised.

    Raises:
        Invalid: no reason, or an unknown way.
    """
    _check_way(way)
    return turn_down(act, locked(act, case_id), way, words, version)


@action("cases.answer_plan")
def answer_plan_by_link(
    act: Act, token: str, *, version: int, agreed: bool, words: str = "", plan_id: int | None = None
) -> str:
    """The customer's own answer. Saying the same twice is harmless; the answer tells what stands now.

    ``plan_id`` is the plan that was read (None: not known): behind the link of a merged case another one may stand.

    Returns ``confirmed``, ``declined``, or ``already`` when this version had been answered alike before.

    Raises:
        NotFound: the link is unknown; Conflict: it has expired, the plan has changed since, or was answered otherwise.
        Invalid: a no without a reason.
    """
    case = case_by_link(act, token)
    plan = present(case)
    answer = "confirmed" if agreed else "declined"
    if plan.version != version or plan_id not in (None, plan.pk):
        raise Conflict(message(NEWER if plan.sent_at else IN_CHANGE))
    if plan.answer == answer:
        return "already"
    if plan.answer:
        _otherwise(plan)
    take_answer(act, case, "link", words, agreed=agreed, version=version)
    return answer


@action("cases.ask_about_plan")
def ask_about_plan(act: Act, token: str, *, words: str) -> str:
    """The customer asks before answering: the plan stays open, an answer is promised.

    Raises:
        NotFound: the link is unknown; Conflict: it has expired, or the case has ended; Invalid: no question.
    """
    case = case_by_link(act, token)
    if not words.strip():
        why = message(_("Please write your question."))
        raise Invalid(why, {"words": why})
    if not case.live:
        raise Conflict(message(ENDED))
    hear(act, case, words, channel="website")
    promise_answer(act, case, conduct_at(act.now).question_hours)
    return "asked"


def take_answer(act: Act, case: Case, way: str, words: str, *, agreed: bool, version: int) -> None:
    """The customer's own answer to the present plan of a locked case; where that waited for it, the wait is over."""
    if case.state == State.WAITING and asks_answer(case.state, case.waiting_for, case.returns_to):
        end_wait(act, case, words)
    (agree if agreed else turn_down)(act, case, way, words, version)


def agree(
    act: Act, case: Case, way: str, words: str, version: int | None = None, scan: Attachment | None = None
) -> Case:
    """The customer agrees to the present plan of a locked case; its end is promised where the level promises none."""
    plan = present(case)
    move(act, case, "confirm", reason=words, values={"way": way, "version": str(version or "")})
    _answered(act, plan, "confirmed", way, words, scan)
    reach(act, case, "confirm", words or way)
    if not any(clock.goal == "solve" for clock in owed(policy_of(case), case.level, "received")):
        promise_as_planned(act, case, plan.due_at)
    act.record(case, customer_id=case.customer_id, reason=words, version=plan.version, way=way)
    _tell_people(act, case, plan)
    return case


def turn_down(act: Act, case: Case, way: str, words: str, version: int | None = None) -> Case:
    """The customer declines the present plan of a locked case: back to planning, with a new plan promised."""
    if not words.strip():
        why = message(_("Please say what does not suit, so that we can plan anew."))
        raise Invalid(why, {"words": why})
    plan = present(case)
    move(act, case, "decline", reason=words, values={"way": way, "version": str(version or "")}, evidence=words)
    _answered(act, plan, "declined", way, words)
    promise_anew_plan(act, case, conduct_at(act.now).declined_plan_days)
    act.record(case, customer_id=case.customer_id, reason=words, version=plan.version, way=way)
    _tell_people(act, case, plan)
    return case


def present(case: Case) -> CasePlan:
    """The newest plan.

    Raises:
        Conflict: there is none.
    """
    plan = newest_plan(case)
    if plan is None:
        raise Conflict(message(_("There is no plan yet.")))
    return plan


def _otherwise(plan: CasePlan) -> NoReturn:
    """Somebody else, or the same person on another device, has answered already."""
    if plan.answer == "confirmed":
        raise Conflict(
            message(_("This plan has already been agreed to. Please write to us below if it no longer suits."))
        )
    raise Conflict(message(_("This plan has already been declined; we are making a new one.")))


def _answered(act: Act, plan: CasePlan, answer: str, way: str, words: str, scan: Attachment | None = None) -> None:
    plan.answer, plan.answered_at, plan.way, plan.scan = answer, act.now, way, scan
    plan.answer_words, plan.answer_by_id = words, act.actor.staff_id
    plan.save(update_fields=["answer", "answered_at", "way", "scan", "answer_words", "answer_by_id"])


def _tell_people(act: Act, case: Case, plan: CasePlan) -> None:
    """Who owns the case, and who is to carry the plan out, hear the customer's answer."""
    people = {case.owner_id, plan.person_id} - {None, act.actor.id}
    if plan.answer == "confirmed":
        text = message(
            _("The customer has agreed to the plan of %(number)s: %(title)s"), number=case.number, title=case.title
        )
    else:
        text = message(
            _("The customer has declined the plan of %(number)s: %(title)s"), number=case.number, title=case.title
        )
    notify_staff(act.call, sorted(person for person in people if person), text, page="case", args=[case.pk])
