"""API tests ask with a real token over Django's client."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from huiyin.foundation.calls import system_call
from huiyin.organisation.public import create_token
from tests.conftest import Company


@dataclass
class Caller:
    """Somebody with a token."""

    secret: str

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        """Sends one request under ``/api/v1``."""
        sent = {"data": json.dumps(body), "content_type": "application/json"} if body is not None else {}
        return Client().generic(
            method,
            f"/api/v1{path}",
            **sent,
            headers={"Authorization": f"Bearer {self.secret}", "Accept-Language": "en", **headers},
        )


@pytest.fixture
def caller(company: Company) -> Callable[..., Caller]:
    """Gives a caller with a token of a person; ``scopes`` narrows it."""

    def made(who: str, scopes: tuple[str, ...] = ()) -> Caller:
        _token, secret = create_token(system_call(), staff_id=company.staff[who].pk, name="test", scopes=scopes)
        return Caller(secret)

    return made
