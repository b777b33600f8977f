"""Where a person came from, as far as it is one of our own pages."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def way_back(request: HttpRequest) -> str:
    """The address in ``next``, else the page that sent the form, else the home page; never another site."""
    for address in (request.POST.get("next"), request.headers.get("Referer")):
        if address and url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure()):
            return address
    return "/"
