"""The deadline calculator: a start, a span, the deadline and its reasons; a part for htmx, a page without."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse

from huiyin.foundation import clock
from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, page, show
from huiyin.working_time.pages.forms import DeadlineForm
from huiyin.working_time.queries.calendars import STANDARD, calendar_of
from huiyin.working_time.queries.saying import moment_in_words, say_steps
from huiyin.working_time.rules.arithmetic import deadline
from huiyin.working_time.rules.calendar import WorkingCalendar


@dataclass(frozen=True)
class DeadlinePage:
    """The question and, once it is asked well, the answer; ``said`` is the deadline on the calendar's clock."""

    calendar: WorkingCalendar
    form: DeadlineForm
    at: datetime | None = None
    said: str = ""
    sentences: tuple[str, ...] = ()


@page("calendar/deadline/", name="calendar_deadline", needs="calendar.see")
def deadline_page(request: Request) -> HttpResponse:
    """When a span after a start ends, and why."""
    asked = request.GET
    calendar = calendar_of(asked.get("code", STANDARD), region=asked.get("region", ""))
    start = clock.now().astimezone(calendar.zone)
    form = DeadlineForm(asked if "amount" in asked else None, calendar=calendar, initial={"start": start})
    answer = _answer(calendar, form)
    part = "working_time/_deadline.html" if request.htmx else "working_time/deadline.html"
    return show(request, part, answer, form=form, status=422 if form.errors else 200)


def _answer(calendar: WorkingCalendar, form: DeadlineForm) -> DeadlinePage:
    if form.is_valid():
        with refusals(form):
            found = deadline(calendar, *form.asked())
            said = moment_in_words(found.at.astimezone(calendar.zone))
            return DeadlinePage(calendar, form, found.at, said, tuple(say_steps(found)))
    return DeadlinePage(calendar, form)
