"""What the rules say when somebody moves a visit by hand: hard ones refuse, soft ones give way and are named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from huiyin.kernel.windows import OpenWindow, minutes_inside
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _
from huiyin.visits.rules.planning.facts import Agent, Candidate, PlanWeek
from huiyin.visits.rules.planning.policy import PlanPolicy
from huiyin.visits.rules.planning.reasons import PASSED_SHORT
from huiyin.visits.rules.planning.single import in_time


@dataclass(frozen=True)
class Held:
    """A visit that takes a place of the week: whose, on which day, in the window that ends at ``end``."""

    visit: int
    agent: int
    day: date
    end: datetime | None
    sampled: bool = True


@dataclass(frozen=True)
class Verdict:
    """What the rules say of one place: why it cannot be, or which soft rules would give way."""

    refused: tuple[Message, ...] = ()
    relaxed: tuple[Message, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether the visit may stand there."""
        return not self.refused


@dataclass(frozen=True)
class WeekStands:
    """The week as it stands: its rules, open windows, people by id, and who holds which place.

    ``share`` is the even share of a working day. ``names`` are the people's names for the sentences.
    """

    policy: PlanPolicy
    week: PlanWeek
    agents: Mapping[int, Agent]
    held: Sequence[Held]
    share: int
    names: Mapping[int, str] = field(default_factory=dict)


class Moving:
    """One visit on its way to another place of the week."""

    def __init__(self, stands: WeekStands, candidate: Candidate) -> None:
        self.stands, self.candidate = stands, candidate
        others = [each for each in stands.held if each.visit != candidate.id]
        self._in_window = Counter((each.agent, each.end) for each in others)
        self._a_day = Counter((each.agent, each.day) for each in others)
        self._of_all = Counter(each.day for each in others if each.sampled)
        self._windows = {window.end: window for window in stands.week.windows}
        self._before = next((each.day for each in stands.held if each.visit == candidate.id), None)
        self._in_time = any(in_time(candidate, window) for window in stands.week.windows)

    def to(self, agent_id: int, end: datetime) -> Verdict:
        """What the rules say of the place of an agent in the window that ends at ``end``."""
        window = self._windows.get(end)
        if window is None:
            return Verdict((message(_("No call window lies there any more.")),))
        agent = self.stands.agents.get(agent_id)
        if agent is None:
            return Verdict((message(_("This person makes no visits.")),))
        refused = (*self._by_customer(window), *self._by_person(agent, window))
        return Verdict(refused, () if refused else tuple(self._soft(agent, window)))

    def window_ending(self, end: datetime) -> OpenWindow:
        """The open call window that ends at ``end``; KeyError where none does."""
        return self._windows[end]

    def everywhere(self, agents: Iterable[int]) -> Iterator[tuple[int, OpenWindow, Verdict]]:
        """What the rules say of every place of these people."""
        for agent in agents:
            for window in self.stands.week.windows:
                yield agent, window, self.to(agent, window.end)

    def _by_customer(self, window: OpenWindow) -> Iterator[Message]:
        if self.candidate.blocked:
            yield message(PASSED_SHORT[self.candidate.blocked])
        if window.start < self.candidate.due_from:
            yield message(_("The visit is not due before %(when)s."), when=_said(self.candidate.due_from, window))
        elif self._too_late(window) and not self._owed_late:
            yield message(_("The visit must be made by %(by)s."), by=_said(self.candidate.due_by, window))
        if minutes_inside(window, self.candidate.liked) < self.stands.policy.minutes_per_visit:
            yield message(_("The customer does not want to be called at this time."))

    def _by_person(self, agent: Agent, window: OpenWindow) -> Iterator[Message]:
        candidate, name = self.candidate, self._name(agent.id)
        if agent.id == candidate.not_agent:
            yield message(_("Who handled the case does not make its revisit; leave it to a colleague."))
        if candidate.skill and candidate.skill not in agent.skills:
            yield message(_("%(name)s does not have the skill this visit asks for."), name=name)
        if candidate.language and candidate.language not in agent.languages:
            yield message(_("%(name)s does not speak the customer's language."), name=name)
        if window.day in agent.days_off:
            yield message(_("%(name)s is away on this day."), name=name)
        elif not agent.works_in(window):
            yield message(_("%(name)s is not on shift in this window."), name=name)
        elif self._a_day[agent.id, window.day] >= agent.a_day:
            yield message(_("%(name)s makes %(most)s visits a day; this day is full."), name=name, most=agent.a_day)
        elif self._in_window[agent.id, window.end] >= window.minutes // self.stands.policy.minutes_per_visit:
            yield message(_("%(name)s has no time left in this window."), name=name)

    def _soft(self, agent: Agent, window: OpenWindow) -> Iterator[Message]:
        count, share = self._of_all[window.day] + 1, self.stands.share
        if not self.candidate.obligatory and window.day != self._before and count > share:
            yield message(_("The day then has %(count)s visits; an even share is %(share)s."), count=count, share=share)
        known = [each for each in self.candidate.known_agents if each in self.stands.agents]
        if known and agent.id not in known:
            yield message(_("%(name)s spoke with the customer before."), name=self._name(known[0]))
        if self._too_late(window):
            yield message(_("The visit is owed by %(by)s; it would be late."), by=_said(self.candidate.due_by, window))

    @property
    def _owed_late(self) -> bool:
        """Whether it is owed and no open window lies in its time any more."""
        return self.candidate.obligatory and not self._in_time

    def _too_late(self, window: OpenWindow) -> bool:
        return window.end > self.candidate.due_by

    def _name(self, agent: int) -> str:
        return self.stands.names.get(agent, str(agent))


def _said(moment: datetime, window: OpenWindow) -> str:
    """A moment where the windows are."""
    return moment.astimezone(window.start.tzinfo).strftime("%Y-%m-%d %H:%M")
