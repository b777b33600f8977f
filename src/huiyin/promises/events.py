"""What the ledger tells the rooms above."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class StepTaken:
    """One step of one promise: ``warn``, ``breach`` or ``escalate``, and the staff to be told."""

    promise_id: int
    kind: str
    title: str
    subject: str
    subject_id: int
    step: str
    staff_ids: tuple[int, ...]


@dataclass(frozen=True)
class PromisesHandedOver:
    """Promises changed hands because their owner, ``absent``, is away; ``to`` None: back to the department or store."""

    absent: str
    to: int | None
    promise_ids: tuple[int, ...]


@dataclass(frozen=True)
class PromisesStepped:
    """A batch of steps taken by one pass of the sweep."""

    steps: tuple[StepTaken, ...]
