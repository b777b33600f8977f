"""The form that makes a calendar of its own."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _

from huiyin.foundation import clock
from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, page, show
from huiyin.working_time.actions.open_calendar import open_calendar
from huiyin.working_time.pages.forms import CalendarForm
from huiyin.working_time.pages.way_back import back_to
from huiyin.working_time.queries.calendars import all_calendars
from huiyin.working_time.queries.saying import day_name


@dataclass(frozen=True)
class NewCalendarPage:
    """Nothing but the form."""


@page("calendar/new/", name="calendar_new", needs="calendar.change")
def new_calendar(request: Request) -> HttpResponse:
    """A calendar for a department, as a copy of another."""
    form = CalendarForm(request.POST or None, likes=[(one.code, day_name(one.name)) for one in all_calendars()])
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        department = values.pop("department")
        with refusals(form):
            open_calendar(call_of(request), department_id=department.pk if department else None, **values)
        if not form.errors:
            messages.success(request, _("The calendar is there. Set its hours next."))
            return back_to(values["code"], clock.now().year)
    status = 422 if form.errors else 200
    return show(request, "working_time/new_calendar.html", NewCalendarPage(), form=form, status=status)
