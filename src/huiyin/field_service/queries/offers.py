"""Appointments that engineers can be offered for: working time, duty, leave, other visits, skills."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from huiyin.cases.public import Case
from huiyin.field_service.models import FieldRules, SiteVisit
from huiyin.field_service.queries.rules import rules_in_force, today_of
from huiyin.field_service.rules.slots import Slot, offered
from huiyin.organisation.public import Duty, Leave, Role, Staff, duties_of, with_role
from huiyin.working_time.public import WorkingCalendar, calendar_of

SHOWN = 6


@dataclass(frozen=True)
class Offer:
    """An engineer with the next free slots; ``skilled`` in what the case is about; open visits of these days."""

    engineer: Staff
    skilled: bool
    visits: int
    slots: list[Slot]


def offers(case: Case, now: datetime, *, most: int = SHOWN) -> list[Offer]:
    """Every engineer with free slots: those with the skill first, then those with fewer visits."""
    rules = rules_in_force(today_of(now))
    people = list(with_role(Role.ENGINEER).order_by("username"))
    free = free_slots(people, rules, now)
    busy = _busy([person.pk for person in people], now, rules)
    found = [
        Offer(each, _skilled(each, case), len(busy[each.pk]), list(islice(free[each.pk], most))) for each in people
    ]
    return sorted(found, key=lambda offer: (not offer.slots, not offer.skilled, offer.visits, offer.engineer.username))


def slots_of(visit: SiteVisit, now: datetime, *, most: int = SHOWN * 2) -> list[Slot]:
    """To when the customer could move a visit, not at the last hour; its own time counts as free."""
    free = free_slots([visit.engineer], visit.rules, now, without=visit.pk)[visit.engineer_id]
    earliest = now + timedelta(hours=visit.rules.field_numbers.move_until_hours)
    fitting = (slot for slot in free if slot.start >= earliest and slot.start != visit.start_at)
    return list(islice(fitting, most))


def free_slots(
    people: Sequence[Staff], rules: FieldRules, now: datetime, *, without: int | None = None
) -> dict[int, Iterator[Slot]]:
    """The free slots of people by their keys, soonest first."""
    keys, numbers = [person.pk for person in people], rules.field_numbers
    calendar, first = calendar_of(rules.calendar), today_of(now, rules.calendar)
    days = [first + timedelta(days=n) for n in range(numbers.days_ahead + 1)]
    duties, away = duties_of(keys, days[0], days[-1]), _away(keys, days)
    busy = _busy(keys, now, rules, without)
    return {
        pk: iter(
            offered(
                _open_times(calendar, duties.get(pk), [day for day in days if day not in away[pk]]),
                busy[pk],
                earliest=now + timedelta(minutes=numbers.gap_minutes),
                length=timedelta(minutes=numbers.slot_minutes),
                step=timedelta(minutes=numbers.step_minutes),
                gap=timedelta(minutes=numbers.gap_minutes),
            )
        )
        for pk in keys
    }


def on_duty(staff: Staff, start: datetime, end: datetime, rules: FieldRules) -> bool:
    """Whether somebody is neither on leave nor off duty between two moments."""
    zone = calendar_of(rules.calendar).zone
    begin, finish = start.astimezone(zone), end.astimezone(zone)
    day = begin.date()
    if _away([staff.pk], [day])[staff.pk]:
        return False
    duty = duties_of([staff.pk], day, day).get(staff.pk)
    return duty is None or duty.covers(begin.replace(tzinfo=None), finish.replace(tzinfo=None))


def _open_times(calendar: WorkingCalendar, duty: Duty | None, days: Iterable[date]) -> Iterator[Slot]:
    """Working time of each day, or the person's own shifts where there are some."""
    for day in days:
        shifts = duty.on(day) if duty else None
        parts = calendar.intervals_on(day) if shifts is None else shifts
        for part in parts:
            begin = datetime.combine(day, part.start, calendar.zone)
            yield Slot(begin, datetime.combine(day, part.end, calendar.zone))


def _away(keys: Sequence[int], days: Sequence[date]) -> dict[int, set[date]]:
    away: dict[int, set[date]] = defaultdict(set)
    for leave in Leave.objects.filter(staff__in=keys, first_day__lte=days[-1], last_day__gte=days[0]):
        away[leave.staff_id] |= {day for day in days if leave.first_day <= day <= leave.last_day}
    return away


def _busy(keys: Sequence[int], now: datetime, rules: FieldRules, without: int | None = None) -> dict[int, list[Slot]]:
    until = now + timedelta(days=rules.field_numbers.days_ahead + 1)
    rows = SiteVisit.objects.open().filter(engineer__in=keys, end_at__gte=now - timedelta(days=1), start_at__lte=until)
    if without is not None:
        rows = rows.exclude(pk=without)
    busy: dict[int, list[Slot]] = defaultdict(list)
    for engineer, start, end in rows.values_list("engineer", "start_at", "end_at"):
        busy[engineer].append(Slot(start, end))
    return busy


def _skilled(person: Staff, case: Case) -> bool:
    """Whether a skill of the person names the product of the case, its category or brand."""
    product = case.product
    words = {case.product_name, case.topic, *((product.category, product.brand, product.model) if product else ())}
    wanted = {word.casefold() for word in words if word}
    return any(skill.casefold() in word or word in skill.casefold() for skill in person.skills for word in wanted)
