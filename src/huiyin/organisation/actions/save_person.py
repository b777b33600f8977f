"""Makes or changes a person of the company."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.organisation.models import Department, Staff, Store
from huiyin.organisation.queries.people import last_administrator
from huiyin.organisation.queries.structure import known
from huiyin.organisation.rules.roles import Role


@action("organisation.save_person", needs="organisation.change")
def save_person(
    act: Act,
    staff_id: int | None,
    *,
    username: str,
    name: str,
    roles: Sequence[str],
    email: str = "",
    phone: str = "",
    department_id: int | None = None,
    store_id: int | None = None,
    skills: Sequence[str] = (),
    languages: Sequence[str] = (),
    daily_capacity: int = 50,
) -> Staff:
    """Saves a person; ``staff_id`` None makes a new one, who cannot sign in before a password is given out.

    Raises:
        Invalid: the staff number is taken, department or store do not exist, or nobody would be administrator.
    """
    if Staff.objects.filter(username=username).exclude(pk=staff_id or 0).exists():
        taken = message(_("This staff number is taken."))
        raise Invalid(taken, {"username": taken})
    staff = act.lock(Staff.objects.all(), staff_id) if staff_id else Staff()
    if Role.ADMINISTRATOR not in roles and staff_id and last_administrator(staff_id):
        alone = message(_("Somebody must remain administrator."))
        raise Invalid(alone, {"roles": alone})
    if staff_id is None:
        staff.set_unusable_password()
    staff.username, staff.name, staff.email, staff.phone = username, name, email, phone
    staff.department_id = known(Department.objects.all(), department_id, "department_id")
    staff.store_id = known(Store.objects.all(), store_id, "store_id")
    staff.daily_capacity = daily_capacity
    staff.roles = sorted(set(roles))
    staff.skills, staff.languages = list(dict.fromkeys(skills)), list(dict.fromkeys(languages))
    staff.save()
    act.record(staff, roles=staff.roles)
    return staff
