"""The API of site visits: appointments, the way to the customer, the log and the report."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from ninja import Field, Query, Router, Schema, Status
from pydantic import AwareDatetime

from huiyin.customers.public import mask_phone
from huiyin.field_service.actions.cancel_visit import cancel_visit
from huiyin.field_service.actions.log import write_down
from huiyin.field_service.actions.move_visit import move_visit
from huiyin.field_service.actions.on_site import arrive, begin, set_out
from huiyin.field_service.actions.plan_visit import plan_visit
from huiyin.field_service.actions.report import Signature, Words, sign_report
from huiyin.field_service.models import SiteVisit
from huiyin.field_service.queries.offers import offers
from huiyin.field_service.queries.visits import case_to_plan, shown_of, visit_seen_by, visits_listed
from huiyin.field_service.rules.checks import Answer
from huiyin.field_service.rules.words import SignWay
from huiyin.field_service.signature import signature_of
from huiyin.foundation import clock
from huiyin.foundation.api import ApiRequest, Cursor, Page, answers, call_of_api, needs, outcome, page_of

PREFIX = "/site-visits"
router = Router(tags=["site visits"])
SEE, PLAN, WORK = (f"field_service.{right}" for right in ("see", "plan", "work"))


class VisitOut(Schema):
    """A site visit; address and phone are masked, moments are UTC."""

    id: int
    number: str
    case_id: int
    engineer_id: int
    state: str = Field(description="planned, on_way, arrived, working, done, cancelled.")
    start_at: datetime
    end_at: datetime
    purpose: str
    contact_name: str
    contact_phone: str
    address: str
    told_way: str = Field(description="sms, email, or empty: the customer has to be told by phone.")
    moved_times: int
    on_way_at: datetime | None
    arrived_at: datetime | None
    begun_at: datetime | None
    ended_at: datetime | None


class PlanIn(Schema):
    """A new appointment; without an end it has the usual length, without an address the customer's main one."""

    case_id: int
    engineer_id: int
    start_at: AwareDatetime
    end_at: AwareDatetime | None = None
    purpose: str = Field("", max_length=500)
    contact_name: str = Field("", max_length=80)
    contact_phone: str = Field("", max_length=30)
    address_id: int | None = None
    address: str = Field("", max_length=400)


class MoveIn(Schema):
    """A new time."""

    start_at: AwareDatetime
    end_at: AwareDatetime | None = None
    reason: str = Field(max_length=300)


class ReasonIn(Schema):
    """Why."""

    reason: str = Field(max_length=300)


class CheckIn(Schema):
    """The answer to a check."""

    given: Literal["yes", "no", "na"]
    note: str = Field("", max_length=200)


class BeginIn(Schema):
    """Every check by its code."""

    checks: dict[str, CheckIn]


class LogIn(Schema):
    """A line of the log."""

    kind: Literal["step", "problem", "tool"]
    text: str = Field(max_length=500)
    opens_case: bool = False


class SignIn(Schema):
    """The report and the customer's signature as a PNG in a data address."""

    found: str = Field(max_length=5000)
    done: str = Field(max_length=5000)
    test: str = Field(max_length=5000)
    tested_with_customer: bool
    cleaned_up: bool = False
    handed_over: str = Field("", max_length=300)
    advice: str = Field("", max_length=5000)
    signed_name: str = Field(max_length=80)
    signature: str


class SlotOut(Schema):
    """A free time of an engineer."""

    engineer_id: int
    skilled: bool
    start_at: datetime
    end_at: datetime


class VisitFilter(Schema):
    """Which visits."""

    tab: Literal["coming", "done", "all"] = "all"
    engineer_id: int | None = None


@router.get("", auth=needs(SEE), response=answers(Page[VisitOut]))
def list_site_visits(request: ApiRequest, which: Query[VisitFilter], cursor: Query[Cursor]) -> Page[VisitOut]:
    """Visits in the caller's sight, latest appointment first."""
    rows = visits_listed(request.actor, which.tab, which.engineer_id)
    return page_of(rows, order=("-start_at", "-id"), cursor=cursor, out=_out)


@router.get("/free/{int:case_id}", auth=needs(PLAN), response=answers(list[SlotOut]))
def list_free_times(request: ApiRequest, case_id: int) -> list[SlotOut]:
    """Free times of engineers for a case."""
    found = offers(case_to_plan(request.actor, case_id), clock.now())
    return [
        SlotOut(engineer_id=offer.engineer.pk, skilled=offer.skilled, start_at=slot.start, end_at=slot.end)
        for offer in found
        for slot in offer.slots
    ]


@router.post("", auth=needs(PLAN), response=answers(VisitOut, 201))
def make_site_visit(request: ApiRequest, data: PlanIn) -> Any:
    """Makes an appointment; engineer and customer are told."""
    given = data.dict()
    made = outcome(plan_visit, call_of_api(request), given.pop("case_id"), **given)
    return Status(201, _seen(request, made))


@router.get("/{int:visit_id}", auth=needs(SEE), response=answers(VisitOut))
def get_site_visit(request: ApiRequest, visit_id: int) -> VisitOut:
    """One visit."""
    return _seen(request, visit_id)


@router.post("/{int:visit_id}/move", auth=needs(PLAN), response=answers(VisitOut))
def move_site_visit(request: ApiRequest, visit_id: int, data: MoveIn) -> VisitOut:
    """Moves an appointment that has not begun."""
    outcome(move_visit, call_of_api(request), visit_id, **data.dict())
    return _seen(request, visit_id)


@router.post("/{int:visit_id}/cancel", auth=needs(PLAN), response=answers(VisitOut))
def cancel_site_visit(request: ApiRequest, visit_id: int, data: ReasonIn) -> VisitOut:
    """Calls an appointment off."""
    outcome(cancel_visit, call_of_api(request), visit_id, reason=data.reason)
    return _seen(request, visit_id)


@router.post("/{int:visit_id}/set-out", auth=needs(WORK), response=answers(VisitOut))
def set_out_to_visit(request: ApiRequest, visit_id: int) -> VisitOut:
    """The engineer sets out."""
    outcome(set_out, call_of_api(request), visit_id)
    return _seen(request, visit_id)


@router.post("/{int:visit_id}/arrive", auth=needs(WORK), response=answers(VisitOut))
def arrive_at_visit(request: ApiRequest, visit_id: int) -> VisitOut:
    """The engineer is on site."""
    outcome(arrive, call_of_api(request), visit_id)
    return _seen(request, visit_id)


@router.post("/{int:visit_id}/begin", auth=needs(WORK), response=answers(VisitOut))
def begin_visit(request: ApiRequest, visit_id: int, data: BeginIn) -> VisitOut:
    """Begins the work once every check is answered."""
    checks = {code: Answer(each.given, each.note) for code, each in data.checks.items()}
    outcome(begin, call_of_api(request), visit_id, checks=checks)
    return _seen(request, visit_id)


@router.post("/{int:visit_id}/log", auth=needs(WORK), response=answers(VisitOut))
def log_on_visit(request: ApiRequest, visit_id: int, data: LogIn) -> VisitOut:
    """Writes a step, a tool or a new problem down."""
    outcome(write_down, call_of_api(request), visit_id, **data.dict())
    return _seen(request, visit_id)


@router.post("/{int:visit_id}/sign", auth=needs(WORK), response=answers(VisitOut))
def sign_visit(request: ApiRequest, visit_id: int, data: SignIn) -> VisitOut:
    """The customer signs the report; it is frozen, and the case finished unless something else of it is open."""
    given = data.dict()
    name, picture = given.pop("signed_name"), signature_of(given.pop("signature"))
    outcome(sign_report, call_of_api(request), visit_id, Words(**given), Signature(name, picture, SignWay.DRAWN))
    return _seen(request, visit_id)


def _seen(request: ApiRequest, visit_id: int) -> VisitOut:
    return _out(visit_seen_by(request.actor, visit_id))


def _out(visit: SiteVisit) -> VisitOut:
    own = {name: getattr(visit, name) for name in VisitOut.model_fields}
    return VisitOut(**own | {"address": shown_of(visit).address, "contact_phone": mask_phone(visit.contact_phone)})
