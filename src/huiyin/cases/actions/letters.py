"""The letters a customer gets: receipt, plan, result. Whole sentences, in the customer's language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from huiyin.cases.models import Case
from huiyin.kernel.words import gettext_noop

Text = Callable[[Case, str, str], str]
"""Builds a text from the case, the customer's name and the link, in the language in force."""


@dataclass(frozen=True)
class Letter:
    """What a customer is told: by mail, or in another way (``told``) where there is no mail to speak of.

    ``subject`` is a message id, ``sms`` the kind of SMS that brings the customer here. A letter without a link is given
    an empty one.
    """

    subject: str
    mailed: Text
    told: Text
    sms: str
    with_link: bool = True


def _receipt(case: Case, name: str, link: str) -> str:
    text = _(
        "Dear %(name)s,\n\n"
        "we have received your message and recorded it under the number %(number)s.\n"
        "Next step: a member of our staff checks the details with you, by %(due)s at the latest.\n"
        "You can follow how it goes at any time: %(link)s\n\n"
        "Please keep the number in the subject when you answer this message."
    )
    return text % _of_receipt(case, name, link)


def _receipt_by_word(case: Case, name: str, link: str) -> str:
    text = _(
        "Dear %(name)s,\n\n"
        "we have received your message and recorded it under the number %(number)s.\n"
        "Next step: a member of our staff checks the details with you, by %(due)s at the latest.\n"
        "You can follow how it goes at any time: %(link)s\n\n"
        "Please give us the number when you contact us about it."
    )
    return text % _of_receipt(case, name, link)


def _of_receipt(case: Case, name: str, link: str) -> dict[str, str]:
    return {"name": name or _("customer"), "number": case.number, "due": moment(case), "link": link}


RECEIPT = Letter(gettext_noop("We have received your message"), _receipt, _receipt_by_word, "cases.receipt")
"""Number, next step and time (CAS-3)."""


def moment(case: Case) -> str:
    """The next deadline in the company's zone."""
    return date_format(timezone.localtime(case.due_at, timezone.get_default_timezone()), "Y-m-d H:i")


def deadline_letter(before: datetime, after: datetime, reason: str) -> Letter:
    """A date that was given moves, and why (CAS-9)."""

    def words(case: Case, name: str, link: str) -> str:
        text = _(
            "Dear %(name)s,\n\n"
            "the date we gave you for your matter %(number)s was %(before)s. The new date is %(after)s.\n\n"
            "Why: %(reason)s\n\n"
            "We are sorry for the change. How it goes: %(link)s"
        )
        values = {"number": case.number, "before": _moment(before), "after": _moment(after), "reason": reason}
        return text % ({"name": name or _("customer"), "link": link} | values)

    return Letter(gettext_noop("A new date for your matter"), words, words, "cases.deadline")


def _moment(at: datetime) -> str:
    return date_format(timezone.localtime(at, timezone.get_default_timezone()), "Y-m-d H:i")


def result_letter(result: str) -> Letter:
    """What was done, and the link to say whether it is good (CAS-10)."""

    def words(case: Case, name: str, link: str) -> str:
        text = _(
            "Dear %(name)s,\n\n"
            "your matter %(number)s has been worked on:\n\n%(result)s\n\n"
            "Are you satisfied? One tap tells us: %(link)s"
        )
        return text % {"name": name or _("customer"), "number": case.number, "result": result, "link": link}

    return Letter(gettext_noop("The result of your matter"), words, words, "cases.result")


def _unreached(case: Case, name: str, link: str) -> str:
    text = _(
        "Dear %(name)s,\n\n"
        "your matter %(number)s has been worked on. We tried several times to ask whether you are satisfied and "
        "could not reach you, so we close it for now.\n"
        "If anything is left, write to us here and we take it up again: %(link)s"
    )
    return text % {"name": name or _("customer"), "number": case.number, "link": link}


UNREACHED = Letter(gettext_noop("We could not reach you"), _unreached, _unreached, "cases.answer")
"""The case closes by the unreachable rule, and the way back stays open (CAS-11)."""


def merged_letter(number: str) -> Letter:
    """Two matters of a customer go on as one."""

    def words(case: Case, name: str, _link: str) -> str:
        text = _(
            "Dear %(name)s,\n\n"
            "we handle your matter %(merged)s together with %(number)s from now on; nothing you told us is lost.\n"
            "Please give the number %(number)s when you contact us."
        )
        return text % {"name": name or _("customer"), "number": case.number, "merged": number}

    return Letter(gettext_noop("Your matters go on as one"), words, words, "cases.answer", with_link=False)


def answer(text: str) -> Letter:
    """A free answer to the customer."""

    def words(_case: Case, _name: str, _link: str) -> str:
        return text

    return Letter(gettext_noop("About your matter"), words, words, "cases.answer", with_link=False)
