"""The API of cases: list, one, open, and every step of the lifecycle as POST /cases/{id}/{step}."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import reduce
from operator import or_
from types import UnionType
from typing import Annotated, Any, get_args, get_type_hints

from ninja import Field, File, Query, Router, Schema, Status, UploadedFile
from pydantic import AwareDatetime, create_model

from huiyin.cases.actions.attach import attach_file
from huiyin.cases.actions.open_case import open_case
from huiyin.cases.actions.steps import STEPS
from huiyin.cases.api_filters import CasesIn
from huiyin.cases.api_parts import PARTS
from huiyin.cases.api_rows import ROW, CaseOut, case_out, case_values
from huiyin.cases.api_writers import WriterOut, writers_on
from huiyin.cases.queries.detail import CaseDetail, case_detail
from huiyin.cases.queries.first_page import listed
from huiyin.cases.queries.queue import CaseFilter
from huiyin.cases.queries.views import view_named
from huiyin.cases.rules.needs import NEEDS
from huiyin.customers.public import mask_email, mask_name, mask_phone
from huiyin.foundation import clock
from huiyin.foundation.api import ApiRequest, Cursor, Page, answers, call_of_api, needs, outcome, own_cursor
from huiyin.foundation.forms import say

PREFIX = "/cases"
MOST_KEY = 2**63 - 1
router = Router(tags=["cases"])
for _path, _part in PARTS:
    router.add_router(_path, _part)


class ClockOut(Schema):
    """A promise of the case."""

    kind: str
    start_at: datetime
    due_at: datetime
    state: str = Field(description="running, soon, late, paused, kept, kept-late.")
    settled_at: datetime | None


class TalkOut(Schema):
    """One entry of the conversation."""

    at: datetime
    side: str = Field(description="customer, ours, note or event.")
    who: str
    text: str
    label: str


class PlanStepOut(Schema):
    """A step of the plan; ``task`` is there once the plan has begun, ``done_at`` when it was done."""

    what: str
    person: str
    department: str
    due_on: date | None
    cost: Decimal
    risk: str
    result: str
    internal: bool
    task: int | None
    done_at: datetime | None


class PlanOut(Schema):
    """The newest plan; ``steps`` is what the customer reads, ``rows`` what we do."""

    version: int
    steps: str
    rows: list[PlanStepOut]
    why: str
    due_at: datetime
    cost: Decimal
    risk: str
    result: str
    sent_at: datetime | None
    answer: str
    way: str


class FileOut(Schema):
    """A file kept with the case; ``size`` in bytes."""

    id: int
    name: str
    size: int


class StepOut(Schema):
    """A step that is possible now; ``why_not`` says what still holds it back."""

    step: str
    label: str
    why_not: str


class CaseDetailOut(CaseOut):
    """A case with everything around it."""

    description: str
    wish: str
    product_name: str
    serial: str
    severity: str
    reach: str
    emotion: str
    level_reason: str
    reporter_name: str
    reporter_phone: str
    reporter_email: str
    policy: str
    clocks: list[ClockOut]
    talk: list[TalkOut]
    plan: PlanOut | None
    files: list[FileOut]
    steps: list[StepOut]
    writers: list[WriterOut]


class CaseIn(Schema):
    """A new case; moments with offset."""

    kind: str
    topic: str
    channel: str = "app"
    description: str = Field(max_length=20_000)
    title: str = Field("", max_length=200)
    customer_id: int | None = None
    reporter_name: str = Field("", max_length=80)
    reporter_phone: str = Field("", max_length=30)
    reporter_email: str = Field("", max_length=254)
    emotion: str = ""
    severity: str = ""
    reach: str = ""
    level: str | None = None
    happened_at: AwareDatetime | None = None
    product_name: str = Field("", max_length=120)
    serial: str = Field("", max_length=80)
    frequency: str = Field("", max_length=200)
    wanted_by: date | None = None
    wish: str = Field("", max_length=5_000)


@router.get("", auth=needs("cases.see"), response=answers(Page[CaseOut]))
def list_cases(request: ApiRequest, wanted: Query[CasesIn], cursor: Query[Cursor]) -> Page[CaseOut]:
    """Cases in the caller's sight that a view shows, in the view's order; views are told by GET /cases/views."""
    view = view_named(request.actor, wanted.tab)
    chosen, now = CaseFilter(**wanted.dict()), clock.now()
    with own_cursor():
        found = listed(request.actor, chosen, view, now, names=ROW, size=cursor.size, after=cursor.after)
    return Page(items=[case_out(row) for row in found.rows], next=found.next)


@router.get("/{int:case_id}", auth=needs("cases.see"), response=answers(CaseDetailOut))
def get_case(request: ApiRequest, case_id: int) -> CaseDetailOut:
    """One case with its clocks, conversation, plan and next steps."""
    return detail_out(case_detail(request.actor, case_id, clock.now()))


@router.post("", auth=needs(NEEDS["open"]), response=answers(CaseDetailOut, 201))
def create_case(request: ApiRequest, data: CaseIn) -> Status[CaseDetailOut]:
    """Opens a case; the customer is told the number at once when an address is known."""
    case_id = outcome(open_case, call_of_api(request), **data.dict())
    return Status(201, detail_out(case_detail(request.actor, case_id, clock.now())))


@router.post("/{int:case_id}/files", auth=needs(NEEDS["attach"]), response=answers(CaseDetailOut, 201))
def attach_case_file(request: ApiRequest, case_id: int, upload: File[UploadedFile]) -> Status[CaseDetailOut]:
    """Keeps a file with a case."""
    outcome(attach_file, call_of_api(request), case_id, upload=upload)
    return Status(201, detail_out(case_detail(request.actor, case_id, clock.now())))


def detail_out(detail: CaseDetail) -> CaseDetailOut:
    """A case with everything around it."""
    case, now = detail.case, clock.now()
    words = ("description", "wish", "product_name", "serial", "severity", "reach", "emotion", "level_reason")
    return CaseDetailOut(
        **case_values(case, detail.reach.known_as),
        **{name: getattr(case, name) for name in words},
        reporter_name=mask_name(case.reporter_name),
        reporter_phone=mask_phone(case.reporter_phone),
        reporter_email=mask_email(case.reporter_email),
        policy=f"{case.policy} v{case.policy_version}",
        clocks=[
            ClockOut(
                kind=promise.kind,
                start_at=promise.start_at,
                due_at=promise.due_at,
                state=promise.clock(now),
                settled_at=promise.settled_at,
            )
            for promise in detail.clocks
        ],
        talk=[TalkOut(at=one.at, side=one.side, who=one.who, text=one.text, label=one.label) for one in detail.talk],
        plan=PlanOut.from_orm(detail.plan) if detail.plan else None,
        files=[FileOut(id=file.pk, name=file.name, size=file.size) for file in detail.files],
        steps=[
            StepOut(step=path_of(offer.verb), label=offer.label, why_not=say(offer.why_not) if offer.why_not else "")
            for offer in (*detail.steps, *detail.asides)
        ],
        writers=writers_on(case.pk),
    )


def path_of(verb: str) -> str:
    """A verb as it stands in an address."""
    return verb.replace("_", "-")


def body_of(verb: str, action: Callable[..., Any]) -> type[Schema]:
    """The body of a step: the keyword arguments of its action."""
    plain = inspect.unwrap(action)
    hints = get_type_hints(plain)
    fields: dict[str, Any] = {
        name: (careful(hints[name]), ... if parameter.default is parameter.empty else parameter.default)
        for name, parameter in inspect.signature(plain).parameters.items()
        if parameter.kind is parameter.KEYWORD_ONLY and name != "source"
    }
    name = "".join(part.capitalize() for part in verb.split("_"))
    return create_model(f"Case{name}In", __base__=Schema, **fields)


def careful(hint: Any) -> Any:
    """The type of a value as it may come from outside: a moment has an offset, a whole number fits into a column."""
    if isinstance(hint, UnionType):
        return reduce(or_, map(careful, get_args(hint)))
    if hint is int:
        return Annotated[int, Field(ge=-MOST_KEY, le=MOST_KEY)]
    return AwareDatetime if hint is datetime else hint


def add_step(verb: str, action: Callable[..., Any]) -> None:
    """Declares ``POST /cases/{id}/<verb>``."""
    body = body_of(verb, action)

    def step(request: ApiRequest, case_id: int, data: Any) -> CaseDetailOut:
        values = {name: getattr(data, name) for name in body.model_fields}
        outcome(action, call_of_api(request), case_id, **values)
        return detail_out(case_detail(request.actor, case_id, clock.now()))

    step.__name__ = f"case_{verb}"
    step.__doc__ = (inspect.getdoc(action) or "").partition("\n\nRaises")[0]
    step.__annotations__ = {"request": ApiRequest, "case_id": int, "data": body, "return": CaseDetailOut}
    right = NEEDS.get(verb, "cases.work")
    router.post(f"/{{int:case_id}}/{path_of(verb)}", auth=needs(right), response=answers(CaseDetailOut))(step)


for _verb, _action in STEPS.items():
    add_step(_verb, _action)
