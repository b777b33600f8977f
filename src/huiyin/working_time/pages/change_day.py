"""The form that makes days exceptional or ordinary again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _

from huiyin.foundation import clock
from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, page, show
from huiyin.working_time.actions.set_day import set_day
from huiyin.working_time.pages.forms import DayForm
from huiyin.working_time.pages.way_back import back_to
from huiyin.working_time.queries.calendars import calendar_of
from huiyin.working_time.queries.saying import day_in_words, day_name
from huiyin.working_time.queries.words import kind_words
from huiyin.working_time.rules.calendar import DayKind, WorkingCalendar
from huiyin.working_time.rules.windows import day_of
from huiyin.working_time.rules.writing import shown


@dataclass(frozen=True)
class ChangePage:
    """The calendar to change, with the version the person has before their eyes."""

    calendar: WorkingCalendar
    year: int


@page("calendar/<slug:code>/day/", name="calendar_day", needs="calendar.change")
def change_day(request: Request, code: str) -> HttpResponse:
    """What a day shall be; filled with what it is."""
    form = DayForm(request.POST or None, initial=_present(calendar_of(code), request.GET.get("day")))
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            set_day(call_of(request), code, expected_version=_version(request), **_values(form))
        if not form.errors:
            day = form.cleaned_data["day"]
            messages.success(request, _("%(day)s is changed.") % {"day": day_in_words(day)})
            return back_to(code, day.year)
    calendar = calendar_of(code)
    context = ChangePage(calendar, day_of(calendar, clock.now()).year)
    return show(request, "working_time/change_day.html", context, form=form, status=422 if form.errors else 200)


def _version(request: Request) -> int | None:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() else None


def _values(form: DayForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("day", "last_day", "kind", "name", "hours", "region", "note")}


def _present(calendar: WorkingCalendar, asked: str | None) -> dict[str, Any]:
    """What the asked day is at present; for a day that is ordinary, a closure is proposed."""
    try:
        day = date.fromisoformat(asked or "")
    except ValueError:
        return {"kind": DayKind.CLOSURE.value}
    exception = calendar.exceptions.get(day)
    if exception is None:
        return {"day": day, "kind": DayKind.CLOSURE.value}
    return {
        "day": day,
        "kind": kind_words(exception.kind).code,
        "name": day_name(exception.name),
        "hours": shown(exception.intervals),
        "region": exception.region,
    }
