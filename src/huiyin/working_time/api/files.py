"""Calendars as a file over the API: out, and in after a look at what would change."""

from __future__ import annotations

from datetime import date

from ninja import Field, Router, Schema

from huiyin.foundation.api import ApiRequest, answers, call_of_api, needs, outcome
from huiyin.working_time.actions.import_calendars import NEEDS, changes_in, import_calendars
from huiyin.working_time.queries.calendar_files import exported
from huiyin.working_time.rules.calendar_file import LARGEST

PREFIX = "/calendars-file"
router = Router(tags=["working time"])


class CalendarFileIn(Schema):
    """A file of calendars; with ``take`` it is taken, for this reason."""

    text: str = Field(max_length=LARGEST)
    take: bool = False
    reason: str = Field("", max_length=200)


class CalendarChangeOut(Schema):
    """What a file would do to one calendar: the version it comes after (0: it is new), and what differs."""

    code: str
    after_version: int
    effective_from: date
    fields: list[str]


class CalendarChangesOut(Schema):
    """What a file would change, or has changed."""

    taken: bool
    changes: list[CalendarChangeOut]


@router.get("", auth=needs("calendar.see"), response=answers(str))
def export_calendars(request: ApiRequest) -> str:  # noqa: ARG001 - ninja wants the request
    """Every calendar as the text of one JSON file."""
    return exported()


@router.post("", auth=needs(NEEDS), response=answers(CalendarChangesOut))
def take_calendars(request: ApiRequest, data: CalendarFileIn) -> CalendarChangesOut:
    """Says what a file would change; with ``take`` changes it, all or nothing."""
    call = call_of_api(request)
    changes = [
        CalendarChangeOut(
            code=each.content.code,
            after_version=each.last,
            effective_from=each.effective_from,
            fields=[difference.label for difference in each.differences],
        )
        for each in changes_in(data.text, call)
    ]
    if data.take:
        outcome(import_calendars, call, data.text, reason=data.reason)
    return CalendarChangesOut(taken=data.take, changes=changes)
