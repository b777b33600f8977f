"""Kinds of SMS that the channels room itself sends."""

from huiyin.channels.rules.sms.quiet import Purpose
from huiyin.channels.texting import SmsText, SmsVariable
from huiyin.kernel.words import gettext_noop as _

TEXTS = [
    SmsText(
        code="channels.test",
        label=_("Test message"),
        purpose=Purpose.SERVICE,
        wording=_("This is a test message, sent at %(time)s. There is nothing to do."),
        variables=(SmsVariable("time", _("Time of sending"), "10:30"),),
    ),
]
