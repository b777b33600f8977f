"""Tells one customer's browser from another's: a random mark in a cookie, of which only the hash is kept."""

from __future__ import annotations

import hashlib
import secrets

from django.http import HttpRequest, HttpResponse

COOKIE = "hy_device"
YEAR = 365 * 24 * 3600
LONGEST = 64


def device_of(request: HttpRequest) -> str:
    """What tells this browser from others; "" where it keeps no cookies, or not yet."""
    mark = request.COOKIES.get(COOKIE, "")
    return hashlib.sha256(mark.encode()).hexdigest() if 0 < len(mark) <= LONGEST else ""


def marked(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The response with a mark for a browser that has none."""
    if not device_of(request):
        response.set_cookie(
            COOKIE, secrets.token_urlsafe(24), max_age=YEAR, httponly=True, samesite="Lax", secure=request.is_secure()
        )
    return response
