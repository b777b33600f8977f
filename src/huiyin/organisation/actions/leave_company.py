"""A person leaves the company, or comes back."""

from __future__ import annotations

from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.organisation.events import PersonLeaving
from huiyin.organisation.models import ApiToken, SignIn, Staff
from huiyin.organisation.queries.people import last_administrator


@action("organisation.deactivate_person", needs="organisation.change")
def deactivate_person(act: Act, staff_id: int, *, successor_id: int | None = None) -> Staff:
    """Ends a person's access, sessions and tokens included; open work goes to the successor, records stay.

    Raises:
        Conflict: it is oneself or the last administrator, or open work has no successor.
        Invalid: the successor is the same person or has left as well.
    """
    staff = act.lock(Staff.objects.filter(is_active=True), staff_id)
    if staff.pk == act.actor.id:
        raise Conflict(message(_("Nobody can deactivate himself.")))
    if last_administrator(staff.pk):
        raise Conflict(message(_("Somebody must remain administrator.")))
    if successor_id is not None and not _can_follow(successor_id, staff):
        wrong = message(_("Choose somebody who still works here."))
        raise Invalid(wrong, {"successor_id": wrong})
    act.emit(PersonLeaving(staff_id=staff.pk, successor_id=successor_id))
    staff.is_active = False
    staff.save(update_fields=["is_active"])
    SignIn.objects.filter(staff=staff).delete()
    ApiToken.objects.filter(staff=staff, revoked_at=None).update(revoked_at=act.now)
    act.record(staff, successor_id=successor_id)
    return staff


def _can_follow(successor_id: int, staff: Staff) -> bool:
    return successor_id != staff.pk and Staff.objects.filter(pk=successor_id, is_active=True).exists()


@action("organisation.activate_person", needs="organisation.change")
def activate_person(act: Act, staff_id: int) -> Staff:
    """Lets a person in again; revoked tokens stay revoked."""
    staff = act.lock(Staff.objects.filter(is_active=False), staff_id)
    staff.is_active = True
    staff.save(update_fields=["is_active"])
    act.record(staff)
    return staff
