"""Where a visit may be moved to, in the reader's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from huiyin.foundation.forms import say
from huiyin.kernel.actor import Actor
from huiyin.kernel.refusal import NotFound
from huiyin.kernel.windows import OpenWindow
from huiyin.kernel.words import Message
from huiyin.visits.models import PlanState, Visit, WeekPlan
from huiyin.visits.queries.board import place_of
from huiyin.visits.queries.standing import moving
from huiyin.visits.rules.planning.moving import Verdict


@dataclass(frozen=True)
class Option:
    """A call window of a person as a place for the visit: ``here`` it stands; why not, or what would give way."""

    place: str
    start: datetime
    end: datetime
    here: bool
    refused: tuple[str, ...]
    relaxed: tuple[str, ...]


@dataclass(frozen=True)
class Moves:
    """One visit of a plan with where it stands (agent and window), and a person's places by day."""

    visit: Visit
    agent_id: int | None
    start: datetime | None
    end: datetime | None
    days: tuple[tuple[date, tuple[Option, ...]], ...] = ()

    @property
    def seen(self) -> str:
        """The name of its place."""
        return place_of(self.agent_id, self.end) if self.agent_id and self.end else ""

    @property
    def any_free(self) -> bool:
        """Whether the person has a place for it at all."""
        return any(not option.refused for _, options in self.days for option in options)


def standing_of(plan: WeekPlan, actor: Actor, visit_id: int) -> Moves:
    """A visit with its place in the plan.

    Raises:
        NotFound: it has none there, or lies outside the actor's area.
    """
    seen = Visit.objects.visible_to(actor).select_related("customer", "agent", "policy", "store")
    visit = seen.filter(pk=visit_id).first()
    if visit is None:
        raise NotFound
    if plan.state != PlanState.DRAFT:
        return Moves(visit, visit.agent_id, visit.window_start, visit.window_end)
    choice = plan.choices.filter(visit=visit, chosen=True).first()
    if choice is None:
        raise NotFound
    return Moves(visit, choice.agent_id, choice.window_start, choice.window_end)


def moves_of(plan: WeekPlan, actor: Actor, visit_id: int, agent_id: int, now: datetime) -> Moves:
    """A visit with a person's places for it; a place outside the week's open windows is no option."""
    stood = standing_of(plan, actor, visit_id)
    way = moving(plan, visit_id, now)
    options = [_option(stood, agent, window, found) for agent, window, found in way.everywhere([agent_id])]
    days = tuple((day, tuple(group)) for day, group in groupby(options, key=lambda each: each.start.date()))
    return Moves(stood.visit, stood.agent_id, stood.start, stood.end, days)


def _option(stood: Moves, agent: int, window: OpenWindow, found: Verdict) -> Option:
    place = place_of(agent, window.end)
    return Option(place, window.start, window.end, place == stood.seen, _words(found.refused), _words(found.relaxed))


def verdicts_of(
    plan: WeekPlan, actor: Actor, visit_id: int, people: Sequence[int], now: datetime
) -> dict[str, dict[str, str]]:
    """What the rules say of the places of these people: ``no`` with the reasons, ``soft`` with what gives way."""
    stood = standing_of(plan, actor, visit_id)
    said: dict[str, dict[str, str]] = {"no": {}, "soft": {}}
    for agent, window, found in moving(plan, visit_id, now).everywhere(people):
        place = place_of(agent, window.end)
        if place != stood.seen and found.refused:
            said["no"][place] = " ".join(_words(found.refused))
        elif place != stood.seen and found.relaxed:
            said["soft"][place] = " ".join(_words(found.relaxed))
    return said


def _words(found: Sequence[Message]) -> tuple[str, ...]:
    return tuple(say(each) for each in found)
