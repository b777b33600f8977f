"""The words every room's ``api.py`` uses: the right it needs, its answers, its pages, and repeats.

A room declares ``PREFIX = "/cases"`` and ``router = Router(tags=["cases"])``; an operation reads

.. code-block:: python

    @router.get("", auth=needs("cases.see"), response=answers(Page[CaseOut]))
    def list_cases(request: ApiRequest, cursor: Query[Cursor]) -> Page[CaseOut]:
        return page_of(Case.objects.visible_to(request.actor), order=("-opened_at", "-id"), cursor=cursor, out=CaseOut)


    @router.post("/{int:case_id}/verify", auth=needs("cases.work"), response=answers(CaseOut))
    def verify(request: ApiRequest, case_id: int, data: VerifyIn) -> Case:
        outcome(verify_case, call_of_api(request), case_id, note=data.note)
        return case_seen_by(request.actor, case_id)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from typing import Any, Generic, ParamSpec, TypeVar

from django.conf import settings
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.http.request import RawPostDataException
from ninja import Field, Schema
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from huiyin.foundation import clock
from huiyin.foundation.keyset import FOREIGN, keyset
from huiyin.foundation.pages import Request
from huiyin.kernel.actor import Actor, ActorKind
from huiyin.kernel.call import Call
from huiyin.kernel.refusal import Forbidden, Invalid, Repeated
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

P = ParamSpec("P")
T = TypeVar("T")
M = TypeVar("M", bound=Model)

SIGNED_IN = "signed-in"


class ApiRequest(Request):
    """An authenticated API request; ``by_token`` tells a bearer token from a browser's session."""

    by_token: bool = False


class Problem(Schema):
    """Why a request was not carried out; nothing was changed."""

    code: str = Field(description="Stable word for programs, such as ``conflict``.")
    title: str = Field(description="The kind of problem, in the caller's language.")
    detail: str = Field(description="What is wrong and what to do, in the caller's language.")
    fields: dict[str, str] = Field(default_factory=dict, description="What is wrong with which field.")


PROBLEMS: dict[int, type[Problem]] = dict.fromkeys((401, 403, 404, 409, 422, 429), Problem)


def answers(schema: Any, status: int = 200) -> dict[int, Any]:
    """The declared answers of an operation: ``schema`` (None for no body) with ``status``, and every problem."""
    return {status: schema, **PROBLEMS}


def admitted(request: HttpRequest, right: str) -> Actor | None:
    """The person behind the request; None for strangers.

    Raises:
        Forbidden: the person, or the token, lacks the right.
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]  # put there by PersonMiddleware
    if actor.kind is not ActorKind.STAFF:
        return None
    if right != SIGNED_IN and not actor.may(right):
        raise Forbidden
    return actor


class BearerToken(HttpBearer):
    """``Authorization: Bearer hy_…``; the token's scopes are rights."""

    def __init__(self, right: str) -> None:
        super().__init__()
        self.right = right

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:  # noqa: ARG002 - read by the middleware
        """The token's person, if the token holds the right."""
        return admitted(request, self.right)


class BrowserSession(APIKeyCookie):
    """The signed-in browser, for the docs page and scripts of our own pages; unsafe methods need the CSRF token."""

    param_name = settings.SESSION_COOKIE_NAME

    def __init__(self, right: str) -> None:
        super().__init__()
        self.right = right

    def _get_key(self, request: HttpRequest) -> str | None:
        return request.COOKIES.get(self.param_name)

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        """The signed-in person, if there is one and the request is the browser's own."""
        if key is None or getattr(request, "by_token", False):
            return None
        actor = admitted(request, self.right)
        if actor is not None and check_csrf(request) is not None:
            raise Forbidden(message(_("The page that sent this is too old. Reload it and try again.")))
        return actor


def needs(right: str = SIGNED_IN) -> list[BearerToken | BrowserSession]:
    """The ``auth=`` of an operation: a token or session that holds ``right`` (401 without, 403 when it lacks it)."""
    return [BearerToken(right), BrowserSession(right)]


def call_of_api(request: HttpRequest) -> Call:
    """The call of an action from an API request: its person, the clock, the ``Idempotency-Key`` header."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    once = request.headers.get("Idempotency-Key") or None
    return Call(actor=actor, now=clock.now(), once=once, body=_digest(request) if once else "")


def _digest(request: HttpRequest) -> str:
    """What was asked for, as SHA-256: method, address and body; of a form its fields, its files by name and size."""
    try:
        sent = request.body
    except RawPostDataException:  # a form with files was read as it came in
        fields = sorted((name, values) for name, values in request.POST.lists())
        files = [(name, each.name, each.size) for name in sorted(request.FILES) for each in request.FILES.getlist(name)]
        sent = repr((fields, files)).encode()
    return sha256(f"{request.method} {request.get_full_path()}\n".encode() + sent).hexdigest()


def outcome(action: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> Any:
    """Runs an action and gives the key of the row it made (or its JSON); a repeat gives the first one's.

    Read the row again by this key, so that the second answer is the same as the first.
    """
    try:
        result = action(*args, **kwargs)
    except Repeated as repeat:
        return repeat.result
    return result.pk if isinstance(result, Model) else result


class Cursor(Schema):
    """Where a page begins and how long it is."""

    after: str | None = Field(None, description="``next`` of the page before.")
    size: int = Field(50, ge=1, le=200, description="Rows on the page.")


class Page(Schema, Generic[T]):
    """One page of rows; ``next`` is the cursor of the following page, null on the last."""

    items: list[T]
    next: str | None = None


def page_of(
    rows: QuerySet[M], *, order: Sequence[str], cursor: Cursor, out: Callable[[M], T] | type[T] | None = None
) -> Page[T]:
    """Pages through ``rows`` by key; ``out`` turns a row into its schema (a Schema class or a function).

    Raises:
        Invalid: the cursor is not one of this list.
    """
    with own_cursor():
        found = keyset(rows, order=order, after=cursor.after, size=cursor.size)
    items: list[Any] = [_out(row, out) for row in found.rows]
    return Page(items=items, next=found.next)


@contextmanager
def own_cursor() -> Iterator[None]:
    """Pages by key inside the block.

    Raises:
        Invalid: the cursor is not one of this list.
    """
    try:
        yield
    except (ValueError, TypeError) as error:
        raise Invalid(message(FOREIGN)) from error


def _out(row: Model, out: Any) -> Any:
    """A row as its schema."""
    if out is None:
        return row
    return out.from_orm(row) if isinstance(out, type) and issubclass(out, Schema) else out(row)
