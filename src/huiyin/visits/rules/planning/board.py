"""The week's board: who has a free place in which call window, and how to make room by moving others.

Places nest: an agent's window lies in the agent's day, which lies in the company's day. A visit needs room in all
three. When none is free, visits already on the board step aside (``making_room``), so that flexible ones never keep
out those with a single window.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from huiyin.visits.rules.planning.facts import Agent, Candidate, Kept, PlanWeek
from huiyin.visits.rules.planning.making_room import Level, Place, find_chain
from huiyin.visits.rules.planning.policy import PlanPolicy
from huiyin.visits.rules.windows import OpenWindow, minutes_inside

Needs = tuple[frozenset[int], str, str, int | None, bool]


class Board:
    """The places of a week and the visits on them."""

    def __init__(self, policy: PlanPolicy, week: PlanWeek, agents: Sequence[Agent]) -> None:
        self.policy = policy
        self.windows = week.windows
        pairs = [(window, agent) for window in week.windows for agent in agents if window.day not in agent.days_off]
        self.places = [Place(number, window, agent) for number, (window, agent) in enumerate(pairs)]
        self.window_room = [place.window.minutes // policy.minutes_per_visit for place in self.places]
        self.agent_room = {(agent.id, window.day): agent.a_day for window, agent in pairs}
        self.day_room: dict[date, int] = {}
        self.at: dict[int, Place] = {}
        self.on: list[dict[int, Candidate]] = [{} for _ in self.places]
        self.load = dict.fromkeys((agent.id for agent in agents), 0)
        self._needs: dict[int, Needs] = {}
        self._options: dict[Needs, dict[date, list[Place]]] = {}
        self._fitting: dict[Needs, list[Place]] = {}
        self._hopeless: set[Needs] = set()

    def share_out(self, shares: dict[date, int]) -> None:
        """Sets how many more drawn visits each day may hold; owed visits are not counted."""
        self.day_room = dict(shares)
        self._hopeless.clear()

    def widen(self, more: dict[date, int]) -> None:
        """Lets days hold more drawn visits."""
        for day, count in more.items():
            self.day_room[day] = self.day_room.get(day, 0) + count
        self._hopeless.clear()

    def keep(self, kept: Iterable[Kept]) -> None:
        """Takes the room of visits that stay as they are."""
        places = {(place.agent.id, place.window.start): place.number for place in self.places}
        by_day = {(agent, start.date()): number for (agent, start), number in reversed(list(places.items()))}
        for each in kept:
            number = _kept_place(each, places, by_day)
            if number is not None:
                self.window_room[number] -= 1
            if (each.agent, each.day) in self.agent_room:
                self.agent_room[each.agent, each.day] -= 1
                self.load[each.agent] += 1

    def needs(self, candidate: Candidate) -> Needs:
        """What decides where the candidate fits; candidates with equal needs fit the same places."""
        if candidate.id not in self._needs:
            fitting = frozenset(number for number, window in enumerate(self.windows) if self._suits(candidate, window))
            self._needs[candidate.id] = (
                fitting,
                candidate.skill,
                candidate.language,
                candidate.not_agent,
                candidate.obligatory,
            )
        return self._needs[candidate.id]

    def _suits(self, candidate: Candidate, window: OpenWindow) -> bool:
        if minutes_inside(window, candidate.liked) < self.policy.minutes_per_visit:
            return False
        late_but_owed = candidate.obligatory and not any(in_time(candidate, each) for each in self.windows)
        return in_time(candidate, window) or (late_but_owed and window.start >= candidate.due_from)

    def fitting(self, candidate: Candidate) -> list[Place]:
        """The places that fit a candidate; the same list for candidates with equal needs."""
        needs = self.needs(candidate)
        if needs not in self._fitting:
            self._fitting[needs] = [place for places in self.options(needs).values() for place in places]
        return self._fitting[needs]

    def options(self, needs: Needs) -> dict[date, list[Place]]:
        """The places that fit, by day."""
        if needs not in self._options:
            windows, skill, language, not_agent, _ = needs
            starts = {self.windows[number].start for number in windows}
            found: dict[date, list[Place]] = {}
            for place in self.places:
                if place.window.start in starts and _able(place.agent, skill, language, not_agent):
                    found.setdefault(place.window.day, []).append(place)
            self._options[needs] = found
        return self._options[needs]

    def put(self, candidate: Candidate, *, earliest: bool = False) -> bool:
        """Finds the candidate a place: emptiest day (or earliest window), then a known agent, then the least laden."""
        needs = self.needs(candidate)
        if needs in self._hopeless:
            return False
        place = self._best(candidate, needs, earliest=earliest)
        if place is not None:
            self._enter(candidate, place)
            return True
        if self._make_room(candidate):
            return True
        self._hopeless.add(needs)
        return False

    def _best(self, candidate: Candidate, needs: Needs, *, earliest: bool) -> Place | None:
        options = self.options(needs)
        days = sorted(options, key=lambda day: (0 if earliest else -self.day_room.get(day, 0), day))
        for day in days:
            free = [place for place in options[day] if self._free(place, sampled=not candidate.obligatory)]
            if free:
                return min(free, key=lambda place: self._cost(candidate, place, earliest=earliest))
        return None

    def _cost(self, candidate: Candidate, place: Place, *, earliest: bool) -> tuple[object, ...]:
        known = candidate.known_agents
        met = known.index(place.agent.id) if place.agent.id in known else len(known)
        lateness = place.window.start.timestamp() if earliest else 0.0
        laden = self.load[place.agent.id] / max(place.agent.a_day, 1)
        return (lateness, met, laden, -self.window_room[place.number], place.number)

    def _free(self, place: Place, *, sampled: bool) -> bool:
        levels = Level if sampled else (Level.WINDOW, Level.AGENT)
        return all(self.room(level, place) > 0 for level in levels)

    def _enter(self, candidate: Candidate, place: Place) -> None:
        self._count(candidate, place, -1)
        self.at[candidate.id] = place
        self.on[place.number][candidate.id] = candidate

    def _leave(self, candidate: Candidate) -> Place:
        place = self.at.pop(candidate.id)
        del self.on[place.number][candidate.id]
        self._count(candidate, place, +1)
        return place

    def _count(self, candidate: Candidate, place: Place, change: int) -> None:
        day = place.window.day
        self.window_room[place.number] += change
        self.agent_room[place.agent.id, day] += change
        self.load[place.agent.id] -= change
        if not candidate.obligatory:
            self.day_room[day] = self.day_room.get(day, 0) + change

    def _make_room(self, newcomer: Candidate) -> bool:
        chain = find_chain(self, newcomer)
        for mover, _ in chain:
            if mover.id in self.at:
                self._leave(mover)
        for mover, place in chain:
            self._enter(mover, place)
        return bool(chain)

    def room(self, level: Level, place: Place) -> int:
        """How many more visits this level above ``place`` can take."""
        if level is Level.WINDOW:
            return self.window_room[place.number]
        if level is Level.AGENT:
            return self.agent_room[place.agent.id, place.window.day]
        return self.day_room.get(place.window.day, 0)


def in_time(candidate: Candidate, window: OpenWindow) -> bool:
    """Whether the whole window lies in the candidate's time to visit."""
    return candidate.due_from <= window.start and window.end <= candidate.due_by


def _able(agent: Agent, skill: str, language: str, not_agent: int | None) -> bool:
    if agent.id == not_agent or agent.a_day < 1:
        return False
    return (not skill or skill in agent.skills) and (not language or language in agent.languages)


def _kept_place(kept: Kept, places: dict[tuple[int, datetime], int], by_day: dict[tuple[int, date], int]) -> int | None:
    if kept.start is not None and (kept.agent, kept.start) in places:
        return places[kept.agent, kept.start]
    return by_day.get((kept.agent, kept.day))
