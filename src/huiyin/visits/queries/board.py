"""The board of a week: who has which visits on which day and window, what moved, and how full days are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q

from huiyin.contact_ledger.public import Way, windows_of
from huiyin.kernel.actor import Actor
from huiyin.kernel.windows import OpenWindow
from huiyin.organisation.public import Leave, Staff
from huiyin.visits.models import PlanState, Visit, WeekPlan
from huiyin.visits.queries.board_shown import CARDS, PEOPLE, Board, BoardDay, BoardHead, BoardRow, Card, Slot
from huiyin.visits.queries.policies import agents, hours_of
from huiyin.visits.queries.standing import staying
from huiyin.visits.rules.lifecycle import State
from huiyin.visits.rules.planning.quota import day_shares

MOVABLE = (State.DUE, State.PLANNED)


@dataclass(frozen=True)
class _Item:
    """A visit in its place."""

    visit: int
    agent: int
    start: datetime
    end: datetime
    state: str
    sampled: bool
    again_asked: bool
    moved: bool
    stays: bool


def place_of(agent: int, end: datetime) -> str:
    """How a place of the week is written: whose, and when its window ends in UTC."""
    return f"{agent}@{end.astimezone(UTC).isoformat()}"


def board_of(plan: WeekPlan, actor: Actor, now: datetime, *, text: str = "", first: int = 0) -> Board:
    """The board of a plan for the people whose name holds ``text``, from the ``first`` on.

    A draft shows what it leaves as it is beside what it places; a published plan shows what became of it. Names stand
    on it of customers inside the actor's area only.
    """
    zone = hours_of(plan.rules).zone
    counted = list(_counted(plan))
    everybody = _people({agent for agent, *_ in counted}, text)
    first = min(first, max(len(everybody) - 1, 0)) // PEOPLE * PEOPLE
    shown = everybody[first : first + PEOPLE]
    windows = _windows(plan)
    items = list(_items(plan, [agent for agent, _ in shown]))
    days = sorted({window.day for window in windows} | {start.astimezone(zone).date() for _, start, *_ in counted})
    drawing = _Drawing(plan, actor, now, windows, items)
    away = _away([agent for agent, _ in shown], days)
    totals: Counter[int] = Counter()
    for agent, _start, _state, count in counted:
        totals[agent] += count
    rows = tuple(
        BoardRow(agent, name, totals[agent], tuple(drawing.day(agent, day, (agent, day) in away) for day in days))
        for agent, name in shown
    )
    return Board(_heads(plan, days, counted), rows, len(everybody), first, text)


def _counted(plan: WeekPlan) -> Iterator[tuple[int, datetime, str, int]]:
    """How many visits by agent, beginning of the window and state."""
    there = staying(plan).filter(agent__isnull=False, window_start__isnull=False)
    yield from _grouped(there, "agent_id", "window_start", "state")
    if plan.state == PlanState.DRAFT:
        yield from _grouped(plan.choices.filter(chosen=True), "agent_id", "window_start", "visit__state")


def _grouped(rows: Any, *names: str) -> Iterator[tuple[int, datetime, str, int]]:
    yield from rows.order_by().values_list(*names).annotate(n=Count("pk"))


def _people(holders: set[int], text: str) -> list[tuple[int, str]]:
    """Who makes visits or has some in the week, by name."""
    known = dict(agents())
    known |= dict(Staff.objects.filter(pk__in=holders - known.keys()).values_list("pk", "name"))
    found = [(pk, name) for pk, name in known.items() if text.lower() in name.lower()]
    return sorted(found, key=lambda each: (each[1], each[0]))


def _windows(plan: WeekPlan) -> tuple[OpenWindow, ...]:
    """All call windows of the week, those that are over too."""
    zone = hours_of(plan.rules).zone
    begins = datetime.combine(plan.monday, datetime.min.time(), zone)
    return windows_of(Way.PHONE, begins, [plan.monday + timedelta(days=n) for n in range(7)])


def _items(plan: WeekPlan, people: Sequence[int]) -> Iterator[_Item]:
    draft = plan.state == PlanState.DRAFT
    there = staying(plan).filter(agent__in=people, window_start__isnull=False, window_end__isnull=False)
    moved = set() if draft else set(plan.choices.filter(_MOVED, chosen=True).values_list("visit_id", flat=True))
    names = ("agent_id", "window_start", "window_end", "state", "sampled", "again_asked")
    for visit, *place in there.values_list("pk", *names):
        yield _item(visit, place, visit in moved, draft)
    if draft:
        placed = plan.choices.filter(chosen=True, agent__in=people).annotate(elsewhere=_MOVED)
        names = ("agent_id", "window_start", "window_end", "visit__state", "visit__sampled", "visit__again_asked")
        for visit, elsewhere, *place in placed.values_list("visit_id", "elsewhere", *names):
            yield _item(visit, place, elsewhere, stays=False)


def _item(visit: int, place: Sequence[Any], moved: bool, stays: bool) -> _Item:
    agent, start, end, state, sampled, asked = place
    return _Item(visit, agent, start, end, state, sampled, asked, moved, stays)


_MOVED = Q(by_hand=True) | (Q(was_end__isnull=False) & ~Q(was_end=F("window_end"), was_agent=F("agent")))


def _away(people: Sequence[int], days: Sequence[date]) -> set[tuple[int, date]]:
    if not days:
        return set()
    leave = Leave.objects.filter(staff__in=people, first_day__lte=days[-1], last_day__gte=days[0])
    return {
        (staff, day)
        for staff, first, last in leave.values_list("staff_id", "first_day", "last_day")
        for day in days
        if first <= day <= last
    }


def _heads(
    plan: WeekPlan, days: Sequence[date], counted: Iterable[tuple[int, datetime, str, int]]
) -> tuple[BoardHead, ...]:
    zone = hours_of(plan.rules).zone
    total: Counter[date] = Counter()
    done: Counter[date] = Counter()
    for _agent, start, state, count in counted:
        day = start.astimezone(zone).date()
        total[day] += count
        done[day] += count * (state == State.DONE)
    calendar = hours_of(plan.rules)
    shares = day_shares(plan.target, [day for day in days if calendar.is_working_day(day)])
    return tuple(BoardHead(day, total[day], done[day], shares.get(day, 0)) for day in days)


class _Drawing:
    """Puts the visits of a page into their windows."""

    def __init__(
        self, plan: WeekPlan, actor: Actor, now: datetime, windows: Sequence[OpenWindow], items: Sequence[_Item]
    ) -> None:
        self.plan, self.now, self.windows = plan, now, windows
        self.may_move = actor.may("visits.plan") and plan.state != PlanState.SUPERSEDED
        self.zone = hours_of(plan.rules).zone
        self.by_day: dict[tuple[int, date], dict[datetime, list[_Item]]] = defaultdict(lambda: defaultdict(list))
        for item in sorted(items, key=lambda each: (each.start, each.visit)):
            self.by_day[item.agent, item.start.astimezone(self.zone).date()][item.end].append(item)
        shown = [item.visit for ends in self.by_day.values() for here in ends.values() for item in here[:CARDS]]
        seen = Visit.objects.visible_to(actor).filter(pk__any_of=shown)
        self.names = {
            pk: (name, number) for pk, name, number in seen.values_list("pk", "customer__name", "customer__number")
        }

    def day(self, agent: int, day: date, away: bool) -> BoardDay:
        """One person's day: its call windows, and what stands at other hours."""
        held = self.by_day.get((agent, day), {})
        slots = [self._slot(agent, each.start, each.end, held.get(each.end, [])) for each in self._windows_of(day)]
        other = set(held) - {slot.end for slot in slots}
        slots += [self._slot(agent, held[end][0].start, end, held[end], window=False) for end in other]
        return BoardDay(day, away, tuple(sorted(slots, key=lambda slot: slot.start)))

    def _windows_of(self, day: date) -> list[OpenWindow]:
        return [window for window in self.windows if window.day == day]

    def _slot(self, agent: int, start: datetime, end: datetime, items: Sequence[_Item], *, window: bool = True) -> Slot:
        place = place_of(agent, end) if window and end > self.now else ""
        cards = tuple(self._card(item) for item in items[:CARDS])
        return Slot(start, end, place, len(items), cards)

    def _card(self, item: _Item) -> Card:
        name, number = self.names.get(item.visit, ("", ""))
        movable = item.state in MOVABLE and not item.again_asked and not item.stays
        return Card(
            visit_id=item.visit,
            name=name,
            number=number,
            state=item.state,
            owed=not item.sampled,
            moved=item.moved,
            missed=item.state in MOVABLE and item.end <= self.now,
            may_move=self.may_move and bool(name) and movable,
            seen=place_of(item.agent, item.end),
        )
