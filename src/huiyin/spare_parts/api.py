"""The API of spare parts: catalogue, stock, needs, ledger."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from ninja import Field, Query, Router, Schema, Status

from huiyin.foundation.api import ApiRequest, Cursor, Page, answers, call_of_api, needs, outcome, page_of
from huiyin.spare_parts.actions.catalogue import save_part
from huiyin.spare_parts.actions.correct import count_parts, scrap_parts
from huiyin.spare_parts.actions.handling import give_back_parts, issue_parts, release_parts, use_parts
from huiyin.spare_parts.actions.receive import receive_parts
from huiyin.spare_parts.actions.transfer import transfer_parts
from huiyin.spare_parts.models import Movement, Need, Part
from huiyin.spare_parts.queries.books import faults_of_books
from huiyin.spare_parts.queries.needs import need_seen, needs_listed
from huiyin.spare_parts.queries.stock import ORDER, held, movements_of, part_seen, parts_listed, places_all, stock_of
from huiyin.spare_parts.rules.places import USUAL_UNIT

PREFIX = "/spare-parts"
router = Router(tags=["spare parts"])
SEE, KEEP, MOVE, HANDLE = (f"spare_parts.{right}" for right in ("see", "keep", "move", "handle"))


class PartIn(Schema):
    """A part of the catalogue; ``price`` in yuan a unit, ``lead_days`` working days until more comes."""

    number: str = Field(max_length=40)
    name: str = Field(max_length=120)
    name_en: str = Field("", max_length=120)
    unit: str = Field(USUAL_UNIT, max_length=20)
    price: Decimal = Field(Decimal(0), ge=0, lt=10**8, decimal_places=2)
    lead_days: int = Field(3, ge=1, le=365)
    in_use: bool = True


class PartOut(PartIn):
    """A part and what there is of it over all places."""

    id: int
    free: Decimal
    reserved: Decimal
    issued: Decimal
    low: bool = Field(description="Less is free somewhere than there should be.")


class StockOut(Schema):
    """What lies at one place."""

    place_id: int
    free: Decimal
    reserved: Decimal
    issued: Decimal
    least: Decimal


class PlaceOut(Schema):
    """A warehouse or a van."""

    id: int
    code: str
    name: str
    kind: str = Field(description="warehouse, van.")
    store_id: int | None
    holder_id: int | None
    in_use: bool


class MoveIn(Schema):
    """What is booked: for ``transfer`` also where to, for ``count`` the quantity that was counted."""

    kind: Literal["receive", "transfer", "scrap", "count"]
    place_id: int
    to_place_id: int | None = None
    quantity: Decimal = Field(ge=0, le=1_000_000, decimal_places=3)
    reason: str = Field("", max_length=200)


class MovementOut(Schema):
    """One entry of the ledger."""

    id: int
    at: datetime
    kind: str
    part_id: int
    quantity: Decimal
    source: str = Field(description="free, reserved, issued; outside: supplier, customer, scrap, counted.")
    source_place_id: int | None
    target: str
    target_place_id: int | None
    need_id: int | None = Field(description="None also where the need is outside one's area; so its reason is empty.")
    reason: str
    by_id: int | None


class NeedOut(Schema):
    """What something needs; every piece that is wanted stands in exactly one of the quantities."""

    id: int
    subject: str
    subject_id: int | None = Field(description="None where the subject is outside one's area.")
    title: str = Field(description="The number alone, or empty, where the subject is outside one's area.")
    part_id: int
    place_id: int
    state: str = Field(description="missing, reserved, issued, done.")
    wanted: Decimal
    missing: Decimal
    reserved: Decimal
    issued: Decimal
    used: Decimal
    wasted: Decimal
    returned: Decimal
    released: Decimal
    asked_at: datetime


class QuantityIn(Schema):
    """How much; empty for all of it."""

    quantity: Decimal | None = Field(None, gt=0, le=1_000_000, decimal_places=3)
    broken: bool = Field(False, description="Given back as scrap.")


class PartFilter(Schema):
    """Which parts."""

    tab: Literal["all", "low", "gone"] = "all"
    text: str = Field("", max_length=100)
    place: str = ""


class NeedFilter(Schema):
    """Which needs."""

    tab: Literal["missing", "open", "all"] = "open"


class CheckOut(Schema):
    """A balance that is not what the ledger says."""

    place: str
    part: str
    account: str
    booked: Decimal
    kept: Decimal


@router.get("/parts", auth=needs(SEE), response=answers(Page[PartOut]))
def list_parts(request: ApiRequest, which: Query[PartFilter], cursor: Query[Cursor]) -> Page[Any]:  # noqa: ARG001
    """Parts by number with what there is of them."""
    found: Page[Any] = page_of(parts_listed(which.dict()), order=ORDER, cursor=cursor, out=_same)
    there = held([part.pk for part in found.items], which.place)
    return Page(items=[_part(part, there) for part in found.items], next=found.next)


@router.post("/parts", auth=needs("spare_parts.catalogue"), response=answers(PartOut, 201))
def add_part(request: ApiRequest, data: PartIn) -> Any:
    """Enters a part."""
    return Status(201, _seen(outcome(save_part, call_of_api(request), **data.dict())))


@router.get("/parts/{int:part_id}", auth=needs(SEE), response=answers(PartOut))
def get_part(request: ApiRequest, part_id: int) -> PartOut:  # noqa: ARG001 - every operation has it
    """One part."""
    return _seen(part_id)


@router.put("/parts/{int:part_id}", auth=needs("spare_parts.catalogue"), response=answers(PartOut))
def change_part(request: ApiRequest, part_id: int, data: PartIn) -> PartOut:
    """Changes a part."""
    outcome(save_part, call_of_api(request), part_id, **data.dict())
    return _seen(part_id)


@router.get("/parts/{int:part_id}/stock", auth=needs(SEE), response=answers(list[StockOut]))
def get_stock(request: ApiRequest, part_id: int) -> list[Any]:  # noqa: ARG001
    """Where a part lies."""
    return list(stock_of(part_seen(part_id)))


@router.post("/parts/{int:part_id}/movements", auth=needs(MOVE), response=answers(PartOut))
def book_movement(request: ApiRequest, part_id: int, data: MoveIn) -> PartOut:
    """Books a part in, to another place, out as scrap, or a count; ``keep`` is needed for what comes in and counts."""
    call = call_of_api(request)
    where: dict[str, Any] = {"part_id": part_id, "place_id": data.place_id, "reason": data.reason}
    if data.kind == "receive":
        outcome(receive_parts, call, **where, quantity=data.quantity)
    elif data.kind == "transfer":
        outcome(transfer_parts, call, **where, quantity=data.quantity, to_place_id=data.to_place_id or 0)
    elif data.kind == "scrap":
        outcome(scrap_parts, call, **where, quantity=data.quantity)
    else:
        outcome(count_parts, call, **where, counted=data.quantity)
    return _seen(part_id)


@router.get("/movements", auth=needs(SEE), response=answers(Page[MovementOut]))
def list_movements(request: ApiRequest, cursor: Query[Cursor], part_id: int = 0) -> Page[Any]:
    """The ledger, newest first."""
    rows = movements_of(request.actor, part_seen(part_id) if part_id else None)
    return page_of(rows, order=("-id",), cursor=cursor, out=_line)


@router.get("/places", auth=needs(SEE), response=answers(list[PlaceOut]))
def list_part_places(request: ApiRequest) -> list[Any]:  # noqa: ARG001
    """Every place."""
    return list(places_all())


@router.get("/check", auth=needs(SEE), response=answers(list[CheckOut]))
def check_books(request: ApiRequest) -> list[Any]:  # noqa: ARG001
    """Balances that differ from the ledger; an empty list when the books are right."""
    return list(faults_of_books())


@router.get("/needs", auth=needs(SEE), response=answers(Page[NeedOut]))
def list_needs(request: ApiRequest, which: Query[NeedFilter], cursor: Query[Cursor]) -> Page[Any]:
    """What is missing, reserved and out."""
    return page_of(needs_listed(request.actor, which.tab), order=("-id",), cursor=cursor, out=_need)


@router.get("/needs/{int:need_id}", auth=needs(SEE), response=answers(NeedOut))
def get_need(request: ApiRequest, need_id: int) -> NeedOut:
    """One need."""
    return _need(need_seen(request.actor, need_id))


@router.post("/needs/{int:need_id}/issue", auth=needs(HANDLE), response=answers(NeedOut))
def issue_need(request: ApiRequest, need_id: int, data: QuantityIn) -> NeedOut:
    """Hands reserved parts out."""
    outcome(issue_parts, call_of_api(request), need_id, quantity=data.quantity)
    return _need(need_seen(request.actor, need_id))


@router.post("/needs/{int:need_id}/use", auth=needs(HANDLE), response=answers(NeedOut))
def use_need(request: ApiRequest, need_id: int, data: QuantityIn) -> NeedOut:
    """Books issued parts as used at the customer's."""
    outcome(use_parts, call_of_api(request), need_id, quantity=data.quantity)
    return _need(need_seen(request.actor, need_id))


@router.post("/needs/{int:need_id}/give-back", auth=needs(HANDLE), response=answers(NeedOut))
def give_back_need(request: ApiRequest, need_id: int, data: QuantityIn) -> NeedOut:
    """Takes issued parts back, or to scrap."""
    outcome(give_back_parts, call_of_api(request), need_id, quantity=data.quantity, broken=data.broken)
    return _need(need_seen(request.actor, need_id))


@router.post("/needs/{int:need_id}/release", auth=needs("spare_parts.reserve"), response=answers(NeedOut))
def release_need(request: ApiRequest, need_id: int) -> NeedOut:
    """Lets go of what is reserved or missing."""
    outcome(release_parts, call_of_api(request), need_id)
    return _need(need_seen(request.actor, need_id))


def _need(need: Need) -> NeedOut:
    """The need as its reader may know it."""
    told = NeedOut.from_orm(need)
    return told if need.opens else told.model_copy(update={"subject_id": None, "title": need.number})


def _line(move: Movement) -> MovementOut:
    """The entry as its reader may know it."""
    told = MovementOut.from_orm(move)
    return told if move.seen or not move.need_id else told.model_copy(update={"need_id": None, "reason": ""})


def _same(row: Part) -> Part:
    return row


def _seen(part_id: int) -> PartOut:
    return _part(part_seen(part_id), held([part_id]))


def _part(part: Part, there: dict[int, Any]) -> PartOut:
    own = {name: getattr(part, name) for name in (*PartIn.model_fields, "id")}
    return PartOut(**own, **{name: getattr(there[part.pk], name) for name in ("free", "reserved", "issued", "low")})
