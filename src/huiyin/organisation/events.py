"""What the organisation tells the rooms above."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PersonLeaving:
    """A person is about to be deactivated.

    Rooms that hold open work of ``staff_id`` give it to ``successor_id``, or raise Refused when there is none.
    """

    staff_id: int
    successor_id: int | None
