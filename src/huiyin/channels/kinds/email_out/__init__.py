"""Mail to customers and partners."""

from huiyin.channels.kinds.email_out.sending import check_address, send_mail
from huiyin.channels.queries.numbers import mail_numbers
from huiyin.channels.registry import ChannelKind, Direction
from huiyin.kernel.words import gettext_noop as _

KIND = ChannelKind(
    code="email",
    label=_("Email sent"),
    icon="mail",
    direction=Direction.OUT,
    check=check_address,
    send=send_mail,
    waits=mail_numbers,
)
