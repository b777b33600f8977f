"""What lies on a person's desk beside a case: who follows it, words not sent yet, and how far the person has read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huiyin.cases.models.drafts import SENDING
from huiyin.foundation.planned import planned_cursor
from huiyin.kernel.actor import Actor


@dataclass(frozen=True)
class Follower:
    """Somebody who follows the case; ``by`` let them."""

    staff_id: int
    name: str
    why: str
    by: int | None


@dataclass(frozen=True)
class Kept:
    """A draft: its fields by name."""

    pk: int
    part: str
    values: Mapping[str, Any]
    version: int
    saved_at: datetime

    @property
    def words(self) -> str:
        """Its longest text, to tell it from others."""
        return max((value for value in self.values.values() if isinstance(value, str)), key=len, default="")


@dataclass(frozen=True)
class Desk:
    """Followers in the order they came; drafts newest first; ``seen`` marks how far others had come with the case."""

    followers: tuple[Follower, ...]
    drafts: tuple[Kept, ...]
    seen: str

    def of(self, part: str) -> list[Kept]:
        """The drafts of one part of the case, newest first."""
        return [draft for draft in self.drafts if draft.part == part]

    def follows(self, staff_id: int | None) -> bool:
        """Whether this person follows the case."""
        return any(one.staff_id == staff_id for one in self.followers)


def desk_of(actor: Actor, case_id: int) -> Desk:
    """The desk of a person in front of a case (one statement)."""
    with planned_cursor() as cursor:
        cursor.execute(_DESK, {"me": actor.id, "case": case_id, "sending": SENDING.total_seconds()})
        followers, drafts, stages, words = cursor.fetchone()
    return Desk(
        tuple(Follower(*one) for one in followers or ()),
        tuple(
            Kept(pk, part, values, version, datetime.fromisoformat(at))
            for pk, part, values, version, at in drafts or ()
        ),
        f"{stages}.{words}",
    )


def seen_now(actor: Actor, case_id: int) -> str:
    """How far others have come with the case."""
    with planned_cursor() as cursor:
        cursor.execute(_SEEN, {"me": actor.id, "case": case_id})
        return "{}.{}".format(*cursor.fetchone())


_MARKS = """
    (SELECT count(*) FROM cases_casestage WHERE case_id = %(case)s AND actor_id IS DISTINCT FROM %(me)s),
    (SELECT count(*) FROM cases_casenote
      WHERE case_id = %(case)s AND kind IN ('said', 'told') AND author_id IS DISTINCT FROM %(me)s)
"""
_SEEN = f"SELECT {_MARKS}"
_DESK = f"""
SELECT
    (SELECT json_agg(json_build_array(w.staff_id, p.name, w.why, w.by_id) ORDER BY w.id)
       FROM cases_casewatcher w JOIN organisation_staff p ON p.id = w.staff_id WHERE w.case_id = %(case)s),
    (SELECT json_agg(json_build_array(d.id, d.part, d.values, d.version, d.saved_at)
                     ORDER BY d.saved_at DESC, d.id DESC)
       FROM cases_draft d WHERE d.case_id = %(case)s AND d.staff_id = %(me)s
        AND NOT EXISTS (
            SELECT FROM cases_casenote n
             WHERE n.case_id = %(case)s AND n.author_id = %(me)s
               AND n.at >= d.saved_at - make_interval(secs => %(sending)s)
               AND n.text = btrim(d.values ->> 'text', E' \\n\\r\\t'))),
{_MARKS}"""  # noqa: S608 - texts of this file
