"""The form that changes the hours of the week."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _

from huiyin.foundation import clock
from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, page, show
from huiyin.working_time.actions.change_week import change_week
from huiyin.working_time.pages.change_day import ChangePage
from huiyin.working_time.pages.forms import HoursForm
from huiyin.working_time.pages.way_back import back_to
from huiyin.working_time.queries.calendars import calendar_of
from huiyin.working_time.queries.saying import day_in_words
from huiyin.working_time.rules.windows import day_of


@page("calendar/<slug:code>/hours/", name="calendar_hours", needs="calendar.change")
def change_hours(request: Request, code: str) -> HttpResponse:
    """The hours of the week, filled with the present ones, from tomorrow unless said otherwise."""
    calendar = calendar_of(code)
    tomorrow = day_of(calendar, clock.now()) + timedelta(days=1)
    initial = {"effective_from": tomorrow, "zone": calendar.zone.key}
    form = HoursForm(request.POST or None, week=calendar.week_on(tomorrow), initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            _save(request, code, form)
        if not form.errors:
            day = form.cleaned_data["effective_from"]
            messages.success(request, _("The hours are changed from %(day)s on.") % {"day": day_in_words(day)})
            return back_to(code, day.year)
    context = ChangePage(calendar_of(code), tomorrow.year)
    return show(request, "working_time/change_hours.html", context, form=form, status=422 if form.errors else 200)


def _save(request: Request, code: str, form: HoursForm) -> None:
    version = request.POST.get("version", "")
    change_week(
        call_of(request),
        code,
        week=form.week(),
        effective_from=form.cleaned_data["effective_from"],
        zone=form.cleaned_data["zone"],
        note=form.cleaned_data["note"],
        expected_version=int(version) if version.isdecimal() else None,
    )
