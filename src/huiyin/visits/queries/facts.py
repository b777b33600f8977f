"""Everything a plan is drawn from, read in few queries whatever the number of candidates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet

from huiyin.customers.public import Customer
from huiyin.organisation.public import Leave, Staff, Store, StoreSize
from huiyin.visits.models import PlanRules, Visit
from huiyin.visits.queries.contacts import contact_facts, liked_by
from huiyin.visits.queries.hours import plan_week_of
from huiyin.visits.queries.policies import hours_of, visitors
from huiyin.visits.rules.calling import ContactFacts, ContactPolicy, contact_block
from huiyin.visits.rules.lifecycle import ENDED, FAILED, State
from huiyin.visits.rules.planning import Agent, Candidate, Kept, PlanPolicy, PlanWeek
from huiyin.visits.rules.planning.reasons import Passed
from huiyin.visits.rules.weeks import week_of_month, weeks_left_in_month

WEEK = timedelta(days=7)
MEMORY = timedelta(days=365)
OWN_LANGUAGE = "zh"
FIELDS = (
    "pk",
    "customer_id",
    "amount",
    "due_from",
    "due_by",
    "sampled",
    "store_id",
    "store__size",
    "policy__skill",
    "not_agent_id",
)


@dataclass(frozen=True)
class PlanFacts:
    """What :func:`huiyin.visits.rules.planning.draw_plan` takes."""

    policy: PlanPolicy
    week: PlanWeek
    candidates: list[Candidate]
    agents: list[Agent]
    kept: list[Kept]
    small_stores: dict[int, int]


def plan_facts(
    rules: PlanRules, monday: date, now: datetime, *, keep_planned: bool, candidates: bool = True
) -> PlanFacts:
    """The facts for the week of ``monday``; without ``candidates`` only the board they would be put on.

    ``keep_planned``: visits that a published plan of the week already holds stay as they are (a replan only fills up);
    otherwise those not yet begun are candidates again.
    """
    week = plan_week_of(rules, monday, now)
    agents = agents_of(week)
    kept = list(_kept(rules, monday, agents, keep_planned=keep_planned))
    return PlanFacts(
        policy=rules.plan_policy,
        week=week,
        candidates=candidates_of(rules, week, now, keep_planned=keep_planned) if candidates else [],
        agents=agents,
        kept=kept,
        small_stores=small_store_counts(rules, monday, keep_planned=keep_planned),
    )


def candidates_of(rules: PlanRules, week: PlanWeek, now: datetime, *, keep_planned: bool) -> list[Candidate]:
    """Every visit that is due before the week ends, with what the rules need to know of its customer."""
    ends = datetime.combine(week.monday, time(), hours_of(rules).zone) + WEEK
    again = Q(state=State.PLANNED, planned_on__lt=week.monday)
    if not keep_planned:
        again |= Q(state=State.PLANNED, planned_on__gte=week.monday, planned_on__lt=week.monday + WEEK)
    due = Visit.objects.filter(Q(state=State.DUE) | again, due_from__lt=ends, again_asked=False)
    due = due.exclude(sampled=True, due_by__lte=now)
    return candidates_from(rules, week, due, now)


def candidates_from(rules: PlanRules, week: PlanWeek, visits: QuerySet[Visit], now: datetime) -> list[Candidate]:
    """These visits as candidates."""
    rows = list(visits.order_by("pk").values(*FIELDS))
    ids = {row["customer_id"] for row in rows}
    customers = {each.pk: each for each in Customer.objects.filter(pk__in=ids).only(*_customer_fields())}
    facts = contact_facts(customers.values(), now, hours_of(rules).zone)
    known = known_agents(ids, now)
    made = []
    for row in rows:
        customer = customers[row["customer_id"]]
        language = "" if customer.language.startswith(OWN_LANGUAGE) else customer.language
        candidate = Candidate(
            id=row["pk"],
            customer=customer.pk,
            amount=row["amount"],
            due_from=row["due_from"],
            due_by=row["due_by"],
            store=row["store_id"],
            store_size=row["store__size"] or "",
            liked=liked_by(customer),
            skill=row["policy__skill"],
            language=language,
            known_agents=known.get(customer.pk, ()),
            not_agent=row["not_agent_id"],
            obligatory=not row["sampled"],
        )
        made.append(_with_contact(candidate, facts[customer.pk], rules.contact_policy, week, now))
    return made


def _customer_fields() -> tuple[str, ...]:
    return ("pk", "language", "preferred_time", "preferred_weekdays", "do_not_contact")


def _with_contact(
    candidate: Candidate, facts: ContactFacts, policy: ContactPolicy, week: PlanWeek, now: datetime
) -> Candidate:
    """Blocks the candidate, or moves its beginning to the end of the gap after the last contact."""
    begins = max(now, week.windows[0].start) if week.windows else now
    block = contact_block(policy, facts, begins, owed=candidate.obligatory)
    if block != Passed.GAP or facts.last_contact is None or not week.windows:
        return replace(candidate, blocked=block)
    free = facts.last_contact + policy.gap
    if free > week.windows[-1].start:
        return replace(candidate, blocked=block)
    return replace(candidate, due_from=max(candidate.due_from, free))


def known_agents(customers: Iterable[int], now: datetime) -> dict[int, tuple[int, ...]]:
    """Who completed visits to each customer in the last year, latest first."""
    done = Visit.objects.filter(
        customer__in=customers, state=State.DONE, agent__isnull=False, ended_at__gte=now - MEMORY
    )
    found: dict[int, list[int]] = defaultdict(list)
    for customer, agent in done.order_by("-ended_at").values_list("customer_id", "agent_id"):
        if agent not in found[customer]:
            found[customer].append(agent)
    return {customer: tuple(agents) for customer, agents in found.items()}


def agents_of(week: PlanWeek) -> list[Agent]:
    """The active service agents with their leave in the week."""
    people = list(Staff.objects.filter(visitors()).order_by("pk"))
    away: dict[int, set[date]] = defaultdict(set)
    last = week.monday + timedelta(days=6)
    for leave in Leave.objects.filter(staff__in=people, first_day__lte=last, last_day__gte=week.monday):
        days = (leave.last_day - leave.first_day).days
        away[leave.staff_id] |= {leave.first_day + timedelta(days=n) for n in range(days + 1)}
    return [
        Agent(each.pk, each.daily_capacity, frozenset(away[each.pk]), frozenset(each.skills), frozenset(each.languages))
        for each in people
    ]


def _kept(rules: PlanRules, monday: date, agents: list[Agent], *, keep_planned: bool) -> Iterable[Kept]:
    """Visits of the week that stay: done, begun, asked for at a time, and the planned ones if they are kept."""
    zone = hours_of(rules).zone
    known = {agent.id for agent in agents}
    of_week = Visit.objects.filter(planned_on__gte=monday, planned_on__lt=monday + WEEK).exclude(
        state__in=[State.CANCELLED, State.LAPSED, *FAILED]
    )
    for visit in of_week.only(
        "customer_id",
        "planned_on",
        "agent_id",
        "window_start",
        "place_band",
        "store_id",
        "sampled",
        "state",
        "again_asked",
    ):
        stays = keep_planned or visit.state in ENDED or visit.state == State.IN_PROGRESS or visit.again_asked
        if stays and visit.planned_on and visit.agent_id:
            start = visit.window_start.astimezone(zone) if visit.window_start else None
            agent = visit.agent_id if visit.agent_id in known else 0
            yield Kept(
                visit.customer_id, visit.planned_on, agent, start, visit.place_band, visit.store_id, visit.sampled
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
