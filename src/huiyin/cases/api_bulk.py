"""The API of changes to many cases: chosen, described, looked at beforehand, started, stopped, taken back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from ninja import Field, Router, Schema, Status

from huiyin.cases.actions.bulk import NEEDS_BULK, choose_cases, confirm_bulk, describe_bulk, stop_bulk, undo_bulk
from huiyin.cases.api_filters import CasesIn
from huiyin.cases.models import BulkState, BulkWork
from huiyin.cases.queries.bulk import (
    bulk_of,
    bulks_of,
    may_undo,
    preview_of,
    progress_of,
    refused_items,
    refused_reasons,
)
from huiyin.cases.queries.change_words import reason_said
from huiyin.cases.queries.queue import CaseFilter
from huiyin.foundation import clock
from huiyin.foundation.api import ApiRequest, answers, call_of_api, needs, outcome
from huiyin.kernel.words import Message

router = Router(tags=["cases: many in one go"])


class ChooseIn(Schema):
    """Which cases are meant: those named, or everything a list shows at this moment."""

    ids: list[int] = Field(default_factory=list, max_length=10_000)
    everything: CasesIn | None = None


class ChangesIn(Schema):
    """What is to be done, step by step: ``{"do": "assign", "staff_id": 7}``; GET /cases/macros shows more of them."""

    changes: list[dict[str, Any]] = Field(max_length=12)


class StartIn(Schema):
    """Over the company's safety stop the number of chosen cases must be given."""

    typed: int | None = None


class ReasonOut(Schema):
    """Why so many cases are not changed."""

    why: str
    cases: int


class BulkOut(Schema):
    """A change to many cases of the caller's own; moments are UTC.

    While it is ``choosing``, ``done`` and ``refused`` say what would happen to the cases as they are; later what did.
    """

    id: int
    state: str = Field(description="choosing, waiting, running, done, stopped.")
    changes: list[dict[str, Any]]
    total: int = Field(description="Chosen cases.")
    done: int = Field(description="Cases changed.")
    same: int = Field(description="Cases that were so already.")
    refused: int
    left: int = Field(description="Cases still to do.")
    reasons: list[ReasonOut] = Field(description="Why cases are refused, most frequent first.")
    undoes: int | None = Field(description="The change that this one takes back.")
    may_undo: bool
    undo_until: datetime | None
    begun_at: datetime | None
    ended_at: datetime | None


class RefusedOut(Schema):
    """A case that was not changed, and why."""

    id: int
    number: str
    title: str
    why: str


@router.get("", auth=needs(NEEDS_BULK), response=answers(list[BulkOut]))
def list_bulk_changes(request: ApiRequest) -> list[BulkOut]:
    """The caller's last 20 changes that were started, newest first."""
    return [_out(request, work) for work in bulks_of(request.actor)]


@router.post("", auth=needs(NEEDS_BULK), response=answers(BulkOut, 201))
def choose_many_cases(request: ApiRequest, data: ChooseIn) -> Status[BulkOut]:
    """Keeps which cases are meant; only those in the caller's sight."""
    everything = CaseFilter(**data.everything.dict()) if data.everything else None
    made = outcome(choose_cases, call_of_api(request), ids=data.ids, everything=everything)
    return Status(201, _seen(request, made))


@router.get("/{int:work_id}", auth=needs(NEEDS_BULK), response=answers(BulkOut))
def get_bulk_change(request: ApiRequest, work_id: int) -> BulkOut:
    """What it would do, how far it is, or what came of it."""
    return _seen(request, work_id)


@router.put("/{int:work_id}/changes", auth=needs(NEEDS_BULK), response=answers(BulkOut))
def describe_bulk_change(request: ApiRequest, work_id: int, data: ChangesIn) -> BulkOut:
    """Keeps what is to be done, and answers with what that would do."""
    outcome(describe_bulk, call_of_api(request), bulk_of(request.actor, work_id).pk, changes=data.changes)
    return _seen(request, work_id)


@router.post("/{int:work_id}/start", auth=needs(NEEDS_BULK), response=answers(BulkOut))
def start_bulk_change(request: ApiRequest, work_id: int, data: StartIn) -> BulkOut:
    """Puts it to the worker, with the caller's rights of the moment, case by case."""
    outcome(confirm_bulk, call_of_api(request), bulk_of(request.actor, work_id).pk, typed=data.typed)
    return _seen(request, work_id)


@router.post("/{int:work_id}/stop", auth=needs(NEEDS_BULK), response=answers(BulkOut))
def stop_bulk_change(request: ApiRequest, work_id: int) -> BulkOut:
    """Stops it after the cases that are being changed right now; what is changed stays so."""
    outcome(stop_bulk, call_of_api(request), bulk_of(request.actor, work_id).pk)
    return _seen(request, work_id)


@router.post("/{int:work_id}/undo", auth=needs(NEEDS_BULK), response=answers(BulkOut, 201))
def undo_bulk_change(request: ApiRequest, work_id: int) -> Status[BulkOut]:
    """Takes it back as a change of its own, but for what somebody changed since; answers with that one."""
    made = outcome(undo_bulk, call_of_api(request), bulk_of(request.actor, work_id).pk)
    return Status(201, _seen(request, made))


@router.get("/{int:work_id}/refused", auth=needs(NEEDS_BULK), response=answers(list[RefusedOut]))
def list_refused_cases(request: ApiRequest, work_id: int) -> list[RefusedOut]:
    """Up to 200 cases that were not changed, by number, with why."""
    rows = refused_items(request.actor, bulk_of(request.actor, work_id))
    return [RefusedOut(id=row.case_id, number=row.number, title=row.title, why=reason_said(row.why)) for row in rows]


def _seen(request: ApiRequest, work_id: int) -> BulkOut:
    return _out(request, bulk_of(request.actor, work_id))


def _out(request: ApiRequest, work: BulkWork) -> BulkOut:
    progress = progress_of(work)
    counts: dict[str, Any] = {"done": progress.done, "same": progress.same, "refused": progress.refused}
    reasons: Iterable[tuple[Message, int]] = () if work.state == BulkState.CHOOSING else refused_reasons(work)
    if work.state == BulkState.CHOOSING and work.changes:
        preview = preview_of(request.actor, work)
        counts = {"done": preview.changes, "same": preview.same, "refused": sum(n for _why, n in preview.refused)}
        reasons = preview.refused
    plain = ("state", "changes", "undo_until", "begun_at", "ended_at")
    return BulkOut(
        id=work.pk,
        total=progress.total,
        left=progress.total - progress.behind,
        reasons=[ReasonOut(why=reason_said(why), cases=count) for why, count in reasons],
        undoes=work.undoes_id,
        may_undo=may_undo(work, progress, clock.now()),
        **counts,
        **{name: getattr(work, name) for name in plain},
    )
