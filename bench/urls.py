"""The product's addresses and the empty view."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from huiyin.config.urls import urlpatterns as product


def empty(request: HttpRequest) -> HttpResponse:
    """Nothing, through every middleware."""
    return HttpResponse(status=204)


def signed_in(request: HttpRequest) -> HttpResponse:
    """Nothing, for somebody who is signed in: session, person and rights are read."""
    return HttpResponse(str(request.actor.may("cases.see")))  # type: ignore[attr-defined]


urlpatterns = [path("bench/empty", empty), path("bench/signed-in", signed_in), *product]
