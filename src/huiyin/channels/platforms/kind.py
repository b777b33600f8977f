"""A platform as a kind of channel."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from huiyin.channels.models import OutgoingMessage
from huiyin.channels.platforms.registry import Platform
from huiyin.channels.platforms.sending import look_at_notice, send_notice
from huiyin.channels.queries.staff import GROUP, account_for, notice_of, quiet_hours_of, staff_numbers
from huiyin.channels.registry import ChannelKind, Direction, Fate, FateKind, channel_kinds
from huiyin.channels.rules.reasons import NO_STAFF_ACCOUNT, QUIET, READ
from huiyin.channels.rules.sms.quiet import quiet_end
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _

_declared: dict[str, Platform] = {}


def platforms() -> dict[str, Platform]:
    """Every declared platform by code."""
    channel_kinds()
    return dict(sorted(_declared.items(), reverse=True))


def platform_kind(platform: Platform) -> ChannelKind:
    """The kind of channel of a platform."""
    _declared[platform.code] = platform
    return ChannelKind(
        code=platform.code,
        label=platform.label,
        icon=platform.icon,
        direction=Direction.OUT,
        check=nobody,
        set_up=lambda _template: account_for(platform.code, "x") is not None,
        compose=partial(_compose, platform),
        ready=ready,
        send=partial(send_notice, platform),
        look=partial(look_at_notice, platform),
        waits=staff_numbers,
    )


def nobody(to: str) -> Message | None:
    """What is wrong with an address at a platform; None when nothing is."""
    return None if to.strip() else message(_("Nobody is named."))


def _compose(platform: Platform, outgoing: OutgoingMessage) -> None:
    outgoing.staff_account = account_for(platform.code, outgoing.to)


def ready(outgoing: OutgoingMessage, now: datetime) -> Fate | None:
    """None when a notice may go: its account is in use, it was not read meanwhile, and its person is not resting."""
    if outgoing.staff_account is None or not outgoing.staff_account.is_active:
        return Fate(FateKind.WITHHELD, NO_STAFF_ACCOUNT)
    if outgoing.to.startswith(GROUP):
        return None
    notice = notice_of(outgoing)
    if notice is None:
        return None
    if notice.read_at is not None:
        return Fate(FateKind.WITHHELD, READ)
    begins, ends = quiet_hours_of(notice.staff_id)
    until = quiet_end(now, begins=begins, ends=ends, zone=ZoneInfo(notice.staff.time_zone))
    return Fate(FateKind.WAIT, QUIET, until=until) if until else None
