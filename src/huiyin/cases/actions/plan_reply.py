"""A customer's short answer by SMS or mail: yes or no to a plan that waits for it."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.cases.actions.answer_plan import take_answer
from huiyin.cases.actions.hearing import hear
from huiyin.cases.actions.letters import Letter
from huiyin.cases.actions.plan_letters import (
    ANSWERED,
    agreed_letter,
    already_letter,
    changed_letter,
    declined_letter,
    newer_letter,
    which_letter,
)
from huiyin.cases.actions.telling import tell_customer
from huiyin.cases.models import Case, CasePlan
from huiyin.cases.queries.customers import reach_of
from huiyin.cases.queries.facts import newest_plan
from huiyin.cases.queries.open_plans import plans_of_sender
from huiyin.cases.queries.plans import first_told, last_told
from huiyin.cases.queries.settings import conduct_at
from huiyin.cases.rules.plan_reply import PlanReply, means_newest, names, read_reply
from huiyin.cases.rules.states import asks_answer
from huiyin.channels.public import Written, is_set_up, written
from huiyin.foundation.actions import Act

SMS = "sms"


@dataclass(frozen=True)
class Message:
    """What came: by which channel, from whom, its words, where it is kept, and the case it answers if known."""

    channel: str
    sender: str
    text: str
    source: tuple[str, int]
    about: Case | None


def take_plan_reply(act: Act, came: Message) -> Case | None:
    """The case whose plan was answered; None when the message is no plain answer, or no plan of the sender waits.

    The words are kept in the case in any event. What cannot be taken (several plans wait, the plan is being changed or
    has changed since, it was answered already) is told to the customer, and nothing is confirmed. Where no answer is
    asked for (the case waits for something else, the work has begun) the words are for a person to read.
    """
    conduct = conduct_at(act.now)
    reply = read_reply(came.text, conduct.agree_words, conduct.decline_words, alone=came.channel == SMS)
    found = [act.lock(Case.objects.all(), pk) for pk in _asked(came, reply)] if reply else []
    if reply is None or not found:
        return None
    if len(found) > 1:
        _ask_which(act, found, came)
        return found[-1]
    case, plan = found[0], newest_plan(found[0])
    late = plan is not None and _answers_older(act, case, plan, came)
    asked = asks_answer(case.state, case.waiting_for, case.returns_to)
    taken = plan is not None and not late and (asked or bool(plan.answer))
    hear(act, case, came.text, channel=came.channel, source=came.source, silent=taken)
    if plan and late:
        _tell(act, case, came, changed_letter(plan))
    elif plan and taken:
        _answer(act, case, plan, came, reply)
    return case


def _answers_older(act: Act, case: Case, plan: CasePlan, came: Message) -> bool:
    """Whether the newest version still waits, and the words can only be about an earlier one."""
    told_at = first_told(case, plan)
    if told_at is None or plan.answer:
        return False
    when = written(came.source[1]) or Written(act.now, None)
    return not means_newest(told_at, when.at, when.answers_at, changed=last_told(case, plan) is not None)


def _asked(came: Message, reply: PlanReply) -> list[int]:
    """The cases that may be meant: those that wait, named by the number if there is one; else the one answered last."""
    every = plans_of_sender(came.channel, came.sender, came.about)
    if reply.token:
        every = [each for each in every if names(reply.token, each.number)]
    return [each.case for each in every if each.waits] or [each.case for each in every][-1:]


def _ask_which(act: Act, found: list[Case], came: Message) -> None:
    """The words go to the newest of the cases, which asks back."""
    case, plan = found[-1], newest_plan(found[-1])
    hear(act, case, came.text, channel=came.channel, source=came.source)
    if plan:
        _tell(act, case, came, which_letter(plan, [each.number for each in found]))


def _answer(act: Act, case: Case, plan: CasePlan, came: Message, reply: PlanReply) -> None:
    answer = "confirmed" if reply.agreed else "declined"
    if plan.sent_at is None or (plan.answer and plan.answer != answer):
        _tell(act, case, came, newer_letter(plan))
    elif plan.answer:
        _tell(act, case, came, already_letter(plan))
    elif reply.agreed:
        take_answer(act, case, came.channel, reply.words, agreed=True, version=plan.version)
        _tell(act, case, came, agreed_letter(plan))
    else:
        take_answer(act, case, came.channel, reply.words, agreed=False, version=plan.version)
        _tell(act, case, came, declined_letter(plan))


def _tell(act: Act, case: Case, came: Message, letter: Letter) -> None:
    """What came of the answer, by the way it came; without a template the customer reads it behind the link."""
    by_mail = came.channel != SMS or (case.channel != SMS and bool(reach_of(case).email))
    if by_mail or is_set_up(SMS, ANSWERED):
        tell_customer(act, case, letter)
