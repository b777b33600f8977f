"""The API of gift lists: handing in, results, errors."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from ninja import Field, Query, Router, Schema, Status

from huiyin.customers.public import mask_phone, normal_phone
from huiyin.foundation.api import ApiRequest, Cursor, Page, answers, call_of_api, needs, outcome, page_of
from huiyin.foundation.forms import say
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.promotions.actions.make_list import add_lines, make_list
from huiyin.promotions.actions.mend import mend_error
from huiyin.promotions.actions.sign import sign_list
from huiyin.promotions.actions.submit import submit_list
from huiyin.promotions.actions.verify import close_error, return_error
from huiyin.promotions.models import GiftError, GiftLine, GiftList
from huiyin.promotions.queries.errors import error_seen_by, errors_seen
from huiyin.promotions.queries.lists import NEWEST_FIRST, counts_of, lines_of, list_seen_by, lists_seen, store_called
from huiyin.promotions.queries.sheet import sheet_of
from huiyin.promotions.rules.lines import MOST_QUANTITY, LineDraft
from huiyin.promotions.rules.sheet import to_json
from huiyin.promotions.rules.words import Check

PREFIX = "/promotions"
router = Router(tags=["promotions"])
SEE, HAND_IN, MEND, CHECK, SIGN = (f"promotions.{right}" for right in ("see", "hand_in", "mend", "check", "sign"))


class LineIn(Schema):
    """One gift to one person; a phone that cannot be reached is kept and told."""

    name: str = Field(max_length=80)
    phone: str = Field("", max_length=40)
    gift: str = Field(max_length=100)
    value: Decimal = Field(ge=0, lt=10**8, decimal_places=2, description="Of one, in yuan.")
    quantity: int = Field(1, ge=1, le=MOST_QUANTITY)
    given_on: date
    purchase: str = Field("", max_length=80)

    def draft(self) -> LineDraft:
        """The line as the room reads it."""
        number = normal_phone(self.phone)[:40]
        return LineDraft(**{**self.dict(), "name": self.name.strip(), "gift": self.gift.strip(), "number": number})


class ListIn(Schema):
    """A list with its first lines; ``store`` is a code, empty for one's own store."""

    name: str = Field(max_length=80)
    check: Check = Check.GIFTS
    store: str = Field("", max_length=30)
    lines: list[LineIn] = Field(default_factory=list, max_length=2_000)


class LinesIn(Schema):
    """Lines to add."""

    lines: list[LineIn] = Field(min_length=1, max_length=2_000)


class MendIn(Schema):
    """How it came about and what was done, with the evidence."""

    explanation: str = Field(max_length=500)
    evidence: str = Field(max_length=500)


class ReasonIn(Schema):
    """Why."""

    reason: str = Field(max_length=500)


class ListOut(Schema):
    """A list and how far it has come; counts are lines."""

    id: int
    name: str
    check: str
    store_id: int
    state: str = Field(description="draft, submitted, checking, mending, complete, signed.")
    submitted_at: datetime | None
    due_at: datetime | None
    checked_at: datetime | None
    completed_at: datetime | None
    signed_at: datetime | None
    seed: int
    wanted: int
    lines: int
    hindered: int
    answered: int
    real: int
    errors: int
    open_errors: int
    not_reached: int
    digest: str


class LineOut(Schema):
    """A line; the phone is masked."""

    id: int
    position: int
    name: str
    phone: str
    gift: str
    value: Decimal
    quantity: int
    given_on: date
    purchase: str
    hindrance: str = Field(description="Why it cannot be asked about; empty when it can.")
    hindrance_words: str
    standing: str
    rank: int | None
    asked_on: date | None
    customer_id: int | None
    visit_id: int | None
    error_id: int | None


class ErrorOut(Schema):
    """An error; the store owes it until it is closed."""

    id: int
    list_id: int
    line_id: int
    store_id: int
    kind: str
    said: str
    state: str = Field(description="owed, mended, closed.")
    found_at: datetime
    mend_by: datetime
    explanation: str
    evidence: str
    mended_at: datetime | None
    verdict: str
    returned: int
    closed_at: datetime | None
    visit_id: int | None


class ListFilter(Schema):
    """Which lists."""

    tab: Literal["open", "done", "all"] = "all"
    check: Check | None = None


class ErrorFilter(Schema):
    """Which errors."""

    tab: Literal["open", "done"] = "open"


@router.get("/lists", auth=needs(SEE), response=answers(Page[ListOut]))
def list_gift_lists(request: ApiRequest, which: Query[ListFilter], cursor: Query[Cursor]) -> Page[Any]:
    """Lists in the caller's area, newest first."""
    rows = lists_seen(request.actor, {"tab": which.tab, "check": which.check or ""})
    found: Page[Any] = page_of(rows, order=NEWEST_FIRST, cursor=cursor, out=_same)
    counts = counts_of([row.pk for row in found.items])
    return Page(items=[_list(row, counts) for row in found.items], next=found.next)


@router.post("/lists", auth=needs(HAND_IN), response=answers(ListOut, 201))
def make_gift_list(request: ApiRequest, data: ListIn) -> Any:
    """Begins a list; it is handed in by ``submit``. With one line that cannot be kept nothing is."""
    store = store_called(request.actor, data.store)
    if store is None:
        why = message(_("Choose a store of your own area."))
        raise Invalid(why, {"store": why})
    drafts = [line.draft() for line in data.lines]
    made = outcome(make_list, call_of_api(request), name=data.name, check=data.check, store_id=store.pk, lines=drafts)
    return Status(201, _seen(request, made))


@router.get("/lists/{int:list_id}", auth=needs(SEE), response=answers(ListOut))
def get_gift_list(request: ApiRequest, list_id: int) -> ListOut:
    """One list."""
    return _seen(request, list_id)


@router.get("/lists/{int:list_id}/lines", auth=needs(SEE), response=answers(Page[LineOut]))
def list_gift_lines(request: ApiRequest, list_id: int, cursor: Query[Cursor], which: str = "") -> Page[LineOut]:
    """A list's lines; ``which``: drawn, errors, hindered, or all."""
    rows = lines_of(list_seen_by(request.actor, list_id), which)
    return page_of(rows, order=("position",), cursor=cursor, out=_line)


@router.post("/lists/{int:list_id}/lines", auth=needs(HAND_IN), response=answers(ListOut))
def add_gift_lines(request: ApiRequest, list_id: int, data: LinesIn) -> ListOut:
    """Adds lines to a list that is not handed in; all or none."""
    outcome(add_lines, call_of_api(request), list_id, [line.draft() for line in data.lines])
    return _seen(request, list_id)


@router.post("/lists/{int:list_id}/submit", auth=needs(HAND_IN), response=answers(ListOut))
def submit_gift_list(request: ApiRequest, list_id: int) -> ListOut:
    """Hands a list in: it cannot be changed any more, and customer service owes the answer."""
    outcome(submit_list, call_of_api(request), list_id)
    return _seen(request, list_id)


@router.post("/lists/{int:list_id}/sign", auth=needs(SIGN), response=answers(ListOut))
def sign_gift_list(request: ApiRequest, list_id: int) -> ListOut:
    """Signs a checked list off."""
    outcome(sign_list, call_of_api(request), list_id)
    return _seen(request, list_id)


@router.get("/lists/{int:list_id}/result", auth=needs(SEE), response=answers(dict[str, Any]))
def get_gift_result(request: ApiRequest, list_id: int) -> dict[str, Any]:
    """The result sheet: as signed, or as the list stands; names are masked."""
    return to_json(sheet_of(list_seen_by(request.actor, list_id)))


@router.get("/errors", auth=needs(SEE), response=answers(Page[ErrorOut]))
def list_gift_errors(request: ApiRequest, which: Query[ErrorFilter], cursor: Query[Cursor]) -> Page[ErrorOut]:
    """Errors in the caller's area."""
    rows, order = errors_seen(request.actor, {"tab": which.tab})
    return page_of(rows, order=order, cursor=cursor, out=_error)


@router.get("/errors/{int:error_id}", auth=needs(SEE), response=answers(ErrorOut))
def get_gift_error(request: ApiRequest, error_id: int) -> ErrorOut:
    """One error."""
    return _error(error_seen_by(request.actor, error_id))


@router.post("/errors/{int:error_id}/mend", auth=needs(MEND), response=answers(ErrorOut))
def mend_gift_error(request: ApiRequest, error_id: int, data: MendIn) -> ErrorOut:
    """The store mended; the recipient is asked again."""
    outcome(mend_error, call_of_api(request), error_id, explanation=data.explanation, evidence=data.evidence)
    return get_gift_error(request, error_id)


@router.post("/errors/{int:error_id}/close", auth=needs(CHECK), response=answers(ErrorOut))
def close_gift_error(request: ApiRequest, error_id: int, data: ReasonIn) -> ErrorOut:
    """Closes a mended error by hand."""
    outcome(close_error, call_of_api(request), error_id, note=data.reason)
    return get_gift_error(request, error_id)


@router.post("/errors/{int:error_id}/return", auth=needs(CHECK), response=answers(ErrorOut))
def return_gift_error(request: ApiRequest, error_id: int, data: ReasonIn) -> ErrorOut:
    """Returns a mended error to the store."""
    outcome(return_error, call_of_api(request), error_id, reason=data.reason)
    return get_gift_error(request, error_id)


def _same(row: GiftList) -> GiftList:
    return row


def _seen(request: ApiRequest, list_id: int) -> ListOut:
    gifts = list_seen_by(request.actor, list_id)
    return _list(gifts, counts_of([gifts.pk]))


def _list(gifts: GiftList, counts: dict[int, Any]) -> ListOut:
    counted = counts[gifts.pk]
    names = [name for name in ListOut.model_fields if hasattr(gifts, name) and name not in ("lines", "check")]
    told = {name: getattr(gifts, name) for name in names}
    numbers = ("lines", "hindered", "answered", "real", "errors", "open_errors", "not_reached")
    return ListOut(**told, check=gifts.check_kind, **{name: getattr(counted, name) for name in numbers})


def _line(line: GiftLine) -> LineOut:
    error = getattr(line, "error", None)
    names = [name for name in LineOut.model_fields if hasattr(line, name) and name not in ("phone", "error_id")]
    return LineOut(
        **{name: getattr(line, name) for name in names},
        phone=mask_phone(line.number or line.phone),
        hindrance_words=say(message(line.hindrance_label)) if line.hindrance else "",
        error_id=error.pk if error else None,
    )


def _error(error: GiftError) -> ErrorOut:
    names = [name for name in ErrorOut.model_fields if name != "list_id"]
    return ErrorOut(**{name: getattr(error, name) for name in names}, list_id=error.line.list_id)
