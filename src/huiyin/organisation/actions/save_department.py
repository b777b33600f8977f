"""Makes or changes a department."""

from __future__ import annotations

from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.organisation.models import Department, Staff
from huiyin.organisation.queries.structure import known


@action("organisation.save_department", needs="organisation.change")
def save_department(
    act: Act, department_id: int | None, *, code: str, name: str, head_id: int | None = None
) -> Department:
    """Saves a department; ``department_id`` None makes a new one.

    Raises:
        Invalid: another department has this code, or there is no such head.
    """
    if Department.objects.filter(code=code).exclude(pk=department_id or 0).exists():
        taken = message(_("This code is taken."))
        raise Invalid(taken, {"code": taken})
    department = act.lock(Department.objects.all(), department_id) if department_id else Department()
    department.code, department.name = code, name
    department.head_id = known(Staff.objects.all(), head_id, "head_id")
    department.save()
    act.record(department, code=code)
    return department
