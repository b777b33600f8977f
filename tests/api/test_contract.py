"""What every operation of every room keeps to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from django.http import HttpResponse
from django.test import Client
from ninja.operation import Operation

from huiyin.api.urls import api
from huiyin.foundation.api import SIGNED_IN, BearerToken
from huiyin.foundation.slots import rights
from tests.api.conftest import Caller
from tests.conftest import Company


def operations() -> Iterator[tuple[str, str, Operation]]:
    """Every operation with its method and address, ids filled in."""
    for bound in api._get_bound_routers():
        for path, view in bound.path_operations.items():
            address = re.sub(r"{[^}]+}", "1", re.sub("/+", "/", f"/{bound.prefix}{path}"))
            for operation in view.operations:
                for method in operation.methods:
                    yield method, address, operation


ALL = [pytest.param(*one, id=f"{one[0]} {one[1]}") for one in operations()]
OPEN_TO_THE_WORLD: set[str] = set()


def right_of(operation: Operation) -> str | None:
    bearer = [one for one in operation.auth_callbacks or [] if isinstance(one, BearerToken)]
    return bearer[0].right if bearer else None


def ask(method: str, address: str, secret: str = "") -> HttpResponse:
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    return Client().generic(method, f"/api/v1{address}", headers=headers)


@pytest.mark.parametrize(("method", "address", "operation"), ALL)
def test_strangers_get_401(db: None, method: str, address: str, operation: Operation) -> None:
    if operation.view_func.__name__ in OPEN_TO_THE_WORLD:
        pytest.skip("open to the world on purpose")
    answer = ask(method, address)
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")
    assert answer["WWW-Authenticate"] == 'Bearer realm="huiyin"'


@pytest.mark.parametrize(("method", "address", "operation"), ALL)
def test_a_token_without_the_right_gets_403(
    caller: Callable[..., Caller], company: Company, method: str, address: str, operation: Operation
) -> None:
    right = right_of(operation)
    if right in (None, SIGNED_IN):
        pytest.skip("needs no particular right")
    other = "organisation.see" if right != "organisation.see" else "organisation.change"
    answer = ask(method, address, caller("administrator", (other,)).secret)
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


@pytest.mark.parametrize(("method", "address", "operation"), ALL)
def test_its_right_exists(method: str, address: str, operation: Operation) -> None:
    known = {right.code for right in rights()} | {SIGNED_IN}
    if operation.view_func.__name__ not in OPEN_TO_THE_WORLD:
        assert right_of(operation) in known


@pytest.mark.parametrize(("method", "address", "operation"), ALL)
def test_it_declares_every_problem(method: str, address: str, operation: Operation) -> None:
    assert {401, 403, 404, 409, 422, 429} <= set(operation.response_models)


def test_operation_ids_are_unique() -> None:
    names = [operation.view_func.__name__ for _method, _address, operation in operations()]
    assert sorted(names) == sorted(set(names))


def test_every_operation_says_what_it_does() -> None:
    silent = [operation.view_func.__name__ for _m, _a, operation in operations() if not operation.view_func.__doc__]
    assert silent == []
