"""Stores, departments, people, shifts, leave, tokens and "who am I" over the API."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Field, Query, Router, Schema
from pydantic import AwareDatetime

from huiyin.foundation.api import ApiRequest, Cursor, Page, answers, call_of_api, needs, outcome, page_of
from huiyin.kernel.actor import Actor
from huiyin.organisation.actions.create_token import create_token
from huiyin.organisation.actions.leave import add_leave
from huiyin.organisation.actions.leave_company import deactivate_person
from huiyin.organisation.actions.revoke_token import revoke_token
from huiyin.organisation.actions.save_department import save_department
from huiyin.organisation.actions.save_person import save_person
from huiyin.organisation.actions.save_store import save_store
from huiyin.organisation.actions.shifts import save_day, save_week
from huiyin.organisation.models import ApiToken, Department, Staff, Store
from huiyin.organisation.queries.structure import (
    departments_seen_by,
    one_of,
    people_seen_by,
    stores_seen_by,
    tokens_seen_by,
)
from huiyin.organisation.rules.roles import Role
from huiyin.organisation.schemas import DayIn, LeaveIn, LeaveOut, ShiftsOut, WeekIn, shifts_of

PREFIX = "/organisation"
router = Router(tags=["organisation"])


class StoreOut(Schema):
    """A shop."""

    id: int
    code: str
    name: str
    size: str
    city: str
    manager_id: int | None
    is_open: bool


class DepartmentOut(Schema):
    """A department."""

    id: int
    code: str
    name: str
    head_id: int | None


class PersonOut(Schema):
    """A person of the company as colleagues see them; no phone number, no address."""

    id: int
    username: str
    name: str
    roles: list[str]
    skills: list[str]
    languages: list[str]
    daily_capacity: int
    department_id: int | None
    store_id: int | None
    is_active: bool


class MeOut(Schema):
    """Who the token or session stands for."""

    id: int
    name: str
    roles: list[str]
    rights: list[str]
    scope: str
    department_ids: list[int]
    store_ids: list[int]
    language: str


@router.get("/me", auth=needs(), response=answers(MeOut))
def who_am_i(request: ApiRequest) -> MeOut:
    """The person behind the request, with rights and scope."""
    return _me(request.actor)


def _me(actor: Actor) -> MeOut:
    return MeOut(
        id=actor.id or 0,
        name=actor.name,
        roles=sorted(actor.roles),
        rights=sorted(actor.rights),
        scope=actor.scope.name.lower(),
        department_ids=sorted(actor.department_ids),
        store_ids=sorted(actor.store_ids),
        language=actor.language,
    )


@router.get("/stores", auth=needs("organisation.see"), response=answers(Page[StoreOut]))
def list_stores(request: ApiRequest, cursor: Query[Cursor]) -> Page[StoreOut]:
    """All stores by code."""
    return page_of(stores_seen_by(request.actor), order=("code",), cursor=cursor, out=StoreOut)


@router.get("/departments", auth=needs("organisation.see"), response=answers(Page[DepartmentOut]))
def list_departments(request: ApiRequest, cursor: Query[Cursor]) -> Page[DepartmentOut]:
    """All departments by code."""
    return page_of(departments_seen_by(request.actor), order=("code",), cursor=cursor, out=DepartmentOut)


@router.get("/people", auth=needs("organisation.see"), response=answers(Page[PersonOut]))
def list_people(request: ApiRequest, cursor: Query[Cursor]) -> Page[PersonOut]:
    """People of the company by staff number, as far as the caller sees."""
    return page_of(people_seen_by(request.actor), order=("username",), cursor=cursor, out=PersonOut)


Short = Annotated[str, Field(min_length=1, max_length=60)]
Code = Annotated[str, Field(min_length=1, max_length=30)]


class StoreIn(Schema):
    """A store's fields."""

    code: Code
    name: Short
    size: Literal["large", "small"] = "small"
    city: str = Field("", max_length=40)
    manager_id: int | None = None
    is_open: bool = True


class DepartmentIn(Schema):
    """A department's fields."""

    code: Code
    name: Short
    head_id: int | None = None


class PersonIn(Schema):
    """A person's fields."""

    username: Short
    name: Short
    roles: list[Role]
    email: str = Field("", max_length=254)
    phone: str = Field("", max_length=30)
    department_id: int | None = None
    store_id: int | None = None
    skills: list[Annotated[str, Field(max_length=40)]] = []
    languages: list[Annotated[str, Field(max_length=10)]] = []
    daily_capacity: int = Field(50, ge=0, le=500)


class LeavingIn(Schema):
    """Who takes over the open work."""

    successor_id: int | None = None


class TokenIn(Schema):
    """For whom a token acts and what it may do; no scopes: all rights of the person."""

    staff_id: int
    name: Short
    scopes: list[str] = []
    expires_at: AwareDatetime | None = None


class TokenOut(Schema):
    """A token without its secret."""

    id: int
    name: str
    staff_id: int
    scopes: list[str]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None


class NewTokenOut(Schema):
    """A token's secret, told this once; empty when the same request came before."""

    secret: str


@router.post("/stores", auth=needs("organisation.change"), response=answers(StoreOut, 201))
def create_store(request: ApiRequest, data: StoreIn) -> tuple[int, Store]:
    """Makes a store."""
    pk = outcome(save_store, call_of_api(request), None, **data.dict())
    return 201, one_of(stores_seen_by(request.actor), pk)


@router.put("/stores/{int:store_id}", auth=needs("organisation.change"), response=answers(StoreOut))
def change_store(request: ApiRequest, store_id: int, data: StoreIn) -> Store:
    """Changes a store."""
    outcome(save_store, call_of_api(request), store_id, **data.dict())
    return one_of(stores_seen_by(request.actor), store_id)


@router.post("/departments", auth=needs("organisation.change"), response=answers(DepartmentOut, 201))
def create_department(request: ApiRequest, data: DepartmentIn) -> tuple[int, Department]:
    """Makes a department."""
    pk = outcome(save_department, call_of_api(request), None, **data.dict())
    return 201, one_of(departments_seen_by(request.actor), pk)


@router.put("/departments/{int:department_id}", auth=needs("organisation.change"), response=answers(DepartmentOut))
def change_department(request: ApiRequest, department_id: int, data: DepartmentIn) -> Department:
    """Changes a department."""
    outcome(save_department, call_of_api(request), department_id, **data.dict())
    return one_of(departments_seen_by(request.actor), department_id)


@router.post("/people", auth=needs("organisation.change"), response=answers(PersonOut, 201))
def create_person(request: ApiRequest, data: PersonIn) -> tuple[int, Staff]:
    """Takes a person in; a password is given out on the person's page."""
    pk = outcome(save_person, call_of_api(request), None, **data.dict())
    return 201, one_of(people_seen_by(request.actor), pk)


@router.put("/people/{int:staff_id}", auth=needs("organisation.change"), response=answers(PersonOut))
def change_person(request: ApiRequest, staff_id: int, data: PersonIn) -> Staff:
    """Changes a person."""
    outcome(save_person, call_of_api(request), staff_id, **data.dict())
    return one_of(people_seen_by(request.actor), staff_id)


@router.post("/people/{int:staff_id}/leave", auth=needs("organisation.change"), response=answers(LeaveOut, 201))
def note_leave(request: ApiRequest, staff_id: int, data: LeaveIn) -> tuple[int, LeaveOut]:
    """Notes days off."""
    pk = outcome(add_leave, call_of_api(request), staff_id, **data.dict())
    return 201, LeaveOut(id=pk, **data.dict())


@router.get("/people/{int:staff_id}/shifts", auth=needs("organisation.see"), response=answers(ShiftsOut))
def get_shifts(request: ApiRequest, staff_id: int) -> ShiftsOut:
    """The shifts of a person; an empty week: as the company's calendar says."""
    one_of(people_seen_by(request.actor), staff_id)
    return shifts_of(staff_id)


@router.put("/people/{int:staff_id}/shifts", auth=needs("organisation.change"), response=answers(ShiftsOut))
def change_shifts(request: ApiRequest, staff_id: int, data: WeekIn) -> ShiftsOut:
    """Changes the week that repeats, Monday first, like ``8:30-12:00, 13:00-17:30``."""
    outcome(save_week, call_of_api(request), staff_id, week=data.week)
    return shifts_of(staff_id)


@router.put("/people/{int:staff_id}/shifts/{day}", auth=needs("organisation.change"), response=answers(ShiftsOut))
def change_shifts_of_day(request: ApiRequest, staff_id: int, day: date, data: DayIn) -> ShiftsOut:
    """Changes the shifts of one day that is different; empty takes it back."""
    outcome(save_day, call_of_api(request), staff_id, day=day, shifts=data.shifts)
    return shifts_of(staff_id)


@router.post("/people/{int:staff_id}/deactivate", auth=needs("organisation.change"), response=answers(PersonOut))
def end_access(request: ApiRequest, staff_id: int, data: LeavingIn) -> Staff:
    """Ends a person's access; open work goes to the successor."""
    outcome(deactivate_person, call_of_api(request), staff_id, successor_id=data.successor_id)
    return one_of(people_seen_by(request.actor), staff_id)


@router.get("/tokens", auth=needs("tokens.create"), response=answers(Page[TokenOut]))
def list_tokens(request: ApiRequest, cursor: Query[Cursor]) -> Page[TokenOut]:
    """All tokens, newest first."""
    return page_of(tokens_seen_by(request.actor), order=("-id",), cursor=cursor, out=TokenOut)


@router.post("/tokens", auth=needs("tokens.create"), response=answers(NewTokenOut, 201))
def make_token(request: ApiRequest, data: TokenIn) -> tuple[int, NewTokenOut]:
    """Makes a token; its secret is in this answer and nowhere else."""
    made = outcome(create_token, call_of_api(request), **data.dict())
    return 201, NewTokenOut(secret=made[1] if isinstance(made, tuple) else "")


@router.post("/tokens/{int:token_id}/revoke", auth=needs("tokens.create"), response=answers(TokenOut))
def end_token(request: ApiRequest, token_id: int) -> ApiToken:
    """Ends a token at once."""
    outcome(revoke_token, call_of_api(request), token_id)
    return one_of(tokens_seen_by(request.actor), token_id)
