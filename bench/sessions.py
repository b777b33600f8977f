"""Signed-in people, made through the product's own sessions."""

from __future__ import annotations

import secrets
import string
from dataclasses import dataclass, field
from typing import Any

CSRF_LENGTH = 32


@dataclass(frozen=True)
class Session:
    """One person's browser; with ``htmx`` it asks for parts of pages, as while somebody types."""

    staff: int
    number: str
    key: str
    csrf: str = field(default_factory=lambda: _letters(CSRF_LENGTH))
    htmx: bool = False

    @property
    def headers(self) -> dict[str, str]:
        """What the browser sends with every request."""
        plain = {"Cookie": f"sessionid={self.key}; csrftoken={self.csrf}", "Accept-Language": "zh-CN"}
        return plain | ({"HX-Request": "true"} if self.htmx else {})


def sign_in(*numbers: str) -> list[Session]:
    """The sessions of these people, by staff number."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from huiyin.organisation.public import Staff
    from huiyin.organisation.sessions import SessionStore

    people: dict[str, Any] = {person.username: person for person in Staff.objects.filter(username__in=numbers)}
    made = []
    for number in numbers:
        person, store = people[number], SessionStore()
        store[SESSION_KEY] = str(person.pk)
        store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        store[HASH_SESSION_KEY] = person.get_session_auth_hash()
        store.create()
        made.append(Session(person.pk, number, str(store.session_key)))
    return made


def _letters(length: int) -> str:
    return "".join(secrets.choice(string.ascii_letters + string.digits) for _ in range(length))
