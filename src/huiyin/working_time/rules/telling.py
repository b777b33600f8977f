"""Finds the words: walks the days a deadline passed and tells what each brought."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from huiyin.kernel.words import Message
from huiyin.working_time.rules.calendar import MIDNIGHT, DayKind, WorkingCalendar
from huiyin.working_time.rules.explain import ZERO, Step
from huiyin.working_time.rules.pauses import Pause, Standstills, running_parts
from huiyin.working_time.rules.windows import ONE_DAY, Window, day_of, moment, windows_on

CLOSED_CODES = {DayKind.HOLIDAY: ("holiday", "holidays"), DayKind.CLOSURE: ("closure", "closures")}
COUNTED_CODES = {DayKind.MAKE_UP: "counted_make_up", DayKind.SPECIAL: "counted_special"}


@dataclass(frozen=True)
class Teller:
    """Tells about one calendar; ``still`` are the standstills of its pauses."""

    calendar: WorkingCalendar
    still: Standstills = field(default_factory=list)

    def local(self, at: datetime) -> datetime:
        """A moment as the calendar's wall clock shows it."""
        return at.astimezone(self.calendar.zone)

    def opening(self, said: Message, at: datetime, *, back: bool = False) -> list[Step]:
        """Which calendar, how long, from when (or back from when)."""
        return [self.which(), Step("span_back" if back else "span", params={"span": said, "at": self.local(at)})]

    def which(self) -> Step:
        """Which calendar, in which version and zone."""
        calendar = self.calendar
        params: dict[str, object] = {
            "calendar": calendar.name or calendar.code,
            "version": calendar.version,
            "zone": calendar.zone.key,
            "region": calendar.region,
        }
        return Step("calendar_region" if calendar.region else "calendar", params=params)

    def closing(self, at: datetime, code: str = "deadline") -> list[Step]:
        """The result, and the warning when it rests on holidays not yet announced."""
        known = self.calendar.announced_through
        day = day_of(self.calendar, at)
        doubt = [] if day <= known else [Step("not_announced", day=day, params={"announced_through": known})]
        return [*doubt, Step(code, day=day, end=at, params={"at": self.local(at)})]

    def hours(self, start: datetime, end: datetime) -> list[Step]:
        """What every day between two moments (UTC) counts, runs of like days told together."""
        first, last = day_of(self.calendar, start), day_of(self.calendar, end)
        return self._joined(step for day in _days(first, last) if (step := self._hours_on(day, start, end)))

    def _hours_on(self, day: date, start: datetime, end: datetime) -> Step | None:
        windows = windows_on(self.calendar, day)
        if not windows:
            return self._closed(day)
        parts = [part for w in windows if (cut := _cut(w, start, end)) for part in running_parts(cut, self.still)]
        counted = sum((part.closes - part.opens for part in parts), ZERO)
        if not counted:
            return None
        kind = self.calendar.kind_of(day)
        whole = kind is DayKind.ORDINARY and counted == sum((w.closes - w.opens for w in windows), ZERO)
        params = {"day": day, "intervals": self._said(parts), "counted": counted, "name": self._name(day)}
        step = Step(COUNTED_CODES.get(kind, "counted"), day, parts[0].opens, parts[-1].closes, counted, params)
        return replace(step, params={**params, "days": 1}) if whole else step

    def _closed(self, day: date) -> Step:
        code = CLOSED_CODES.get(self.calendar.kind_of(day), ("day_off", "days_off"))[0]
        return Step(code, day, params={"day": day, "name": self._name(day)})

    def _name(self, day: date) -> str:
        exception = self.calendar.exceptions.get(day)
        return exception.name if exception else ""

    def _said(self, parts: Iterable[Window]) -> str:
        pairs = ((self.local(part.opens), self.local(part.closes)) for part in parts)
        return ", ".join(f"{opens:%H:%M}–{_end(opens, closes)}" for opens, closes in pairs)

    def _joined(self, steps: Iterable[Step]) -> list[Step]:
        told: list[Step] = []
        for step in steps:
            together = _together(told[-1], step) if told else None
            if together:
                told[-1] = together
            else:
                told.append(step)
        return told

    def days(self, first: date, counted: Sequence[date]) -> list[Step]:
        """The start day, and every day up to the last counted one: day off or working day and its number."""
        numbers = {day: number for number, day in enumerate(counted, start=1)}
        last = max([first, *counted])
        steps = (self._day(day, numbers.get(day)) for day in _days(first + ONE_DAY, last))
        return [Step("start_day", first, params={"day": first}), *self._joined(steps)]

    def days_back(self, first: date, counted: Sequence[date]) -> list[Step]:
        """The same backwards: from the day before ``first`` to the earliest counted one."""
        numbers = {day: number for number, day in enumerate(counted, start=1)}
        back = reversed(list(_days(min([first, *counted]), first - ONE_DAY)))
        return [
            Step("start_day", first, params={"day": first}),
            *self._joined(self._day(d, numbers.get(d)) for d in back),
        ]

    def _day(self, day: date, number: int | None) -> Step:
        if number is None:
            return self._closed(day)
        make_up = self.calendar.kind_of(day) is DayKind.MAKE_UP
        params = {"day": day, "number": number, "name": self._name(day)}
        return Step("working_day_make_up" if make_up else "working_day", day, params=params)

    def pauses(self, pauses: Iterable[Pause], start: datetime, end: datetime, *, clock: bool) -> list[Step]:
        """The pauses that stopped the clock between two moments; ``clock``: counted round the clock."""
        met = [p for p in pauses if p.start < p.end and p.end > start and p.start < end]
        return [self._pause(pause, start, clock=clock) for pause in met]

    def _pause(self, pause: Pause, start: datetime, *, clock: bool) -> Step:
        begins = max(pause.start, start)
        counted = pause.end - begins if clock else open_time(self.calendar, begins, pause.end)
        params = {
            "start": self.local(pause.start),
            "end": self.local(pause.end),
            "counted": counted,
            "reason": pause.reason,
        }
        code = "paused_because" if pause.reason else "paused"
        return Step(code, day_of(self.calendar, begins), begins, pause.end, ZERO, params)

    def moved(self, was: datetime, at: datetime, code: str = "moved") -> Step:
        """A clock time outside working hours went to the next opening (or the last closing)."""
        return Step(code, None, was, at, params={"was": self.local(was), "at": self.local(at)})

    def in_order(self, steps: Iterable[Step]) -> list[Step]:
        """Steps by the time they speak of."""
        return sorted(steps, key=lambda s: s.start or moment(self.calendar.zone, s.day or date.min, MIDNIGHT))


def open_time(calendar: WorkingCalendar, start: datetime, end: datetime) -> timedelta:
    """Working time between two moments (UTC, ``start`` first), exact."""
    total = ZERO
    for day in _days(day_of(calendar, start), day_of(calendar, end)):
        for window in windows_on(calendar, day):
            cut = _cut(window, start, end)
            if cut:
                total += cut.closes - cut.opens
    return total


def _together(earlier: Step, step: Step) -> Step | None:
    """Two steps told as one, when they are of the same sort and their days follow each other."""
    if not _neighbours(earlier.params.get("last_day", earlier.day), step.day):
        return None
    if "days" in earlier.params and "days" in step.params:
        return _counted_together(earlier, step)
    if {earlier.code, step.code} <= {"working_day", "working_days"}:
        numbers = {"last_number": step.params["number"], "last_day": step.day}
        return replace(earlier, code="working_days", params={**earlier.params, **numbers})
    for one, many in (*CLOSED_CODES.values(), ("day_off", "days_off")):
        if step.code == one and earlier.code in {one, many} and earlier.params["name"] == step.params["name"]:
            return replace(earlier, code=many, params={**earlier.params, "last_day": step.day})
    return None


def _neighbours(day: object, next_day: date | None) -> bool:
    return isinstance(day, date) and next_day is not None and abs(next_day - day) == ONE_DAY


def _counted_together(earlier: Step, step: Step) -> Step:
    counted = earlier.counted + step.counted
    days = int(str(earlier.params["days"])) + 1
    params = {"day": earlier.day, "last_day": step.day, "days": days, "counted": counted}
    return Step("counted_days", earlier.day, earlier.start, step.end, counted, params)


def _days(first: date, last: date) -> Iterator[date]:
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)


def _cut(window: Window, start: datetime, end: datetime) -> Window | None:
    opens, closes = max(window.opens, start), min(window.closes, end)
    return Window(window.day, opens, closes) if opens < closes else None


def _end(opens: datetime, closes: datetime) -> str:
    return "24:00" if closes.date() > opens.date() and closes.hour == closes.minute == 0 else f"{closes:%H:%M}"
