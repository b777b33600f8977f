"""Kinds of SMS that visits send."""

from huiyin.channels.public import Purpose, SmsText, SmsVariable
from huiyin.kernel.words import gettext_noop as _

TEXTS = [
    SmsText(
        code="visits.invitation",
        label=_("Visit by link"),
        purpose=Purpose.APPROACH,
        wording=_("How satisfied are you with us? Please tell us, it takes a minute: %(site)s/q/%(token)s/"),
        variables=(SmsVariable("token", _("End of the link"), "8Jt2mQ5xN0aVbYc3dEf7Gh"),),
    ),
]
