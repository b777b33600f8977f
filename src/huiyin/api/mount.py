"""Collects the routers of all rooms into one API."""

from __future__ import annotations

from ninja import NinjaAPI, Swagger
from ninja.operation import Operation

from huiyin.api.parser import CarefulParser
from huiyin.api.problems import answer_problems
from huiyin.api.throttle import PerPerson
from huiyin.foundation.api import needs
from huiyin.foundation.discovery import discover

DESCRIPTION = """
Everything a screen of Huiyin can do.

* **Sign in** with `Authorization: Bearer <token>`; tokens are made under *Organisation → API tokens* or with
  `huiyin create-token`. A token's scopes are rights, never more than its person's.
* **Safe to repeat**: send an `Idempotency-Key` header with a POST; the same key acts once and is answered the same;
  with another request it is refused (422).
* **Lists** come in pages: pass `next` of one page as `after` of the following one.
* **Problems** come as `{code, title, detail, fields}` in the caller's language (`Accept-Language`).
* **Health** of web, database and worker: `GET /healthz`.
"""


class HouseApi(NinjaAPI):
    """Ninja's API with operations called by their function's name."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The function's name is the operation's id, unique over all rooms."""
        return operation.view_func.__name__


def build_api() -> NinjaAPI:
    """The API with every room's ``router`` under its ``PREFIX``."""
    api = HouseApi(
        title="Huiyin 回音",
        version="1",
        description=DESCRIPTION,
        urls_namespace="api",
        auth=needs(),
        throttle=PerPerson(),
        parser=CarefulParser(),
        docs=Swagger({"validatorUrl": None, "persistAuthorization": True, "docExpansion": "none", "filter": True}),
    )
    answer_problems(api)
    for room in discover("api"):
        if hasattr(room, "router"):
            api.add_router(room.PREFIX, room.router)
    return api
