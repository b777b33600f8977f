"""What no page should have to look after: refusals that no form caught, and addresses that hold a NUL."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render

from huiyin.foundation.forms import say
from huiyin.foundation.pages import Request
from huiyin.kernel.refusal import Refused, Repeated


class PlainAddressMiddleware:
    """PostgreSQL keeps no NUL: no page has one in its address, and what stands behind the "?" is read without it."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        """Passes the request on.

        Raises:
            Http404: the path itself holds one.
        """
        if "\x00" in request.path_info:
            raise Http404
        asked = request.META.get("QUERY_STRING", "")
        if "%00" in asked and not request.path_info.startswith("/api/"):  # the API says what is wrong with a value
            request.GET = QueryDict(asked.replace("%00", ""))
        return self.get_response(request)


class RefusalMiddleware:
    """Answers refusals with their own status and sentence."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        """Passes the request on."""
        return self.get_response(request)

    def process_exception(self, request: Request, error: Exception) -> HttpResponse | None:
        """Renders a refusal; every other error is Django's."""
        if isinstance(error, Repeated):
            return render(request, "shell/repeated.html", status=200)
        if isinstance(error, Refused):
            return render(
                request,
                "shell/refused.html",
                {"why": say(error.why), "status": error.status},
                status=error.status,
            )
        return None
