"""Sessions that know their person: one statement reads the session, who it is, and what they lead.

Every signed-in page begins with this, so it is one round trip instead of four. Nothing is remembered between requests:
whoever is let go, loses a store or gets another role is seen so with the next request. The stamp of the settings comes
along, so that a page reads settings (:mod:`huiyin.foundation.kept`) once per state of theirs; so do the figures that
stand on every page (:class:`huiyin.foundation.slots.Figure`).
"""

from __future__ import annotations

from functools import cache
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.db import connection
from django.db.models.expressions import RawSQL
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from huiyin.foundation.planned import planned_cursor
from huiyin.foundation.slots import figures
from huiyin.organisation.models import SignIn, Staff
from huiyin.organisation.queries.people import Led

_FIELDS = [field.attname for field in Staff._meta.concrete_fields]
_READ = f"""
    SELECT s.session_data, (SELECT value FROM foundation_settingsstamp WHERE id = 1),
           ARRAY(SELECT id FROM organisation_department WHERE head_id = p.id),
           ARRAY(SELECT id FROM organisation_store WHERE manager_id = p.id),
           ARRAY[{{figures}}]::bigint[],
           {", ".join(f"p.{field.column}" for field in Staff._meta.concrete_fields)}
      FROM organisation_signin s
      LEFT JOIN organisation_staff p ON p.id = s.staff_id AND p.is_active
     WHERE s.session_key = %s AND s.expire_date > %s
"""  # noqa: S608 - columns are the model's own


class SessionStore(DatabaseSessions):
    """Django's sessions in a table of ours, with the person beside the data."""

    person: Staff | None = None
    led: Led | None = None
    figures: dict[str, int] | None = None
    stamp: int | None = None

    @classmethod
    def get_model_class(cls) -> type[SignIn]:
        """The table of sessions."""
        return SignIn

    def create_model_instance(self, data: dict[str, Any]) -> SignIn:
        """The row to store; a session of nobody has no person."""
        row = cast("SignIn", super().create_model_instance(data))
        row.staff_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        return row

    def load(self) -> dict[str, Any]:
        """The session's data; with it come the person, if still active, and what they lead."""
        sql, given = _read()
        with planned_cursor() as cursor:
            cursor.execute(sql, [*given, self.session_key, timezone.now()])
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return {}
        data, self.stamp, departments, stores, counted, *values = row
        if values[0] is not None:
            self.person = Staff.from_db(connection.alias, _FIELDS, values)
            self.led = Led(departments, stores)
            self.figures = dict(zip((figure.name for figure in figures()), counted, strict=True))
        return dict(self.decode(data))


@cache
def _read() -> tuple[str, tuple[Any, ...]]:
    """The statement and the values of its figures, put together once."""
    parts: list[str] = []
    given: list[Any] = []
    for figure in figures():
        rows = figure.rows(RawSQL("p.id", ())).order_by().values("pk")[: figure.to]
        sql, values = rows.query.sql_with_params()
        parts.append(f"(SELECT count(*) FROM ({sql}) AS few)")  # noqa: S608 - our own SQL, values apart
        given += values
    return _READ.format(figures=", ".join(parts)), tuple(given)


def person_behind(request: HttpRequest) -> Staff | AnonymousUser:
    """Who is signed in: the session's person when Django's proof of it holds; in every other case Django decides."""
    session = request.session
    who = session.get(SESSION_KEY)  # reads the session
    person: Staff | None = getattr(session, "person", None)
    if person is not None and who == str(person.pk) and _proves(session, person):
        return person
    return get_user(request)


def _proves(session: Any, person: Staff) -> bool:
    """Signed in by our door, and with the password the person still has."""
    proof = session.get(HASH_SESSION_KEY, "")
    return session.get(BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS and constant_time_compare(
        proof, person.get_session_auth_hash()
    )


def led_in(session: Any, person: Staff) -> Led | None:
    """What the person leads, as it was read with the session; None when the session began with somebody else."""
    return session.led if _began_with(session, person.pk) else None


def figure_of(session: Any, staff_id: int, name: str) -> int | None:
    """A figure about the person, as it was read with the session; None when the session began with somebody else."""
    return session.figures[name] if _began_with(session, staff_id) else None


def _began_with(session: Any, staff_id: int) -> bool:
    known = getattr(session, "person", None)
    return known is not None and known.pk == staff_id
