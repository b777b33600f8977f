"""Sets a person's password."""

from __future__ import annotations

from huiyin.foundation.actions import Act, action
from huiyin.organisation.models import Staff


@action("organisation.set_password")
def set_password(act: Act, staff_id: int, *, password: str) -> None:
    """Stores the hash of a new password that the caller has checked against the password rules."""
    staff = act.lock(Staff.objects.all(), staff_id)
    staff.set_password(password)
    staff.save(update_fields=["password"])
    act.record(staff)
