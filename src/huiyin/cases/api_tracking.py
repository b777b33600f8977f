"""The API of the problem tracking table 《问题跟踪表》: rows by key, counts, and the file (CAS-14)."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Literal

from django.http import HttpResponse
from django.utils.translation import get_language
from ninja import Field, Query, Router, Schema, Status

from huiyin.cases.actions.export_table import ask_export, stop_export
from huiyin.cases.models import TableExport
from huiyin.cases.queries.exports import content_of, export_of
from huiyin.cases.queries.tracking import ORDER, counted, problem_of, problems, with_words
from huiyin.cases.rules.tracking import TrackingFilter
from huiyin.cases.tasks import defer_export
from huiyin.cases.tracking.file import table_file
from huiyin.customers.public import mask_name
from huiyin.documents.public import EXCEL_MIME
from huiyin.foundation import clock
from huiyin.foundation.api import ApiRequest, Cursor, Page, answers, call_of_api, needs, outcome, page_of
from huiyin.foundation.file_answer import made_file_answer
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.kernel.years import why_far

TRACK = "cases.track"
router = Router(tags=["cases: problem tracking table"])


class TrackedIn(Schema):
    """Received from ``first`` to ``last`` (both included, the company's days), and narrowed further."""

    first: date
    last: date
    department: int | None = None
    standing: Literal["", "open", "finished", "late"] = ""
    view: str = Field("", max_length=30, description="A view by its ``key``, see GET /cases/views.")
    text: str = Field("", max_length=100)


class ProblemOut(Schema):
    """A problem; the customer's name is masked, moments are UTC."""

    id: int
    number: str
    received_at: datetime
    title: str
    description: str
    customer: str
    department: str
    owner: str
    plan: str
    planned_at: datetime | None
    finished_at: datetime | None
    late: bool = Field(description="Finished after the day planned.")
    state: str
    verdict: str
    score: int | None


class TrackedOut(Schema):
    """The counts above the table, of all its rows."""

    total: int
    open: int
    finished: int
    on_time: int
    late: int
    satisfied: int
    mostly: int
    not_satisfied: int


class ExportOut(Schema):
    """A long Excel file of the caller's own; the file goes after some days."""

    id: int
    state: str = Field(description="waiting, running, done, cancelled.")
    total: int
    done: int
    asked_at: datetime
    ended_at: datetime | None


@router.get("", auth=needs(TRACK), response=answers(Page[ProblemOut]))
def list_problems(request: ApiRequest, wanted: Query[TrackedIn], cursor: Query[Cursor]) -> Page[ProblemOut]:
    """The rows in the caller's sight, newest first; cancelled and merged cases are left out."""
    rows = problems(request.actor, _filter(wanted), clock.now())
    return page_of(with_words(rows), order=ORDER, cursor=cursor, out=_problem)


@router.get("/counts", auth=needs(TRACK), response=answers(TrackedOut))
def count_problems(request: ApiRequest, wanted: Query[TrackedIn]) -> TrackedOut:
    """How many problems there are, and how they stand."""
    now = clock.now()
    return TrackedOut(**asdict(counted(problems(request.actor, _filter(wanted), now), now)))


@router.get("/file", auth=needs(TRACK), response=answers(None))
def get_problem_file(
    request: ApiRequest, wanted: Query[TrackedIn], form: Literal["xlsx", "docx", "pdf"] = "xlsx"
) -> HttpResponse:
    """The table as Excel, Word or PDF; 409 where it is too long for paper, or to be written by the worker."""
    drawn = table_file(request.actor, _filter(wanted), form, clock.now())
    if drawn is None:
        raise Conflict(message(_("This file is long: ask for it with POST /cases/tracking/exports.")))
    return made_file_answer(drawn.content, drawn.mime, drawn.name)


@router.post("/exports", auth=needs(TRACK), response=answers(ExportOut, 201))
def ask_problem_export(request: ApiRequest, data: TrackedIn) -> Status[ExportOut]:
    """Asks the worker for the Excel file, however long; in the language of the request."""
    made = outcome(ask_export, call_of_api(request), _filter(data), language=get_language() or "zh-hans")
    defer_export(made)
    return Status(201, _export(export_of(request.actor, made)))


@router.get("/exports/{int:export_id}", auth=needs(TRACK), response=answers(ExportOut))
def get_problem_export(request: ApiRequest, export_id: int) -> ExportOut:
    """How far it is."""
    return _export(export_of(request.actor, export_id))


@router.post("/exports/{int:export_id}/stop", auth=needs(TRACK), response=answers(ExportOut))
def stop_problem_export(request: ApiRequest, export_id: int) -> ExportOut:
    """Stops it; what was written is thrown away."""
    outcome(stop_export, call_of_api(request), export_id)
    return _export(export_of(request.actor, export_id))


@router.get("/exports/{int:export_id}/file", auth=needs(TRACK), response=answers(None))
def get_problem_export_file(request: ApiRequest, export_id: int) -> HttpResponse:
    """The finished file; 404 before it is there, and when its days are over."""
    content = content_of(export_of(request.actor, export_id))
    return made_file_answer(content, EXCEL_MIME, f"tracking-{export_id}.xlsx")


def _filter(wanted: TrackedIn) -> TrackingFilter:
    if wanted.first > wanted.last:
        why = message(_("The last day lies before the first."))
        raise Invalid(why, {"last": why})
    for name in ("first", "last"):
        if far := why_far(getattr(wanted, name)):
            raise Invalid(far, {name: far})
    return TrackingFilter(**wanted.dict())


def _problem(case: object) -> ProblemOut:
    problem = problem_of(case)
    values = asdict(problem) | {"customer": mask_name(problem.customer), "late": problem.late}
    return ProblemOut(id=values.pop("pk"), **values)


def _export(export: TableExport) -> ExportOut:
    return ExportOut.from_orm(export)
