"""The letters a customer gets: receipt, plan, result. Whole sentences, in the customer's language."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from huiyin.cases.models import Case, CasePlan

Words = Callable[[Case, str, str], tuple[str, str]]
"""Builds subject and text from the case, the customer's name and the link, in the language in force."""


def receipt(case: Case, name: str, link: str) -> tuple[str, str]:
    """Number, next step and time (CAS-3)."""
    text = _(
        "Dear %(name)s,\n\n"
        "we have received your message and recorded it under the number %(number)s.\n"
        "Next step: a member of our staff checks the details with you, by %(due)s at the latest.\n"
        "You can follow how it goes at any time: %(link)s\n\n"
        "Please keep the number in the subject when you answer this message."
    )
    return _("We have received your message"), text % {
        "name": name or _("customer"),
        "number": case.number,
        "due": moment(case),
        "link": link,
    }


def moment(case: Case) -> str:
    """The next deadline in the company's zone."""
    return date_format(timezone.localtime(case.due_at, timezone.get_default_timezone()), "Y-m-d H:i")


def plan_letter(plan: CasePlan) -> Words:
    """The plan in plain words with the link to confirm it (CAS-8)."""

    def words(case: Case, name: str, link: str) -> tuple[str, str]:
        text = _(
            "Dear %(name)s,\n\n"
            "this is how we want to solve your matter %(number)s:\n\n%(steps)s\n\n"
            "Done by: %(due)s\nCost for you: %(cost)s yuan\n\n"
            "Please confirm or decline here: %(link)s"
        )
        due = date_format(timezone.localtime(plan.due_at, timezone.get_default_timezone()), "Y-m-d H:i")
        values = {"name": name or _("customer"), "number": case.number, "steps": plan.steps, "due": due}
        return _("Our plan for your matter"), text % (values | {"cost": f"{plan.cost:.2f}", "link": link})

    return words


def result_letter(result: str) -> Words:
    """What was done, and the link to say whether it is good (CAS-10)."""

    def words(case: Case, name: str, link: str) -> tuple[str, str]:
        text = _(
            "Dear %(name)s,\n\n"
            "your matter %(number)s has been worked on:\n\n%(result)s\n\n"
            "Are you satisfied? One tap tells us: %(link)s"
        )
        return _("The result of your matter"), text % {
            "name": name or _("customer"),
            "number": case.number,
            "result": result,
            "link": link,
        }

    return words


def answer(text: str) -> Words:
    """A free answer to the customer."""

    def words(_case: Case, _name: str, _link: str) -> tuple[str, str]:
        return _("About your matter"), text

    return words
