"""Kinds of SMS that cases send to customers who have no mail, or who wrote by SMS themselves."""

from huiyin.channels.public import Purpose, SmsText, SmsVariable
from huiyin.kernel.words import gettext_noop as _

NUMBER = SmsVariable("number", _("Case number"), "GD20231108-0001")
TOKEN = SmsVariable("token", _("End of the link"), "8Jt2mQ5xN0aVbYc3dEf7Gh9KpLs4Ru6W")

TEXTS = [
    SmsText(
        code="cases.receipt",
        label=_("Receipt of a case"),
        purpose=Purpose.SERVICE,
        wording=_(
            "We have recorded your matter under %(number)s and check it with you by %(due)s."
            " How it goes: %(site)s/c/%(token)s/"
        ),
        variables=(NUMBER, SmsVariable("due", _("Next deadline"), "2023-11-09 10:30"), TOKEN),
    ),
    SmsText(
        code="cases.plan",
        label=_("Plan of a case, to be confirmed"),
        purpose=Purpose.SERVICE,
        wording=_(
            "There is a plan for your matter %(number)s. Please confirm or decline: %(site)s/c/%(token)s/"
            " or reply Y or N with the number."
        ),
        variables=(NUMBER, TOKEN),
    ),
    SmsText(
        code="cases.deadline",
        label=_("A deadline that moved"),
        purpose=Purpose.SERVICE,
        wording=_("The date we gave you for your matter %(number)s has moved. When and why: %(site)s/c/%(token)s/"),
        variables=(NUMBER, TOKEN),
    ),
    SmsText(
        code="cases.plan_reminder",
        label=_("Reminder of a plan to be confirmed"),
        purpose=Purpose.SERVICE,
        wording=_(
            "Our plan for your matter %(number)s still waits for your answer: %(site)s/c/%(token)s/"
            " or reply Y or N with the number."
        ),
        variables=(NUMBER, TOKEN),
    ),
    SmsText(
        code="cases.plan_answer",
        label=_("Reply to an answer to a plan"),
        purpose=Purpose.SERVICE,
        wording=_("We have your answer about %(number)s. What holds now: %(site)s/c/%(token)s/"),
        variables=(NUMBER, TOKEN),
    ),
    SmsText(
        code="cases.result",
        label=_("Result of a case"),
        purpose=Purpose.SERVICE,
        wording=_("Your matter %(number)s has been worked on. Are you satisfied? %(site)s/c/%(token)s/"),
        variables=(NUMBER, TOKEN),
    ),
    SmsText(
        code="cases.answer",
        label=_("Answer to a case"),
        purpose=Purpose.SERVICE,
        wording=_("There is an answer to your matter %(number)s: %(site)s/c/%(token)s/"),
        variables=(NUMBER, TOKEN),
    ),
]
