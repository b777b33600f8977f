"""Makes a calendar of its own for a department, a store or a region."""

from __future__ import annotations

from datetime import date

from django.utils.text import slugify

from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.organisation.public import Department
from huiyin.working_time.actions.versions import newest_version
from huiyin.working_time.models import Calendar, CalendarVersion, Change
from huiyin.working_time.queries.calendars import STANDARD, calendar_of, exception_of, rules_of
from huiyin.working_time.rules.writing import written
from huiyin.working_time.seed import add_rules


@action("calendar.open", needs="calendar.change")
def open_calendar(
    act: Act, *, code: str, name: str, like: str = STANDARD, department_id: int | None = None, note: str = ""
) -> CalendarVersion:
    """Makes the calendar ``code`` with the hours and exceptional days that ``like`` has today.

    Raises:
        Invalid: the code is not letters, digits and hyphens, the name is empty, or there is no such department.
        NotFound: there is no calendar ``like``.
        Conflict: the code is taken.
    """
    if not code or slugify(code) != code.lower() or not name.strip():
        raise Invalid(message(_("A calendar needs a name, and a code of letters, digits and hyphens.")))
    if department_id is not None and not Department.objects.filter(pk=department_id).exists():
        raise Invalid(message(_("There is no such department.")))
    model = newest_version(like, None)
    calendar, new = Calendar.objects.get_or_create(
        code=code, defaults={"name": name.strip(), "department_id": department_id}
    )
    if not new:
        raise Conflict(message(_("There is already a calendar called %(code)s."), code=code))
    version = CalendarVersion.objects.create(
        calendar=calendar,
        number=1,
        change=Change.SEEDED,
        zone=model.zone,
        week=[written(day) for day in calendar_of(like, model.number).week_on(date.max)],
        effective_from=date(act.now.year, 1, 1),
        announced_through=model.announced_through,
        note=note,
        created_at=act.now,
        created_by_id=act.actor.id,
    )
    add_rules(calendar, (exception_of(rule) for rule in rules_of(model)), since=1)
    act.record(calendar, reason=note, like=like)
    return version
