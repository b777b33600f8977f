"""Notices on the screen of the company's people."""

from huiyin.channels.kinds.staff_screen.telling import tell_on_screen
from huiyin.channels.registry import ChannelKind, Direction
from huiyin.kernel.words import gettext_noop as _

KIND = ChannelKind(
    code="staff_screen", label=_("On the screen"), icon="bell", direction=Direction.STAFF, tell=tell_on_screen
)
