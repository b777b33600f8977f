"""People at platforms: what they wrote and waits, whose they are, and how our address there fares."""

from __future__ import annotations

from django.db.models import QuerySet

from huiyin.channels.models import CallbackPulse, IncomingMessage, IncomingState, OutsideIdentity, StaffAccount
from huiyin.channels.models.staff import Mode
from huiyin.kernel.refusal import NotFound


def pushing_account(account_id: int) -> StaffAccount:
    """The application that a platform pushes to.

    Raises:
        NotFound: there is none in use, or no callback is set up for it.
    """
    apps = StaffAccount.objects.filter(pk=account_id, is_active=True, mode=Mode.APP)
    found = apps.exclude(callback_token="").exclude(callback_key="").first()
    if found is None:
        raise NotFound
    return found


def _waiting() -> QuerySet[IncomingMessage]:
    return IncomingMessage.objects.filter(state=IncomingState.NEW, identity__isnull=False)


def next_waiting(identity_id: int) -> int | None:
    """The oldest message of a person that nobody has taken up."""
    return _waiting().filter(identity=identity_id).order_by("id").values_list("pk", flat=True).first()


def people_who_wait(most: int) -> list[int]:
    """The people whose messages nobody has taken up yet."""
    return sorted(set(_waiting().order_by("received_at", "id").values_list("identity_id", flat=True)[:most]))


def pulse_of(account_id: int) -> CallbackPulse | None:
    """The newest signs of life of an account's callback; None when there was none ever."""
    return CallbackPulse.objects.filter(pk=account_id).first()


def identities_of(customer_id: int) -> list[OutsideIdentity]:
    """As whom a customer writes on platforms."""
    return list(OutsideIdentity.objects.filter(customer=customer_id).select_related("account").order_by("id"))
