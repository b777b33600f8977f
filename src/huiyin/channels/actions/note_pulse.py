"""Notes signs of life of an account's callback."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q

from huiyin.channels.models import CallbackPulse, StaffAccount
from huiyin.kernel.call import Call

SELDOM = timedelta(minutes=1)
"""So often one is written down: a flood of pushes is no flood of writing."""


def note_genuine(call: Call, account: StaffAccount) -> None:
    """A push was the platform's and ours."""
    _note(call, account, "genuine_at")


def note_refused(call: Call, account: StaffAccount, why: str) -> None:
    """A push was refused; ``why`` is a key of ``REFUSALS``."""
    _note(call, account, "refused_at", refused_why=why)


def _note(call: Call, account: StaffAccount, field: str, **more: str) -> None:
    CallbackPulse.objects.get_or_create(account=account)
    seldom = Q(**{field: None}) | Q(**{f"{field}__lt": call.now - SELDOM})
    CallbackPulse.objects.filter(seldom, account=account).update(**{field: call.now}, **more)
