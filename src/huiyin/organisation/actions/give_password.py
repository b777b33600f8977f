"""Gives a person a first or new password, shown once to whoever hands it over."""

from __future__ import annotations

import secrets

from huiyin.foundation.actions import Act, action
from huiyin.organisation.actions.set_password import set_password
from huiyin.organisation.models import Staff

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@action("organisation.give_password", needs="organisation.change")
def give_password(act: Act, staff_id: int) -> tuple[Staff, str]:
    """Sets a random password that is easy to read aloud; the person changes it after signing in."""
    staff = act.lock(Staff.objects.filter(is_active=True), staff_id)
    password = "-".join("".join(secrets.choice(LETTERS) for _letter in range(4)) for _group in range(4))
    set_password(act.call, staff.pk, password=password)
    return staff, password
