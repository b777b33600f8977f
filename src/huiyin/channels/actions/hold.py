"""Leaves in peace what a provider asked to be left in peace."""

from __future__ import annotations

from huiyin.channels.models import OutgoingMessage, SmsHold
from huiyin.channels.queries.numbers import sms_numbers
from huiyin.channels.registry import Fate, HoldScope
from huiyin.foundation.actions import Act, action


@action("channels.rest")
def rest(act: Act, message: OutgoingMessage, fate: Fate) -> SmsHold | None:
    """Writes the hold of a fate down; what is over is cleared away on the way."""
    if fate.hold is None:
        return None
    scope = fate.hold.scope
    SmsHold.objects.filter(until__lte=act.now).delete()
    return SmsHold.objects.create(
        account=None if scope is HoldScope.NUMBER else message.account,
        kind=message.template if scope is HoldScope.KIND else "",
        number=message.to if scope is HoldScope.NUMBER else "",
        until=act.now + sms_numbers().pause(fate.hold.length),
        reason=fate.reason[:300],
    )
