"""Everybody who could be planned in a week, as columns: a million candidates are read in seconds."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np
from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    F,
    Func,
    IntegerField,
    Max,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce

from huiyin.contact_ledger.public import ContactNumbers, Outcome, Way, counted, opt_outs_from
from huiyin.contact_ledger.public import rules_at as contact_rules_at
from huiyin.customers.public import Contact, Customer
from huiyin.foundation.columns import Columns, read_columns
from huiyin.kernel.windows import PARTS_OF_DAY, Liked
from huiyin.organisation.public import Store
from huiyin.visits.models import Visit, VisitPolicy
from huiyin.visits.queries.facts import in_charge
from huiyin.visits.queries.resting import resting
from huiyin.visits.queries.together import calls_led_by
from huiyin.visits.rules.lifecycle import State
from huiyin.visits.rules.planning import PlanWeek
from huiyin.visits.rules.planning.columns import CENTS, Candidates, Flags, Ints, micros
from huiyin.visits.rules.planning.reaching import BLOCKS, Contacts, reach
from huiyin.visits.rules.planning.reasons import Passed
from huiyin.visits.rules.together import time_of_call

MEMORY = timedelta(days=365)
WEEK = timedelta(days=7)
OWN_LANGUAGE = "zh"
PARTS = tuple(PARTS_OF_DAY)
DAYS = 7
EVERY_DAY_MASKS = 2 ** (DAYS + 1)


def waiting_in(week: PlanWeek, visits: QuerySet[Visit], now: datetime, *, keep_places: bool) -> Candidates:
    """These visits as candidates of the week; ``keep_places``: planned ones have a place to keep."""
    languages = _languages()
    rows = read_columns(visits.order_by("pk"), **_fields(languages))
    _with_others(rows, week, now)
    owed = rows["sampled"] == 0
    begins = max(now, week.windows[0].start) if week.windows else now
    contact, calendar = contact_rules_at(now)
    reached = reach(
        contact.contact_numbers,
        _contacts(contact.contact_numbers, rows, week.monday, now.astimezone(calendar.zone)),
        owed,
        rows["due_from"],
        begins=micros(begins),
        last_start=micros(week.windows[-1].start) if week.windows else None,
    )
    block = _rested(reached.block, rows, owed, now)
    skills, skill = _skills(rows["policy"])
    sizes, size = _sizes(rows["store"])
    likes, like = _likes(rows["part"], rows["weekdays"])
    known_from, known_agent = _known(rows["customer"], now)
    return Candidates(
        **{name: rows[name] for name in ("id", "customer", "cents", "due_by", "store", "language", "not_agent")},
        due_from=reached.due_from,
        block=block,
        owed=owed,
        placed_agent=rows["placed_agent"] * keep_places,
        placed_end=np.maximum(rows["placed_end"], 0),
        known_from=known_from,
        known_agent=known_agent,
        like=like,
        likes=likes,
        skill=skill,
        skills=skills,
        size=size,
        sizes=sizes,
        languages=languages,
        blocks=BLOCKS,
    )


def _fields(languages: tuple[str, ...]) -> dict[str, Any]:
    spoken = [When(customer__language__startswith=OWN_LANGUAGE, then=Value(0))]
    spoken += [When(customer__language=code, then=Value(at)) for at, code in enumerate(languages) if at]
    parts = [When(customer__preferred_time=part, then=Value(at)) for at, part in enumerate(PARTS)]
    return {
        "id": "pk",
        "customer": "customer_id",
        "policy": "policy_id",
        "cents": Cast(Coalesce(F("amount"), Value(0), output_field=BigIntegerField()) * CENTS, BigIntegerField()),
        "due_from": "due_from",
        "due_by": "due_by",
        "sampled": "sampled",
        "leads": "leads",
        "store": _or_nothing("store_id"),
        "not_agent": _or_nothing("not_agent_id"),
        "placed_agent": Case(
            When(state=State.PLANNED, then=_or_nothing("agent_id")), default=Value(0), output_field=BigIntegerField()
        ),
        "placed_end": Coalesce("window_end", Value(datetime.fromisoformat("1970-01-01T00:00:00+00:00"))),
        "silent": F("customer__do_not_contact"),
        "language": Case(*spoken, default=Value(0), output_field=IntegerField()),
        "part": Case(*parts, default=Value(0), output_field=IntegerField()),
        "weekdays": _Mask("customer__preferred_weekdays", output_field=IntegerField()),
    }


def _with_others(rows: Columns, week: PlanWeek, now: datetime) -> None:
    """Rows that lead a call get the demands of what is made with them, its skill by way of a policy that asks for it.

    A drawn visit is made in the time of all of them. An owed one keeps its own where it must be made this week: it does
    not come late for the others' sake.
    """
    at = {int(rows["id"][row]): row for row in np.flatnonzero(rows["leads"])}
    if not at:
        return
    contact, calendar = contact_rules_at(now)
    ends = micros(datetime.combine(week.monday + WEEK, time(), calendar.zone))
    for leader, call in calls_led_by(list(at)).items():
        row = at[leader]
        if not call.leader.owed or rows["due_by"][row] > ends:
            begins, until = time_of_call(call.leader, call.others, contact.contact_numbers.gap)
            rows["due_from"][row], rows["due_by"][row] = micros(begins), micros(until)
        rows["not_agent"][row] = call.not_agent or 0
        rows["policy"][row] = call.asks_for_skill or rows["policy"][row]


class _Mask(Func):
    """A list of small numbers as one number with their bits set."""

    template = "(SELECT COALESCE(bit_or(1 << day), 0) FROM unnest(%(expressions)s) AS day)"


def _or_nothing(field: str) -> Coalesce:
    return Coalesce(F(field), Value(0), output_field=BigIntegerField())


def _languages() -> tuple[str, ...]:
    spoken = Customer.objects.exclude(language__startswith=OWN_LANGUAGE).exclude(language="")
    return ("", *sorted(spoken.order_by().values_list("language", flat=True).distinct()))


def _contacts(numbers: ContactNumbers, rows: Columns, monday: date, now: datetime) -> Contacts:
    """What the contact ledger knows of every row's customer, in few queries for all; ``now`` where the calendar holds.

    A call that is planned between now and the week counts as the contact it will be.
    """
    customer, month = rows["customer"], now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    entries = counted(now).order_by()
    reached = read_columns(
        entries.filter(at__gte=min(month, now - numbers.gap)).values("customer"),
        customer="customer_id",
        last=Max("at"),
        in_month=Count("pk", filter=Q(at__gte=month), output_field=BigIntegerField()),
    )
    refusals = entries.filter(outcome=Outcome.REFUSED, at__gte=now - numbers.refusal_respected)
    refused = read_columns(refusals.values("customer"), customer="customer_id", last=Max("at"))
    soon = Visit.objects.filter(state=State.PLANNED, planned_on__gte=now.date(), planned_on__lt=monday)
    soon = soon.filter(window_end__isnull=False)  # a visit handed over without an hour is no contact yet
    planned = read_columns(soon.order_by().values("customer"), customer="customer_id", last=Max("window_end"))
    with_phone = read_columns(Contact.objects.exclude(phone="").order_by(), customer="customer_id")
    opted_out = read_columns(opt_outs_from(Way.PHONE).order_by(), customer="customer_id")
    return Contacts(
        do_not_contact=(rows["silent"] > 0) | np.isin(customer, opted_out["customer"]),
        has_phone=np.isin(customer, with_phone["customer"]),
        last_contact=np.maximum(
            _looked_up(customer, reached["customer"], reached["last"]),
            _looked_up(customer, planned["customer"], planned["last"]),
        ),
        contacts_this_month=_looked_up(customer, reached["customer"], reached["in_month"]),
        refused_at=_looked_up(customer, refused["customer"], refused["last"]),
    )


def _rested(block: Ints, rows: Columns, owed: Flags, now: datetime) -> Ints:
    """Also blocks those for whom this kind alone rests; what no right opens goes before it."""
    found = block.copy()
    of_kind: dict[str, list[int]] = {}
    for kind, customer in resting(now):
        of_kind.setdefault(kind, []).append(customer)
    for kind, customers in of_kind.items():
        policies = list(VisitPolicy.objects.filter(code=kind).values_list("pk", flat=True))
        rests = ~owed & np.isin(rows["policy"], policies) & np.isin(rows["customer"], customers)
        found[rests & (block < BLOCKS.index(Passed.NO_PHONE))] = BLOCKS.index(Passed.REFUSED_BEFORE)
    return found


def _looked_up(wanted: Ints, keys: Ints, values: Ints) -> Ints:
    """The value of each wanted key; 0 where there is none."""
    if not len(keys):
        return np.zeros(len(wanted), dtype=np.int64)
    order = np.argsort(keys)
    at = np.minimum(np.searchsorted(keys[order], wanted), len(keys) - 1)
    return np.where(keys[order][at] == wanted, values[order][at], 0)


def _skills(policy: Ints) -> tuple[tuple[str, ...], Ints]:
    of_policy = dict(VisitPolicy.objects.filter(pk__in=np.unique(policy).tolist()).values_list("pk", "skill"))
    return _listed("", of_policy, policy)


def _sizes(store: Ints) -> tuple[tuple[str, ...], Ints]:
    return _listed("", dict(Store.objects.values_list("pk", "size")), store)


def _listed(nothing: str, of_key: dict[int, str], keys: Ints) -> tuple[tuple[str, ...], Ints]:
    """The values of the keys, each once, and every row's place among them."""
    values = (nothing, *sorted({value for value in of_key.values() if value != nothing}))
    found, which = np.unique(keys, return_inverse=True)
    places = np.array([values.index(of_key.get(key, nothing)) for key in found.tolist()], dtype=np.int64)
    return values, places[which.reshape(-1)] if len(found) else keys


def _likes(part: Ints, weekdays: Ints) -> tuple[tuple[Liked, ...], Ints]:
    """Every wish about hours and weekdays once, and every row's place among them; nothing said comes first."""
    found, which = np.unique(np.concatenate([[0], part * EVERY_DAY_MASKS + weekdays]), return_inverse=True)
    likes = tuple(_liked(*divmod(key, EVERY_DAY_MASKS)) for key in found.tolist())
    return likes, which.reshape(-1)[1:]


def _liked(part: int, mask: int) -> Liked:
    weekdays = frozenset(day for day in range(1, DAYS + 1) if mask & (1 << day))
    return Liked(PARTS_OF_DAY[PARTS[part]], weekdays)


def _known(customer: Ints, now: datetime) -> tuple[Ints, Ints]:
    """Who knows each row's customer, as offsets and agents: the person in charge, if that person makes visits; else who
    completed visits to the customer in the last year, latest first."""
    done = Visit.objects.filter(state=State.DONE, agent__isnull=False, ended_at__gte=now - MEMORY)
    met = read_columns(
        done.order_by().values("customer", "agent"), customer="customer_id", agent="agent_id", last=Max("ended_at")
    )
    order = np.lexsort((met["agent"], -met["last"], met["customer"]))
    charge = read_columns(in_charge().order_by(), customer="pk", agent="in_charge_id")
    order = order[~np.isin(met["customer"][order], charge["customer"])]
    customers = np.concatenate([met["customer"][order], charge["customer"]])
    agents = np.concatenate([met["agent"][order], charge["agent"]])
    by_customer = np.argsort(customers, kind="stable")
    customers, agents = customers[by_customer], agents[by_customer]
    first, after = np.searchsorted(customers, customer, "left"), np.searchsorted(customers, customer, "right")
    counts = after - first
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    within = np.arange(offsets[-1]) - np.repeat(offsets[:-1], counts)
    return offsets, agents[np.repeat(first, counts) + within]
