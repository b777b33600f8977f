"""The open visits of customers that another wish could join."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from huiyin.contact_ledger.public import rules_at
from huiyin.demand_forms.models import DemandForm, Wish
from huiyin.demand_forms.queries.units import hours
from huiyin.demand_forms.rules.joining import OpenVisit, to_join
from huiyin.visits.public import State, Visit


@dataclass(frozen=True)
class Joinable:
    """A visit that a wish may join: what it is, when, whose; ``by_form`` is the unit of another form that wanted it."""

    visit: Visit
    at: datetime
    by_form: str


def end_of(day: date) -> datetime:
    """The moment a wanted day is over, in the company's zone."""
    return datetime.combine(day + timedelta(days=1), time(), hours().zone)


def facts_of(visit: Visit) -> OpenVisit:
    """What the rule needs to know of a visit; one that is made in another's call comes when that does."""
    leader = visit.made_with or visit
    return OpenVisit(
        id=visit.pk,
        at=leader.window_start or leader.again_at or visit.due_from,
        sure=not leader.sampled or leader.state != State.DUE,
        begun=leader.state == State.IN_PROGRESS,
        may_merge=visit.policy.may_be_merged,
    )


def joinable(form: DemandForm, wishes: Iterable[Wish], now: datetime) -> dict[int, tuple[list[Joinable], int | None]]:
    """For each wish by key: the visits it may join, soonest first, and the one it should (None: a visit of its own)."""
    every = list(wishes)
    visits = _open_visits([wish.customer_id for wish in every])
    gap, latest = gap_at(now), end_of(form.wanted_by)
    units = _wanted_by_forms([visit for rows in visits.values() for visit in rows])
    found = {}
    for wish in every:
        known = {visit.pk: visit for visit in visits[wish.customer_id]}
        fit, best = to_join(map(facts_of, known.values()), latest, gap)
        found[wish.pk] = ([_told(known[pk], units.get(pk, "")) for pk in fit], best)
    return found


def gap_at(now: datetime) -> timedelta:
    """The least time between two contacts with a customer."""
    return rules_at(now)[0].contact_numbers.gap


def _told(visit: Visit, unit: str) -> Joinable:
    return Joinable(visit, facts_of(visit).at, unit)


def _open_visits(customers: list[int]) -> dict[int, list[Visit]]:
    rows = Visit.objects.open().filter(customer__in=customers).select_related("policy", "agent", "made_with")
    found: dict[int, list[Visit]] = defaultdict(list)
    for visit in rows.order_by("id"):
        found[visit.customer_id].append(visit)
    return found


def _wanted_by_forms(visits: list[Visit]) -> dict[int, str]:
    """The unit whose form wanted a visit, by visit."""
    wishes = Wish.objects.filter(visit__in=[visit.pk for visit in visits], joined=False)
    return {wish.visit_id: wish.form.unit_name for wish in wishes.select_related("form__department", "form__store")}  # type: ignore[misc]  # filtered by visit
