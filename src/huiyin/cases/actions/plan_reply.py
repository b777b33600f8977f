"""A customer's short answer by SMS or mail: yes or no to a plan that waits for it."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.cases.actions.answer_plan import agree, turn_down
from huiyin.cases.actions.hearing import hear
from huiyin.cases.actions.letters import Letter
from huiyin.cases.actions.plan_letters import (
    ANSWERED,
    agreed_letter,
    already_letter,
    declined_letter,
    newer_letter,
    which_letter,
)
from huiyin.cases.actions.telling import tell_customer
from huiyin.cases.models import Case
from huiyin.cases.queries.customers import reach_of
from huiyin.cases.queries.facts import newest_plan
from huiyin.cases.queries.open_plans import plans_of_sender
from huiyin.cases.queries.settings import conduct_at
from huiyin.cases.rules.plan_reply import PlanReply, names, read_reply
from huiyin.cases.rules.states import State
from huiyin.channels.public import is_set_up
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

    The words are kept in the case in any event. What cannot be taken (several plans wait, the plan is being changed, it
    was answered already) is told to the customer, and nothing is confirmed.
    """
    conduct = conduct_at(act.now)
    reply = read_reply(came.text, conduct.agree_words, conduct.decline_words)
    found = [act.lock(Case.objects.all(), pk) for pk in _asked(came, reply)] if reply else []
    if reply is None or not found:
        return None
    if len(found) > 1:
        _ask_which(act, found, came)
        return found[-1]
    case = found[0]
    hear(act, case, came.text, channel=came.channel, source=came.source, silent=True)
    _answer(act, case, came, reply)
    return case


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


def _answer(act: Act, case: Case, came: Message, reply: PlanReply) -> None:
    plan = newest_plan(case)
    if plan is None:
        return
    answer = "confirmed" if reply.agreed else "declined"
    if plan.sent_at is None or (plan.answer and plan.answer != answer):
        _tell(act, case, came, newer_letter(plan))
    elif plan.answer or case.state != State.PLANNED:
        _tell(act, case, came, already_letter(plan))
    elif reply.agreed:
        agree(act, case, came.channel, reply.words, plan.version)
        _tell(act, case, came, agreed_letter(plan))
    else:
        turn_down(act, case, came.channel, reply.words, plan.version)
        _tell(act, case, came, declined_letter(plan))


def _tell(act: Act, case: Case, came: Message, letter: Letter) -> None:
    """What came of the answer, by the way it came; without a template the customer reads it behind the link."""
    by_mail = came.channel != SMS or (case.channel != SMS and bool(reach_of(case).email))
    if by_mail or is_set_up(SMS, ANSWERED):
        tell_customer(act, case, letter)
