"""What the organisation tells the rooms above."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class PersonLeaving:
    """A person is about to be deactivated.

    Rooms that hold open work of ``staff_id`` give it to ``successor_id``, or raise Refused when there is none.
    """

    staff_id: int
    successor_id: int | None


@dataclass(frozen=True)
class PersonAway:
    """A person is on leave today; told every hour while it lasts.

    Rooms give what ``staff_id`` owes before ``until`` (the leave's end) to ``stand_in_id``, or back to the department
    where there is none. Whoever takes a matter over keeps it. Hearing it again changes nothing.
    """

    staff_id: int
    name: str
    stand_in_id: int | None
    last_day: date
    until: datetime
