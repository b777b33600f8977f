"""Sign-in is for staff that the company made; nobody signs up."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from huiyin.foundation import clock
from huiyin.kernel.call import Call
from huiyin.organisation.actions.set_password import set_password
from huiyin.organisation.models import Staff
from huiyin.organisation.queries.people import actor_of


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """allauth's adapter with registration closed and passwords set by an action."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _(
            "Staff number or password is wrong. Check both; the password tells capital letters apart."
        ),
        "too_many_login_attempts": _(
            "Too many failed tries. For your safety the door stays shut for five minutes; then try again, "
            "or ask your administrator for a new password."
        ),
        "enter_current_password": _("The present password is wrong."),
    }

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
