"""Says that somebody has a case open, and who else has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import connection

from huiyin.cases.models import Case
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import NotFound

STILL_THERE = timedelta(seconds=50)
STILL_WRITING = timedelta(seconds=60)
_LOOK = """
    INSERT INTO cases_caselook (case_id, staff_id, at) VALUES (%s, %s, %s)
    ON CONFLICT (case_id, staff_id) DO UPDATE SET at = excluded.at
"""
_OTHERS = """
    SELECT p.name, l.wrote_at >= %s FROM cases_caselook l JOIN organisation_staff p ON p.id = l.staff_id
     WHERE l.case_id = %s AND l.staff_id <> %s AND l.at >= %s ORDER BY p.name
"""


@dataclass(frozen=True)
class Here:
    """Somebody else who has the case open, and whether that person is writing."""

    name: str
    writes: bool


@action("cases.look_in")
def look_in(act: Act, case_id: int) -> list[Here]:
    """Keeps that the actor looks at the case, and answers who else does; nothing of the case itself is touched.

    Raises:
        NotFound: the case is out of sight.
    """
    if not Case.objects.visible_to(act.actor).filter(pk=case_id).exists():
        raise NotFound
    me = act.actor.staff_id
    with connection.cursor() as cursor:
        cursor.execute(_LOOK, [case_id, me, act.now])
        cursor.execute(_OTHERS, [act.now - STILL_WRITING, case_id, me, act.now - STILL_THERE])
        return [Here(name, bool(writes)) for name, writes in cursor.fetchall()]
