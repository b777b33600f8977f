"""What invented cases owed and owe: each clock of the policy with its deadline, its ladder and how it ended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from huiyin.demo.rules.cases import CaseStory
from huiyin.demo.rules.histories import Telling
from huiyin.working_time.rules.bulk import CompiledCalendar

CLIMB = timedelta(hours=4)  # working time from the breach to the director
WARN_SHARE = 0.75
STARTED_BY = {"received": None, "plan_sent": "plan", "finished": "finish", "told": "tell", "settled": "verdict"}
KEPT_BY = {
    "verify": "verify", "plan": "plan", "agree": "confirm", "solve": "finish", "tell_result": "tell",
    "verdict": "verdict", "revisit": "record_revisit",
}  # fmt: skip


@dataclass(frozen=True)
class Owed:
    """One promise of a case; ``kept`` is None while it runs. Moments are UTC."""

    goal: str
    start: datetime
    amount: float
    unit: str
    due: datetime
    ladder: tuple[datetime, datetime, datetime]
    kept: datetime | None

    def late_by(self, now: datetime) -> bool:
        """Whether it was kept late, or is late ``now``."""
        return (self.kept or now) > self.due

    def steps_by(self, now: datetime) -> int:
        """How many steps of the ladder were taken before it was kept, or until ``now``."""
        return sum(moment <= (self.kept or now) for moment in self.ladder)


def what_is_owed(story: CaseStory, clocks: Iterable[Mapping[str, Any]], telling: Telling) -> Iterator[Owed]:
    """The promises of a case by the clocks of its policy, as far as the story has come."""
    for clock in clocks:
        if clock["level"] in ("*", story.level) and clock["start"] in STARTED_BY:
            verb = STARTED_BY[clock["start"]]
            start = story.at.get(verb) if verb else story.received
            if start:
                yield _owed(story, clock, start, telling.calendar)


def _owed(story: CaseStory, clock: Mapping[str, Any], start: datetime, calendar: CompiledCalendar) -> Owed:
    due = _deadline(calendar, start, clock["amount"], clock["unit"])
    ladder = (start + (due - start) * WARN_SHARE, due, calendar.add_working_time(due, CLIMB))
    goal = clock["goal"]
    kept = story.answered if goal == "first_response" else story.at.get(KEPT_BY[goal])
    return Owed(goal, start, clock["amount"], clock["unit"], due, ladder, kept)


def _deadline(calendar: CompiledCalendar, start: datetime, amount: float, unit: str) -> datetime:
    if unit == "working_days":
        return calendar.add_working_days(start, int(amount))
    if unit == "working_hours":
        return calendar.add_working_time(start, timedelta(hours=amount))
    return start + (timedelta(hours=amount) if unit == "hours" else timedelta(days=amount))
