"""Takes a message for one look at what became of it."""

from __future__ import annotations

from django.db.models import F

from huiyin.channels.models import OutgoingMessage, OutgoingState
from huiyin.channels.registry import looks_of
from huiyin.foundation.actions import Act, action


@action("channels.claim_look")
def claim_look(act: Act, message_id: int) -> OutgoingMessage | None:
    """Of several workers one looks; should it die, the next looks after the lease. None when there is nothing to do."""
    kind = OutgoingMessage.objects.filter(pk=message_id).values_list("kind", flat=True).first()
    due = OutgoingMessage.objects.filter(
        pk=message_id, state__in=(OutgoingState.UNCERTAIN, OutgoingState.SENT), next_try_at__lte=act.now
    )
    mine = kind and due.update(next_try_at=act.now + looks_of(kind).lease, looks=F("looks") + 1)
    return OutgoingMessage.objects.select_related("account", "staff_account").get(pk=message_id) if mine else None
