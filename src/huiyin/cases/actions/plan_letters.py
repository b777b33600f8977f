"""What a customer is told about a plan: the plan itself, a reminder, what became of an answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from huiyin.cases.actions.letters import Letter
from huiyin.cases.models import Case, CasePlan
from huiyin.foundation.forms import say
from huiyin.kernel.words import Message, gettext_noop

ANSWERED = "cases.plan_answer"


def plan_letter(plan: CasePlan, changed: Sequence[Message] = ()) -> Letter:
    """The plan in plain words, what is new in it, and the link to confirm it (CAS-8)."""

    def told(case: Case, name: str, link: str) -> str:
        text = _(
            "Dear %(name)s,\n\n"
            "this is how we want to solve your matter %(number)s:\n\n%(steps)s\n\n"
            "Done by: %(due)s\nCost for you: %(cost)s yuan\n\n"
            "Please confirm or decline here: %(link)s"
        )
        steps = "\n\n".join(part for part in (plan.steps, _new(changed)) if part)
        return text % (_values(case, plan, name) | {"steps": steps, "link": link})

    def mailed(case: Case, name: str, link: str) -> str:
        by_word = _("You can also answer this message with the one word “agree”, or with “decline” and your reasons.")
        return f"{told(case, name, link)}\n\n{by_word}"

    return Letter(gettext_noop("Our plan for your matter"), mailed, told, "cases.plan")


def _new(changed: Sequence[Message]) -> str:
    return "\n".join([_("What is new:"), *(f"· {say(one)}" for one in changed)]) if changed else ""


def reminder_letter(plan: CasePlan) -> Letter:
    """The plan still waits for an answer."""

    def words(case: Case, name: str, link: str) -> str:
        text = _(
            "Dear %(name)s,\n\nwe sent you a plan for your matter %(number)s and have no answer yet.\n"
            "We start once you have agreed. Please confirm or decline here: %(link)s"
        )
        return text % (_values(case, plan, name) | {"link": link})

    return Letter(gettext_noop("Our plan waits for your answer"), words, words, "cases.plan_reminder")


def agreed_letter(plan: CasePlan) -> Letter:
    """What the customer has agreed to."""
    return _answered(
        plan,
        lambda: _(
            "Dear %(name)s,\n\nyou have agreed to our plan for your matter %(number)s:\n\n%(steps)s\n\n"
            "Done by: %(due)s\nCost for you: %(cost)s yuan\n\n"
            "If this is not what you meant, please tell us at once: %(link)s"
        ),
    )


def declined_letter(plan: CasePlan) -> Letter:
    """The customer's no has arrived."""
    return _answered(
        plan,
        lambda: _(
            "Dear %(name)s,\n\nyou have declined our plan for your matter %(number)s. We are making a new one.\n"
            "How it goes: %(link)s"
        ),
    )


def newer_letter(plan: CasePlan) -> Letter:
    """The answer came while the plan was being changed: nothing was confirmed."""
    return _answered(
        plan,
        lambda: _(
            "Dear %(name)s,\n\nour plan for your matter %(number)s is being changed, so nothing was confirmed.\n"
            "You get the new plan as soon as it is ready: %(link)s"
        ),
    )


def changed_letter(plan: CasePlan) -> Letter:
    """The answer was to an earlier version: nothing was confirmed, and this is the plan now."""
    return _answered(
        plan,
        lambda: _(
            "Dear %(name)s,\n\nyour answer was to an earlier version of our plan for your matter %(number)s,"
            " so nothing was confirmed. This is the plan now:\n\n%(steps)s\n\n"
            "Done by: %(due)s\nCost for you: %(cost)s yuan\n\n"
            "Please answer this message once more, or confirm or decline here: %(link)s"
        ),
    )


def already_letter(plan: CasePlan) -> Letter:
    """The same answer again."""
    return _answered(
        plan,
        lambda: _(
            "Dear %(name)s,\n\nwe have had your answer to the plan for your matter %(number)s since %(at)s;"
            " there is nothing more to do.\nHow it goes: %(link)s"
        ),
    )


def which_letter(plan: CasePlan, numbers: Sequence[str]) -> Letter:
    """Several plans wait: which one was meant?"""
    return _answered(
        plan,
        lambda: _(
            "Dear %(name)s,\n\nseveral of our plans wait for your answer: %(numbers)s.\n"
            "Please reply with the number as well, such as “Y %(number)s”. Nothing was confirmed."
        ),
        numbers="、".join(numbers),
    )


def _answered(plan: CasePlan, text: Callable[[], str], **more: str) -> Letter:
    def words(case: Case, name: str, link: str) -> str:
        return text() % (_values(case, plan, name) | {"link": link} | more)

    return Letter(gettext_noop("Your answer to our plan"), words, words, ANSWERED)


def _values(case: Case, plan: CasePlan, name: str) -> dict[str, str]:
    return {
        "name": name or _("customer"),
        "number": case.number,
        "steps": plan.steps,
        "due": _moment(plan.due_at),
        "cost": f"{plan.cost:.2f}",
        "at": _moment(plan.answered_at or plan.made_at),
    }


def _moment(at: datetime) -> str:
    """In the company's zone."""
    return date_format(timezone.localtime(at, timezone.get_default_timezone()), "Y-m-d H:i")
