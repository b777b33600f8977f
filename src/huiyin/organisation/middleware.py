"""Puts the person behind a request on it as an actor, with language and time zone in force."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable

from django.http import HttpResponse
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject

from huiyin.foundation.pages import Request
from huiyin.kernel.actor import NOBODY, Actor
from huiyin.organisation.models import Staff
from huiyin.organisation.queries.people import actor_of


class PersonMiddleware:
    """Sets ``request.actor`` (lazily) and the person's language and zone."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        """Answers in the person's language and zone; strangers get the browser's language and the company's zone."""
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[assignment]  # a lazy Actor
        if "sessionid" not in request.COOKIES or not isinstance(request.user, Staff):
            return self.get_response(request)
        request.LANGUAGE_CODE = request.user.language
        with (
            translation.override(request.user.language),
            timezone.override(zoneinfo.ZoneInfo(request.user.time_zone)),
        ):
            return self.get_response(request)


def _actor(request: Request) -> Actor:
    user = request.user
    return actor_of(user) if isinstance(user, Staff) and user.is_active else NOBODY
