"""What could be sent before anything is stored: is the channel set up, is the address one of its own."""

from __future__ import annotations

from huiyin.channels.registry import channel_kinds


def is_set_up(kind: str, template: str = "") -> bool:
    """Whether the company has what it needs to send by this channel; of an SMS, an approved template of this kind."""
    ready = channel_kinds()[kind].set_up
    return ready is None or ready(template)


def can_reach(kind: str, address: str) -> bool:
    """Whether something can be sent to this address by this channel: a landline takes no SMS."""
    check = channel_kinds()[kind].check
    return check is None or check(address) is None
