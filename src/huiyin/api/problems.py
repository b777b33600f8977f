"""Turns whatever goes wrong in the API into a problem that says what to do."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from huiyin.foundation.forms import say
from huiyin.kernel.refusal import Invalid, Refused, Repeated

CODES = {
    400: "bad_request",
    401: "unauthenticated",
    403: "forbidden",
    404: "not_found",
    409: "conflict",
    422: "invalid",
    429: "too_many_requests",
}


def answer_problems(api: NinjaAPI) -> None:
    """Registers an answer for each kind of error."""
    api.exception_handler(Refused)(lambda request, error: _refused(api, request, error))
    api.exception_handler(Repeated)(lambda request, error: _repeated(api, request, error))
    api.exception_handler(ValidationError)(lambda request, error: _invalid(api, request, error))
    api.exception_handler(HttpError)(lambda request, error: _http(api, request, error))
    api.exception_handler(Http404)(lambda request, _error: problem(api, request, 404, _("There is nothing here.")))


def problem(
    api: NinjaAPI, request: HttpRequest, status: int, detail: str, fields: dict[str, str] | None = None
) -> HttpResponse:
    """One problem as JSON."""
    body = {"code": CODES.get(status, "error"), "title": title_of(status), "detail": detail, "fields": fields or {}}
    return api.create_response(request, body, status=status)


def title_of(status: int) -> str:
    """The kind of problem in the caller's language."""
    titles = {
        400: _("The request cannot be read"),
        401: _("Not signed in"),
        403: _("Not allowed"),
        404: _("Not found"),
        409: _("Not possible now"),
        422: _("Wrong values"),
        429: _("Too many requests"),
    }
    return titles.get(status, _("Not carried out"))


def _refused(api: NinjaAPI, request: HttpRequest, error: Refused) -> HttpResponse:
    fields = {name: say(why) for name, why in error.fields.items()} if isinstance(error, Invalid) else {}
    return problem(api, request, error.status, say(error.why), fields)


def _repeated(api: NinjaAPI, request: HttpRequest, error: Repeated) -> HttpResponse:
    """An operation that has no way to give its first answer again says what came of it."""
    response = problem(api, request, 409, _("This was already carried out with the same Idempotency-Key."))
    response["Idempotency-Result"] = str(error.result) if error.result is not None else ""
    return response


def _invalid(api: NinjaAPI, request: HttpRequest, error: ValidationError) -> HttpResponse:
    fields = {_name(one.get("loc", ())): str(one.get("msg", "")) for one in error.errors}
    return problem(api, request, 422, _("Some values are missing or wrong."), fields)


def _name(place: tuple[object, ...]) -> str:
    """``("body", "data", "name")`` → ``name``."""
    parts = place[1:] if place[:1] == ("file",) else place  # a field may be called file as well
    return ".".join(str(part) for part in parts if part not in ("body", "query", "path", "form", "data")) or "body"


def _http(api: NinjaAPI, request: HttpRequest, error: HttpError) -> HttpResponse:
    if isinstance(error, AuthenticationError):
        response = problem(api, request, 401, _("Send a valid token in the Authorization header, or sign in."))
        response["WWW-Authenticate"] = 'Bearer realm="huiyin"'
        return response
    if isinstance(error.__cause__, Refused):  # our parser's refusal, wrapped by ninja
        return _refused(api, request, error.__cause__)
    if isinstance(error, Throttled):
        return problem(api, request, 429, _("Wait a moment before the next request."))
    return problem(api, request, error.status_code, str(error))
