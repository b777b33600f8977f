"""The week's places: every agent's call windows, and how many more visits each of them and each day can take."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import numpy as np

from huiyin.visits.rules.planning.columns import Candidates, Flags, Ints, micros
from huiyin.visits.rules.planning.facts import Agent, Kept, PlanWeek
from huiyin.visits.rules.planning.policy import PlanPolicy


class Places:
    """Places are pairs of an agent and a window; an agent's windows of a day share the agent's day.

    ``agent``, ``window`` and ``day`` say of every place which agent, window and day of the lists it is; ``agent_day``
    which of the agents' days. ``room`` and ``day_room`` are what is left, ``done`` and ``day_done`` what kept visits
    took.
    """

    def __init__(self, policy: PlanPolicy, week: PlanWeek, agents: Sequence[Agent], kept: Sequence[Kept] = ()) -> None:
        self.windows = week.windows
        self.agents = sorted(agents, key=lambda agent: agent.id)
        self.days = sorted({window.day for window in week.windows})
        pairs = [
            (window, agent)
            for agent in range(len(self.agents))
            for window in range(len(self.windows))
            if self.agents[agent].works_in(self.windows[window]) and self.agents[agent].a_day > 0
        ]
        self.window = np.array([pair[0] for pair in pairs], dtype=np.int64)
        self.agent = np.array([pair[1] for pair in pairs], dtype=np.int64)
        self.day_of = np.array([self.days.index(window.day) for window in self.windows], dtype=np.int64)
        self.day = self.day_of[self.window] if pairs else self.window
        self.agent_day_key, self.agent_day = np.unique(
            self.agent * (len(self.days) or 1) + self.day, return_inverse=True
        )
        minutes = np.array([window.minutes for window in self.windows], dtype=np.int64)
        self.room = minutes[self.window] // policy.minutes_per_visit if pairs else self.window
        self.day_room = np.array(
            [self.agents[key // (len(self.days) or 1)].a_day for key in self.agent_day_key], dtype=np.int64
        )
        self.done, self.day_done = np.zeros_like(self.room), np.zeros_like(self.day_room)
        self._take(kept)

    @property
    def day_of_agent_day(self) -> Ints:
        """The day of each of the agents' days."""
        days: Ints = self.agent_day_key % (len(self.days) or 1)
        return days

    def _take(self, kept: Sequence[Kept]) -> None:
        """Takes the room of visits that stay as they are."""
        at: dict[tuple[int, datetime | date], int] = {}
        for number in reversed(range(len(self.room))):
            window, agent = self.windows[self.window[number]], self.agents[self.agent[number]].id
            at[agent, window.start] = at[agent, window.day] = number
        for each in kept:
            number_of_day = at.get((each.agent, each.day))
            number_of_start = at.get((each.agent, each.start)) if each.start else None
            place = number_of_start if number_of_start is not None else number_of_day
            if place is not None and number_of_day is not None:
                self.done[place] += 1
                self.day_done[self.agent_day[number_of_day]] += 1
        self.room = np.maximum(self.room - self.done, 0)
        self.day_room = np.maximum(self.day_room - self.day_done, 0)

    def able(self, candidates: Candidates) -> Flags:
        """Whether an agent has a skill and a language: by skill, language and agent."""
        skills = [[not skill or skill in agent.skills for agent in self.agents] for skill in candidates.skills]
        languages = [[not each or each in agent.languages for agent in self.agents] for each in candidates.languages]
        shape = (-1, len(self.agents))
        has_skill = np.array(skills, dtype=np.bool_).reshape(shape)
        speaks = np.array(languages, dtype=np.bool_).reshape(shape)
        return has_skill[:, None, :] & speaks[None, :, :]

    def at_work(self) -> Flags:
        """Whether an agent makes visits in a window at all: by agent and window."""
        found = np.zeros((len(self.agents), len(self.windows)), dtype=np.bool_)
        found[self.agent, self.window] = True
        return found

    def windows_ending(self, ends: Ints) -> Ints:
        """The window that ends at each moment; -1 where none does. A running window keeps its end."""
        at = {micros(window.end): number for number, window in enumerate(self.windows)}
        return np.array([at.get(int(end), -1) for end in ends], dtype=np.int64)

    def rows_of_agents(self, ids: Ints) -> Ints:
        """The place of each agent id in the list; -1 where nobody of that id makes visits."""
        known = np.array([agent.id for agent in self.agents], dtype=np.int64)
        if not len(known):
            return np.full(len(ids), -1, dtype=np.int64)
        places = np.minimum(np.searchsorted(known, ids), len(known) - 1)
        return np.where(known[places] == ids, places, -1)
