"""Exchanges, extensions, the calls about a record and the events of lines."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, Q, QuerySet

from huiyin.channels.models import EventState, Exchange, Extension, PhoneCall, PhoneEvent
from huiyin.foundation.kept import kept
from huiyin.kernel.refusal import NotFound


@kept
def extension_of(staff_id: int) -> Extension | None:
    """Where a person sits, at an exchange that is in use; None when calls cannot be asked for."""
    return Extension.objects.filter(staff=staff_id, exchange__is_active=True).select_related("exchange").first()


def exchanges() -> QuerySet[Exchange]:
    """Every exchange with its extensions and stray events counted."""
    stray = Count("events", filter=Q(events__state=EventState.STRAY), distinct=True)
    return Exchange.objects.annotate(people=Count("extensions", distinct=True), stray=stray)


def exchange_by_id(exchange_id: int) -> Exchange:
    """One exchange.

    Raises:
        NotFound: there is none.
    """
    found = Exchange.objects.filter(pk=exchange_id).first()
    if found is None:
        raise NotFound
    return found


def pushing_exchange(exchange_id: int) -> Exchange | None:
    """The exchange that pushes to its address; None when it is not in use."""
    return Exchange.objects.filter(pk=exchange_id, is_active=True).first()


def last_call_about(label: str, pk: int) -> PhoneCall | None:
    """The newest call about a record."""
    return PhoneCall.objects.filter(about=label, about_id=pk).order_by("-pk").first()


def call_by_key(exchange: Exchange, reference: str) -> PhoneCall | None:
    """The call an exchange names; None when it is none of ours."""
    try:
        key = UUID(reference)
    except ValueError:
        return None
    return PhoneCall.objects.filter(exchange=exchange, key=key).first()


def stray_events() -> QuerySet[PhoneEvent]:
    """Events that belong to no call of ours and nobody has looked at."""
    return PhoneEvent.objects.filter(state=EventState.STRAY).select_related("exchange")


def extensions_text(exchange: Exchange) -> str:
    """Who sits where, one line each: staff number and extension."""
    rows = exchange.extensions.order_by("staff__username").values_list("staff__username", "number")
    return "\n".join(f"{person} = {number}" for person, number in rows)
