"""Stores, departments, people and "who am I" over the API."""

from __future__ import annotations

from ninja import Query, Router, Schema

from huiyin.foundation.api import ApiRequest, Cursor, Page, answers, needs, page_of
from huiyin.kernel.actor import Actor
from huiyin.organisation.queries.structure import departments_seen_by, people_seen_by, stores_seen_by

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
