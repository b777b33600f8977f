"""Everything a plan is drawn from, read in few queries whatever the number of candidates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet

from huiyin.contact_ledger.public import (
    Block,
    ContactFacts,
    ContactNumbers,
    Purpose,
    Way,
    block_of,
    person_facts,
)
from huiyin.contact_ledger.public import rules_at as contact_rules_at
from huiyin.customers.public import Customer
from huiyin.organisation.public import Duty, Leave, Staff, Store, StoreSize, duties_of
from huiyin.visits.models import Attempt, PlanRules, Visit
from huiyin.visits.queries.hours import plan_week_of
from huiyin.visits.queries.policies import hours_of, today_in, visitors
from huiyin.visits.queries.resting import resting
from huiyin.visits.queries.together import calls_led_by
from huiyin.visits.rules.lifecycle import ENDED, FAILED, State
from huiyin.visits.rules.planning import Agent, Candidate, Kept, Mode, PlanPolicy, PlanWeek
from huiyin.visits.rules.planning.reasons import Passed
from huiyin.visits.rules.together import OneCall, time_of_call
from huiyin.visits.rules.weeks import week_of_month, weeks_left_in_month

WEEK = timedelta(days=7)
MEMORY = timedelta(days=365)
OWN_LANGUAGE = "zh"
PASSED = {
    Block.DO_NOT_CONTACT: Passed.DO_NOT_CONTACT,
    Block.OPTED_OUT: Passed.DO_NOT_CONTACT,
    Block.NO_ADDRESS: Passed.NO_PHONE,
    Block.REFUSED_BEFORE: Passed.REFUSED_BEFORE,
    Block.GAP: Passed.GAP,
    Block.MONTHLY_CAP: Passed.MONTHLY_CAP,
}
SPACING = (Block.GAP, Block.MONTHLY_CAP, Block.REFUSED_BEFORE)
FIELDS = (
    "pk",
    "customer_id",
    "amount",
    "due_from",
    "due_by",
    "sampled",
    "store_id",
    "store__size",
    "kind",
    "policy__skill",
    "not_agent_id",
    "leads",
)
KEPT_FIELDS = (
    "customer_id",
    "planned_on",
    "agent_id",
    "window_start",
    "window_end",
    "place_band",
    "store_id",
    "sampled",
    "state",
    "again_at",
    "again_asked",
    "made_with_id",
)


@dataclass(frozen=True)
class PlanFacts:
    """What a week is drawn with, apart from the candidates. ``stays`` are the visits that keep their place."""

    policy: PlanPolicy
    week: PlanWeek
    agents: list[Agent]
    kept: list[Kept]
    stays: list[int]
    small_stores: dict[int, int]


def plan_facts(rules: PlanRules, monday: date, now: datetime, mode: Mode) -> PlanFacts:
    """The facts for the week of ``monday``; ``mode`` says which planned visits stay as they are."""
    week = plan_week_of(rules, monday, now)
    agents = agents_of(week)
    staying = list(_staying(rules, monday, agents, now, mode))
    return PlanFacts(
        policy=rules.plan_policy,
        week=week,
        agents=agents,
        kept=[kept for _, kept in staying],
        stays=[visit for visit, _ in staying],
        small_stores=small_store_counts(rules, monday, keep_planned=mode is Mode.FILL_UP),
    )


def due_in(rules: PlanRules, week: PlanWeek, now: datetime, mode: Mode, stays: Iterable[int]) -> QuerySet[Visit]:
    """Every visit that is due before the week ends and does not stay where it is."""
    ends = datetime.combine(week.monday, time(), hours_of(rules).zone) + WEEK
    today = today_in(hours_of(rules), now)
    again = Q(state=State.PLANNED, planned_on__lt=min(week.monday, today))
    if mode is not Mode.FILL_UP:
        again |= Q(state=State.PLANNED, planned_on__gte=week.monday, planned_on__lt=week.monday + WEEK)
    due = Visit.objects.filter(Q(state=State.DUE, self_way="") | again, due_from__lt=ends, again_asked=False)
    return due.filter(made_with=None).exclude(sampled=True, due_by__lte=now).exclude(pk__in=list(stays))


def made_with_others(rules: PlanRules, week: PlanWeek) -> list[int]:
    """Visits that are due before the week ends and have no place of their own: each is made in another one's call."""
    ends = datetime.combine(week.monday, time(), hours_of(rules).zone) + WEEK
    along = Visit.objects.filter(state=State.DUE, made_with__isnull=False, due_from__lt=ends)
    return list(along.order_by("pk").values_list("pk", flat=True))


def candidates_from(week: PlanWeek, visits: QuerySet[Visit], now: datetime, *, narrow: bool = True) -> list[Candidate]:
    """These visits as candidates, each with what is made with it; ``narrow``: in the time of all of them."""
    rows = list(visits.order_by("pk").values(*FIELDS))
    ids = {row["customer_id"] for row in rows}
    languages = dict(Customer.objects.filter(pk__in=ids).values_list("pk", "language"))
    contact, calendar = contact_rules_at(now)
    numbers, facts = contact.contact_numbers, person_facts(ids, now, calendar.zone)
    known, rests = known_agents(ids, now), resting(now, ids)
    calls = calls_led_by([row["pk"] for row in rows if row["leads"]])
    made = []
    for row in rows:
        person, language = facts[row["customer_id"]].by(Way.PHONE), languages[row["customer_id"]]
        candidate = Candidate(
            id=row["pk"],
            customer=row["customer_id"],
            amount=row["amount"],
            due_from=row["due_from"],
            due_by=row["due_by"],
            store=row["store_id"],
            store_size=row["store__size"] or "",
            liked=person.liked,
            skill=row["policy__skill"],
            language="" if language.startswith(OWN_LANGUAGE) else language,
            known_agents=known.get(row["customer_id"], ()),
            not_agent=row["not_agent_id"],
            obligatory=not row["sampled"],
        )
        if call := calls.get(candidate.id):
            candidate = _with_others(candidate, call, numbers.gap, narrow=narrow)
        if row["sampled"] and (row["kind"], row["customer_id"]) in rests:
            candidate = replace(candidate, blocked=Passed.REFUSED_BEFORE)
        made.append(_with_contact(candidate, person, numbers, week, now))
    return made


def _with_others(candidate: Candidate, call: OneCall, gap: timedelta, *, narrow: bool) -> Candidate:
    """A visit with the demands of those that are made with it."""
    begins, ends = time_of_call(call.leader, call.others, gap) if narrow else (candidate.due_from, candidate.due_by)
    return replace(candidate, due_from=begins, due_by=ends, skill=call.skill, not_agent=call.not_agent)


def _with_contact(
    candidate: Candidate, person: ContactFacts, numbers: ContactNumbers, week: PlanWeek, now: datetime
) -> Candidate:
    """Blocks the candidate, or moves its beginning to the end of the gap after the last contact."""
    begins = max(now, week.windows[0].start) if week.windows else now
    block = block_of(numbers, person, Purpose.OWED if candidate.obligatory else Purpose.FOLLOW_UP, begins)
    if candidate.blocked and (block is None or block in SPACING):
        return candidate
    if block is not Block.GAP or person.last_contact is None or not week.windows:
        return replace(candidate, blocked=PASSED[block] if block else "")
    free = person.last_contact + numbers.gap
    if free > week.windows[-1].start:
        return replace(candidate, blocked=PASSED[block])
    return replace(candidate, due_from=max(candidate.due_from, free))


def known_agents(customers: Iterable[int], now: datetime) -> dict[int, tuple[int, ...]]:
    """Who is in charge of each customer, if that person makes visits; else who completed visits to the customer in the
    last year, latest first."""
    done = Visit.objects.filter(
        customer__in=customers, state=State.DONE, agent__isnull=False, ended_at__gte=now - MEMORY
    )
    found: dict[int, list[int]] = defaultdict(list)
    for customer, agent in done.order_by("-ended_at").values_list("customer_id", "agent_id"):
        if agent not in found[customer]:
            found[customer].append(agent)
    charge = in_charge().filter(pk__in=customers).values_list("pk", "in_charge_id")
    return {customer: tuple(agents) for customer, agents in found.items()} | {pk: (agent,) for pk, agent in charge}


def in_charge() -> QuerySet[Customer]:
    """The customers whose person in charge makes visits (CUS-5)."""
    return Customer.objects.filter(in_charge__in=Staff.objects.filter(visitors()))


def agents_of(week: PlanWeek) -> list[Agent]:
    """The active service agents with their leave and shifts in the week."""
    people = list(Staff.objects.filter(visitors()).order_by("pk"))
    away: dict[int, set[date]] = defaultdict(set)
    last = week.monday + timedelta(days=6)
    for leave in Leave.objects.filter(staff__in=people, first_day__lte=last, last_day__gte=week.monday):
        days = (leave.last_day - leave.first_day).days
        away[leave.staff_id] |= {leave.first_day + timedelta(days=n) for n in range(days + 1)}
    duties = duties_of([each.pk for each in people], week.monday, last)
    return [
        Agent(
            each.pk,
            each.daily_capacity,
            frozenset(away[each.pk]),
            frozenset(each.skills),
            frozenset(each.languages),
            _off_shift(duties.get(each.pk), week),
        )
        for each in people
    ]


def _off_shift(duty: Duty | None, week: PlanWeek) -> frozenset[datetime]:
    """The ends of the windows for which somebody with these shifts is not there all along."""
    if duty is None:
        return frozenset()
    return frozenset(each.end for each in week.windows if not duty.covers(each.start, each.end))


def _staying(
    rules: PlanRules, monday: date, agents: list[Agent], now: datetime, mode: Mode
) -> Iterator[tuple[int, Kept]]:
    """Visits of the week that stay: done, begun, asked for at a time, and the planned ones as far as the mode says."""
    zone = hours_of(rules).zone
    there = {agent.id: agent for agent in agents}
    of_week = Visit.objects.filter(planned_on__gte=monday, planned_on__lt=monday + WEEK).exclude(
        state__in=[State.CANCELLED, State.LAPSED, *FAILED]
    )
    called = (
        set(Attempt.objects.filter(visit__in=of_week).values_list("visit", flat=True)) if mode is Mode.REPLAN else ()
    )
    for visit in of_week.only(*KEPT_FIELDS):
        stays = mode is Mode.FILL_UP or visit.state in ENDED or visit.state == State.IN_PROGRESS or visit.again_asked
        agent = there.get(visit.agent_id or 0)
        stays = stays or (visit.pk in called and _still_stands(visit, agent, now))
        if stays and visit.planned_on and visit.agent_id:
            yield visit.pk, _kept(visit, agent, zone)


def _still_stands(visit: Visit, agent: Agent | None, now: datetime) -> bool:
    """Whether a visit that was called once can be tried again where it stands."""
    ahead = (visit.window_end is not None and visit.window_end > now) or (visit.again_at or now) > now
    return ahead and agent is not None and visit.planned_on not in agent.days_off


def _kept(visit: Visit, agent: Agent | None, zone: ZoneInfo) -> Kept:
    start = visit.window_start.astimezone(zone) if visit.window_start else None
    assert visit.planned_on  # noqa: S101 - asked before
    return Kept(
        visit.customer_id,
        visit.planned_on,
        agent.id if agent and visit.made_with_id is None else 0,
        start,
        visit.place_band,
        visit.store_id,
        visit.sampled,
    )


def small_store_counts(rules: PlanRules, monday: date, *, keep_planned: bool) -> dict[int, int]:
    """Every small store with the customers visited this month so far (done, or planned in an earlier week)."""
    stores = Store.objects.filter(size=StoreSize.SMALL, is_open=True).values_list("pk", flat=True)
    first = _first_monday_of_month(rules, monday)
    counting = [State.DONE, *([State.PLANNED, State.IN_PROGRESS] if keep_planned else [])]
    of_month = Visit.objects.filter(planned_on__gte=first, planned_on__lt=monday + WEEK)
    done = of_month.filter(store__in=stores, state__in=counting)
    counted: Mapping[int, int] = dict(done.values_list("store").annotate(Count("customer", distinct=True)))
    return {store: counted.get(store, 0) for store in stores}


def _first_monday_of_month(rules: PlanRules, monday: date) -> date:
    by = rules.plan_policy.belongs_by
    first = monday - WEEK * (week_of_month(monday, by).number - 1)
    return weeks_left_in_month(first, by)[0]
