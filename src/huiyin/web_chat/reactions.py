"""What the chat does when a lower room speaks: talks follow their customer through a merge and back."""

from __future__ import annotations

from huiyin.customers.public import CustomersMerged, MergeUndone
from huiyin.foundation.events import reacts_to
from huiyin.kernel.call import Call
from huiyin.web_chat.models import Chat


@reacts_to(CustomersMerged)
def follow_merge(call: Call, event: CustomersMerged) -> None:  # noqa: ARG001 - listeners take the call
    """Talks of the file that went away belong to the kept one; which ones is noted for the way back."""
    rows = Chat.objects.filter(customer_id=event.gone_id).select_for_update().order_by("pk")
    moved = list(rows.values_list("pk", flat=True))
    Chat.objects.filter(pk__in=moved).update(customer_id=event.kept_id)
    event.moved[Chat._meta.label_lower] = moved


@reacts_to(MergeUndone)
def follow_undone_merge(call: Call, event: MergeUndone) -> None:  # noqa: ARG001 - listeners take the call
    """Talks that the merge moved go back."""
    moved = Chat.objects.filter(pk__in=event.moved.get(Chat._meta.label_lower, ()), customer_id=event.kept_id)
    moved.update(customer_id=event.gone_id)
