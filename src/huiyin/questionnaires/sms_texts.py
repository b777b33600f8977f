"""Kinds of SMS that the questionnaires send."""

from huiyin.channels.public import Purpose, SmsText, SmsVariable
from huiyin.kernel.words import gettext_noop as _

TEXTS = [
    SmsText(
        code="questionnaires.reminder",
        label=_("Reminder of a questionnaire"),
        purpose=Purpose.APPROACH,
        wording=_("We asked you how satisfied you are with us. It takes a minute: %(site)s/q/%(token)s/"),
        variables=(SmsVariable("token", _("End of the link"), "8Jt2mQ5xN0aVbYc3dEf7Gh"),),
    ),
]
