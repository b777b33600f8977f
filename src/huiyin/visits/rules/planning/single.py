"""Places for single visits beside the week's draw: an owed one at once, a replacement from the same stratum first.

Nothing is moved for them, so the earliest free place is the best one and no solver is needed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from huiyin.kernel.windows import OpenWindow, minutes_inside
from huiyin.visits.rules.planning.facts import Agent, Assignment, Candidate, Kept, PlanWeek
from huiyin.visits.rules.planning.lots import lot
from huiyin.visits.rules.planning.policy import PlanPolicy
from huiyin.visits.rules.planning.reasons import Because, Chosen


class _Room:
    """What the week's people can still take on."""

    def __init__(self, policy: PlanPolicy, week: PlanWeek, agents: Sequence[Agent], kept: Sequence[Kept]) -> None:
        self.policy, self.week = policy, week
        self.agents = sorted(agents, key=lambda agent: agent.id)
        self.a_day = Counter((each.agent, each.day) for each in kept)
        self.a_week = Counter(each.agent for each in kept)
        self.in_window = Counter((each.agent, self._window_of(each)) for each in kept)

    def _window_of(self, kept: Kept) -> OpenWindow | None:
        of_day = [window for window in self.week.windows if window.day == kept.day]
        started = [window for window in of_day if window.start == kept.start]
        return next(iter(started or of_day), None)

    def free(self, agent: Agent, window: OpenWindow) -> bool:
        """Whether an agent has room in a window and in its day."""
        if not agent.works_in(window) or self.a_day[agent.id, window.day] >= agent.a_day:
            return False
        return self.in_window[agent.id, window] < window.minutes // self.policy.minutes_per_visit

    def windows_for(self, candidate: Candidate) -> list[OpenWindow]:
        """The windows in the visit's time that suit the customer; of an owed one whose time is over, those to come."""
        timely = [each for each in self.week.windows if in_time(candidate, each)]
        if candidate.obligatory and not timely:
            timely = [each for each in self.week.windows if candidate.due_from <= each.start]
        return [each for each in timely if minutes_inside(each, candidate.liked) >= self.policy.minutes_per_visit]

    def earliest(self, candidate: Candidate) -> tuple[OpenWindow, Agent] | None:
        """The first window with somebody able and free: who spoke with the customer before, else the least laden."""
        able = [agent for agent in self.agents if _able(agent, candidate)]
        for window in self.windows_for(candidate):
            free = [agent for agent in able if self.free(agent, window)]
            if free:
                return window, min(free, key=lambda agent: self._rank(candidate, agent))
        return None

    def _rank(self, candidate: Candidate, agent: Agent) -> tuple[float, float, int]:
        known = candidate.known_agents
        met = known.index(agent.id) if agent.id in known else len(known)
        return met, self.a_week[agent.id] / agent.a_day, agent.id


def earliest_place(
    policy: PlanPolicy, week: PlanWeek, candidate: Candidate, agents: Sequence[Agent], kept: Sequence[Kept]
) -> Assignment | None:
    """The earliest free place of an owed visit in this week; None when there is none."""
    room = _Room(policy, week, agents, kept)
    found = None if candidate.blocked else room.earliest(candidate)
    if found is None:
        return None
    late = not in_time(candidate, found[0])
    code = Chosen.OBLIGATORY_LATE if late else Chosen.OBLIGATORY
    return _assignment(candidate, found, "", (code, {"due": candidate.due_by.isoformat()}))


def draw_replacement(
    policy: PlanPolicy,
    week: PlanWeek,
    candidates: Sequence[Candidate],
    agents: Sequence[Agent],
    *,
    seed: int,
    kept: Sequence[Kept],
    band: str,
    store: int | None,
    store_size: str,
) -> Assignment | None:
    """The first candidate by lot that has a place in the windows left this week; None when nobody has.

    Same band and store come first, then same band and store size, then same band, then everybody else.
    """
    room = _Room(policy, week, agents, kept)
    busy = {each.customer for each in kept}
    ordered = sorted(
        candidates, key=lambda each: (_distance(policy, each, band, store, store_size), lot(seed, each.id))
    )
    for candidate in ordered:
        out = candidate.customer in busy or candidate.blocked or not policy.band_of(candidate.amount)
        found = None if out else room.earliest(candidate)
        if found:
            return _assignment(candidate, found, band, (Chosen.REPLACES, {}))
    return None


def in_time(candidate: Candidate, window: OpenWindow) -> bool:
    """Whether the whole window lies in the candidate's time to visit."""
    return candidate.due_from <= window.start and window.end <= candidate.due_by


def _able(agent: Agent, candidate: Candidate) -> bool:
    if agent.id == candidate.not_agent or agent.a_day < 1:
        return False
    skilled = not candidate.skill or candidate.skill in agent.skills
    return skilled and (not candidate.language or candidate.language in agent.languages)


def _assignment(candidate: Candidate, found: tuple[OpenWindow, Agent], band: str, because: Because) -> Assignment:
    window, agent = found
    met: tuple[Because, ...] = ((Chosen.SAME_AGENT, {}),) if agent.id in candidate.known_agents else ()
    return Assignment(
        candidate=candidate.id,
        customer=candidate.customer,
        window=window,
        agent=agent.id,
        band=band,
        store=candidate.store,
        because=(because, *met),
        obligatory=candidate.obligatory,
    )


def _distance(policy: PlanPolicy, candidate: Candidate, band: str, store: int | None, store_size: str) -> int:
    if policy.band_of(candidate.amount) != band:
        return 3
    if candidate.store == store:
        return 0
    return 1 if candidate.store_size == store_size else 2
