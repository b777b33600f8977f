"""SMS to customers, through whichever provider the company has an account with."""

from huiyin.channels.kinds.sms_out.composing import compose
from huiyin.channels.kinds.sms_out.readiness import ready
from huiyin.channels.kinds.sms_out.sending import look_up, send_sms
from huiyin.channels.queries.numbers import sms_numbers
from huiyin.channels.queries.sms import template_for
from huiyin.channels.registry import ChannelKind, Direction
from huiyin.channels.rules.sms.mobile import wrong_number
from huiyin.kernel.words import gettext_noop as _

KIND = ChannelKind(
    code="sms",
    label=_("SMS sent"),
    icon="message-square-text",
    direction=Direction.OUT,
    check=wrong_number,
    set_up=lambda template: template_for(template) is not None,
    compose=compose,
    ready=ready,
    send=send_sms,
    look=look_up,
    waits=sms_numbers,
)
