"""Candidates read as columns are the same as candidates read one by one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db.models import F

from huiyin.contact_ledger.public import note_contact, opt_out
from huiyin.customers.public import Contact, Customer
from huiyin.foundation.calls import system_call
from huiyin.foundation.columns import read_columns
from huiyin.visits.models import PlanRules, Visit
from huiyin.visits.public import draw_due, plan_week, publish_plan
from huiyin.visits.queries.facts import candidates_from, due_in, plan_facts
from huiyin.visits.queries.waiting import waiting_in
from huiyin.visits.rules.planning import Candidate, Mode
from huiyin.visits.rules.planning.columns import CENTS, Candidates, micros
from tests.conftest import Company, MovableClock

NEXT = date(2026, 9, 21)

pytestmark = pytest.mark.django_db


@pytest.fixture
def varied(visiting: Company, buyer: Callable) -> list[Visit]:
    """Customers with every wish, contact and language there is."""
    now = system_call().now
    wishes = [{}, {"language": "en"}, {"language": "zh-hant"}, {"preferred_time": "morning"}]
    wishes += [{"preferred_time": "afternoon", "preferred_weekdays": [1, 5, 7]}, {"do_not_contact": True}]
    for number in range(24):
        buyer(days=5, amount=1000 + 777 * number, store=("S01", "S02", None)[number % 3], **wishes[number % 6])
    draw_due(system_call())
    visits = list(Visit.objects.order_by("purchase"))
    Contact.objects.filter(customer=visits[6].customer).update(phone="")
    for number, days in ((7, 3), (8, 9), (9, 1), (9, 2), (9, 4)):
        noted(visits[number], "reached", now - timedelta(days=days))
    for number, days in ((10, 20), (11, 300)):
        noted(visits[number], "refused", now - timedelta(days=days))
    noted(visits[17], "not_reached", now)
    opt_out(system_call(), visits[18].customer_id, way="phone")
    opt_out(system_call(), visits[19].customer_id, way="sms")
    for number, who, days in ((12, "agent", 30), (12, "agent2", 20), (13, "agent2", 400), (14, "agent", 10)):
        ended(visits[number], "done", now - timedelta(days=days), agent=visiting.staff[who])
    for number, who in ((12, "agent"), (16, "agent2"), (17, "director")):
        Customer.objects.filter(pk=visits[number].customer_id).update(in_charge=visiting.staff[who])
    Visit.objects.filter(pk=visits[15].pk).update(not_agent=visiting.staff["agent"], sampled=False)
    Visit.objects.filter(pk=visits[16].pk).update(amount=None, policy=visits[16].policy)
    return visits


def noted(visit: Visit, outcome: str, at: datetime) -> None:
    told = {"customer": visit.customer_id, "way": "phone", "purpose": "follow_up", "about": ("visits.visit", 0)}
    note_contact(system_call(), outcome=outcome, at=at, **told)


def ended(like: Visit, state: str, at: object, **more: object) -> None:
    Visit.objects.create(
        kind="earlier",
        policy=like.policy,
        customer=like.customer,
        due_from=like.due_from - timedelta(days=500),
        due_by=like.due_by - timedelta(days=400),
        breach_at=like.due_by,
        state=state,
        ended_at=at,
        created_at=at,
        **more,
    )


def one_by_one(found: Candidates) -> list[dict[str, object]]:
    return [
        {
            "id": found.id[row],
            "customer": found.customer[row],
            "cents": found.cents[row],
            "due": (found.due_from[row], found.due_by[row]),
            "store": (found.store[row], found.sizes[found.size[row]]),
            "liked": found.likes[found.like[row]],
            "needs": (found.skills[found.skill[row]], found.languages[found.language[row]]),
            "people": (tuple(found.known(row)), found.not_agent[row]),
            "blocked": found.blocks[found.block[row]],
            "owed": bool(found.owed[row]),
        }
        for row in range(len(found))
    ]


def expected(each: Candidate) -> dict[str, object]:
    return {
        "id": each.id,
        "customer": each.customer,
        "cents": int((each.amount or 0) * CENTS),
        "due": (micros(each.due_from), micros(each.due_by)),
        "store": (each.store or 0, each.store_size),
        "liked": each.liked,
        "needs": (each.skill, each.language),
        "people": (each.known_agents, each.not_agent or 0),
        "blocked": each.blocked,
        "owed": each.obligatory,
    }


def test_columns_hold_what_single_candidates_hold(visiting: Company, varied: list[Visit]) -> None:
    rules, now = PlanRules.objects.get(), system_call().now
    facts = plan_facts(rules, NEXT, now, Mode.ANEW)
    due = due_in(rules, facts.week, now, Mode.ANEW, facts.stays)
    found = one_by_one(waiting_in(facts.week, due, now, keep_places=False))
    assert found == [expected(each) for each in candidates_from(facts.week, due, now)]
    assert len(found) == 24
    assert {each["blocked"] for each in found} == {"", "do_not_contact", "no_phone", "refused_before", "monthly_cap"}


def test_a_week_before_that_is_planned_counts_as_the_contact_it_will_be(
    visiting: Company, buyer: Callable, clock: MovableClock
) -> None:
    first, second = buyer(days=5), buyer(days=1)
    second.customer = first.customer
    second.save()
    draw_due(system_call())
    publish_plan(system_call(), plan_week(system_call(), date(2026, 9, 14), seed=1).pk)
    (planned,) = Visit.objects.filter(state="planned")
    draft = plan_week(system_call(), NEXT, seed=1)
    assert not draft.choices.filter(visit=planned).exists()
    other = draft.choices.get()
    assert other.window_start is None or other.window_start >= planned.window_end + timedelta(days=7)


def test_a_planned_visit_without_an_hour_is_no_contact_yet(
    visiting: Company, buyer: Callable, clock: MovableClock
) -> None:
    first, second = buyer(days=5), buyer(days=1)
    second.customer = first.customer
    second.save()
    draw_due(system_call())
    publish_plan(system_call(), plan_week(system_call(), date(2026, 9, 14), seed=1).pk)
    Visit.objects.filter(state="planned").update(window_start=None, window_end=None)
    assert plan_week(system_call(), NEXT, seed=1).choices.count() == 1


def test_no_rows_are_empty_columns_and_null_is_refused(visiting: Company, buyer: Callable) -> None:
    assert read_columns(Customer.objects.none(), id="pk")["id"].tolist() == []
    buyer()
    buyer()
    (first, second) = Customer.objects.order_by("pk")
    assert read_columns(Customer.objects.order_by("-pk"), id="pk")["id"].tolist() == [second.pk, first.pk]
    with pytest.raises(ValueError, match="NULL"):
        read_columns(Customer.objects.all(), other=F("merged_into_id"))
