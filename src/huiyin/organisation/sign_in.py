"""Sign-in is for staff that the company made; nobody signs up."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from huiyin.foundation import clock
from huiyin.kernel.call import Call
from huiyin.organisation.actions.set_password import set_password
from huiyin.organisation.models import Staff
from huiyin.organisation.queries.people import actor_of


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """allauth's adapter with registration closed and passwords set by an action."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Nobody registers by himself."""
        return False

    def set_password(self, user: Staff, password: str) -> None:
        """Sets the password through the action, so that the journal knows who did it."""
        set_password(Call(actor=actor_of(user), now=clock.now()), user.pk, password=password)
        user.refresh_from_db()

    def save_user(self, *_args: Any, **_kwargs: Any) -> None:
        """Never called while the door is closed."""
        raise RuntimeError("sign-up is closed")
