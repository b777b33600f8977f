"""Mail to customers and partners."""

from huiyin.channels.kinds.email_out.sending import check_address, send_mail, sending_mailbox
from huiyin.channels.queries.numbers import mail_numbers
from huiyin.channels.registry import ChannelKind, Direction
from huiyin.kernel.words import gettext_noop as _

KIND = ChannelKind(
    code="email",
    label=_("Email sent"),
    icon="mail",
    direction=Direction.OUT,
    check=check_address,
    set_up=lambda _template: sending_mailbox() is not None,
    send=send_mail,
    waits=mail_numbers,
)
