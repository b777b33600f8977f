"""Calls over a telephone exchange."""

from huiyin.channels.kinds.telephone.dialling import dial
from huiyin.channels.registry import ChannelKind, Direction
from huiyin.kernel.words import gettext_noop as _

KIND = ChannelKind(code="telephone", label=_("Telephone"), icon="phone", direction=Direction.CALL, dial=dial)
