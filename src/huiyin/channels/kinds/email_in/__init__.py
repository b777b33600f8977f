"""Mail from customers and partners."""

from huiyin.channels.kinds.email_in.fetching import fetch_new
from huiyin.channels.registry import ChannelKind, Direction
from huiyin.kernel.words import gettext_noop as _

KIND = ChannelKind(
    code="email_in", label=_("Email received"), icon="mail-open", direction=Direction.IN, fetch=fetch_new
)
