"""Puts the person behind a request on it as an actor, with language and time zone in force."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.http import HttpResponse
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject

from huiyin.foundation import clock
from huiyin.foundation.kept import settings_as_of
from huiyin.foundation.pages import Request
from huiyin.kernel.actor import NOBODY, Actor
from huiyin.organisation.models import Staff
from huiyin.organisation.queries.people import actor_of
from huiyin.organisation.queries.tokens import actor_of_token
from huiyin.organisation.sessions import led_in, person_behind

API = "/api/"


class SignedInMiddleware(AuthenticationMiddleware):
    """Django's ``request.user``, taken from the session that was read together with its person."""

    def process_request(self, request: Request) -> None:  # type: ignore[override]  # our request is Django's
        """Puts the person on the request, read when somebody asks."""
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: person_behind(request))  # type: ignore[assignment]  # a lazy person


class PersonMiddleware:
    """Sets ``request.actor`` and the person's language and zone."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        """Answers in the person's language and zone; strangers get the browser's language and the company's zone."""
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[assignment]  # a lazy Actor
        if request.path.startswith(API) and "Authorization" in request.headers:
            return self._by_token(request)
        person = person_behind(request) if "sessionid" in request.COOKIES else None
        if not isinstance(person, Staff):
            return self.get_response(request)
        request.user = person
        request.actor = _actor(request)
        request.LANGUAGE_CODE = person.language
        with (
            translation.override(person.language),
            timezone.override(zoneinfo.ZoneInfo(person.time_zone)),
            settings_as_of(request.session.stamp),  # type: ignore[attr-defined]  # our sessions
        ):
            return self.get_response(request)

    def _by_token(self, request: Request) -> HttpResponse:
        """The API with a bearer token: the token alone says who it is, in the person's language unless asked for."""
        actor = actor_of_token(_secret(request), clock.now()) or NOBODY
        request.actor = actor
        request.by_token = True  # type: ignore[attr-defined]  # known to foundation.api only
        language = translation.get_language() if "Accept-Language" in request.headers else actor.language
        with translation.override(language):
            return self.get_response(request)


def _secret(request: Request) -> str:
    scheme, _space, secret = request.headers["Authorization"].partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""


def _actor(request: Request) -> Actor:
    user = request.user
    if not isinstance(user, Staff) or not user.is_active:
        return NOBODY
    return actor_of(user, led_in(request.session, user))
