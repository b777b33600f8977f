"""Which visits to one customer are made in one call, and which of them leads it (VIS-15)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from huiyin.kernel.windows import OpenWindow


@dataclass(frozen=True)
class Due:
    """An open visit as far as making it with others goes; its customer is the same as theirs.

    ``merges``: its policy allows it, and its first way is the phone. ``owed``: it stands outside the draw. ``agreed``:
    its day was agreed with the customer, so it is never made before. ``not_agent`` must not make it. ``place`` is the
    call window it is planned into so far, ``policy`` the key of its kind's version.
    """

    id: int
    kind: str
    due_from: datetime
    due_by: datetime
    owed: bool = False
    merges: bool = True
    agreed: bool = False
    department: int | None = None
    skill: str = ""
    not_agent: int | None = None
    place: tuple[datetime, datetime] | None = None
    policy: int = 0


@dataclass(frozen=True)
class Means:
    """With what it is decided: the call windows ahead, and the minimum gap between two contacts."""

    windows: Sequence[OpenWindow]
    gap: timedelta


@dataclass(frozen=True)
class OneCall:
    """Visits that are made in one call; ``leader`` has its place, its opening and its closing."""

    leader: Due
    others: tuple[Due, ...]

    @property
    def skill(self) -> str:
        """The skill that one of them asks for; "": none does."""
        return next((each.skill for each in (self.leader, *self.others) if each.skill), "")

    @property
    def asks_for_skill(self) -> int:
        """The policy that asks for it; 0: none does."""
        return next((each.policy for each in (self.leader, *self.others) if each.skill), 0)

    @property
    def not_agent(self) -> int | None:
        """Who must not make the call."""
        return next((each.not_agent for each in (self.leader, *self.others) if each.not_agent), None)


def leads_before(visit: Due) -> tuple[bool, bool, datetime, int]:
    """The order of leading: what is owed before what is drawn, what has been drawn before what waits, then what is
    due first."""
    return not visit.owed, not visit.owed and visit.place is None, visit.due_by, visit.id


def calls_of(visits: Iterable[Due], means: Means) -> tuple[OneCall, ...]:
    """The visits that fall together, in as few calls as the rules allow; who is made alone is in none.

    Each call has one visit of a kind. All may be merged, belong to the same department, ask for the same skill and
    keep at most one person away. A call window ahead, or the leader's place, lies in the time of all of them.
    """
    waiting = sorted((each for each in visits if each.merges), key=leads_before)
    calls = []
    while waiting:
        leader, *rest = waiting
        others: list[Due] = []
        for each in rest:
            if joins([leader, *others], each, means):
                others.append(each)
        waiting = [each for each in rest if each not in others]
        if others:
            calls.append(OneCall(leader, tuple(others)))
    return tuple(calls)


def joins(call: Sequence[Due], newcomer: Due, means: Means) -> bool:
    """Whether a visit can be made in the call of these (the leader comes first)."""
    every = [*call, newcomer]
    return (
        all(each.merges for each in every)
        and newcomer.kind not in {each.kind for each in call}
        and max(_demands(every)) <= 1
        and _have_time_in_common(call[0], every[1:], means)
    )


def _demands(visits: Sequence[Due]) -> tuple[int, int, int]:
    """How many departments, skills, and people to keep away the visits name."""
    return (
        len({each.department for each in visits} - {None}),
        len({each.skill for each in visits} - {""}),
        len({each.not_agent for each in visits} - {None}),
    )


def _have_time_in_common(leader: Due, others: Sequence[Due], means: Means) -> bool:
    ends = [each.due_by for each in others if not _is_late(each, means)]
    begins = [each.due_from for each in others if not pulled_ahead(leader, each, means.gap)]
    if leader.place:
        start, end = leader.place
        return all(moment <= start for moment in begins) and all(end <= moment for moment in ends)
    begins.append(leader.due_from)
    if not _is_late(leader, means):
        ends.append(leader.due_by)
    return any(max(begins) <= window.start and (not ends or window.end <= min(ends)) for window in means.windows)


def pulled_ahead(leader: Due, other: Due, gap: timedelta) -> bool:
    """Whether all of a visit's time lies after the leader's, yet within the gap that must follow a contact.

    Made alone it would fall due while the customer may not be called again, so it is made early with the leader.
    A day agreed with the customer is kept.
    """
    return not other.agreed and other.due_from >= leader.due_by and other.due_by <= leader.due_by + gap


def _is_late(visit: Due, means: Means) -> bool:
    """Whether an owed visit has no call window left in its time: it is made as early as possible after it."""
    inside = (visit.due_from <= window.start and window.end <= visit.due_by for window in means.windows)
    return visit.owed and not any(inside)


def time_of_call(leader: Due, others: Iterable[Due], gap: timedelta) -> tuple[datetime, datetime]:
    """From when and until when the call suits all its visits."""
    timely = [leader, *(each for each in others if not pulled_ahead(leader, each, gap))]
    return max(each.due_from for each in timely), min(each.due_by for each in timely)
