"""A company with policies in place, and customers who bought something."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from huiyin.customers.public import Contact, Customer, Purchase
from huiyin.foundation.calls import system_call
from huiyin.questionnaires.public import ship as ship_questionnaires
from huiyin.visits.models import Visit, VisitPolicy
from huiyin.visits.public import draw_due, owe_visit, ship
from huiyin.visits.rules.lifecycle import State
from tests.conftest import Company, MovableClock

GOOD = {"product": 5, "response": 5, "staff": 4, "process": 5, "value": 4}


@pytest.fixture
def visiting(company: Company, clock: MovableClock) -> Company:
    """The small company with shipped policies, on Tuesday 2026-09-15 at 10:05, inside a call window."""
    clock.set("2026-09-15 10:05")
    ship_questionnaires(system_call())
    ship(system_call())
    return company


@pytest.fixture
def buyer(company: Company) -> Callable[..., Purchase]:
    """Makes a customer with a purchase; ``days`` ago, ``amount`` yuan, at ``store``."""
    count = 0

    def buy(*, days: int = 8, amount: int = 6000, store: str | None = "S01", **customer: Any) -> Purchase:
        nonlocal count
        count += 1
        now = system_call().now
        person = Customer.objects.create(
            number=f"CS202609{count:04}",
            name=customer.pop("name", f"客户{count}"),
            sort_key=f"kehu{count}",
            registered_at=now,
            home_store=company.stores[store] if store else None,
            **customer,
        )
        Contact.objects.create(customer=person, name=person.name, phone=f"+86138000{count:05}", is_primary=True)
        return Purchase.objects.create(
            customer=person,
            source="shop",
            number=f"N{count}",
            store=company.stores[store] if store else None,
            bought_at=now - timedelta(days=days),
            amount=Decimal(amount),
            recorded_at=now,
        )

    return buy


@pytest.fixture
def visit_for(visiting: Company, buyer: Callable[..., Purchase]) -> Callable[..., Visit]:
    """Makes a drawn visit, planned for now with ``agent``."""

    def make(agent: str = "agent", **purchase: Any) -> Visit:
        bought = buyer(**purchase)
        draw_due(system_call())
        visit = Visit.objects.get(purchase=bought)
        return plan_for(visiting, visit, agent)

    return make


@pytest.fixture
def pair(visiting: Company, visit_for: Callable) -> tuple[Visit, Visit]:
    """A visit by hand (with the quick questionnaire), and the drawn regular visit that it falls together with."""
    VisitPolicy.objects.filter(code="by_hand").update(questionnaire="quick")
    regular = visit_for()
    owed = owe_visit(system_call(), policy("by_hand"), customer_id=regular.customer_id)
    return owed, Visit.objects.get(pk=regular.pk)


def plan_for(company: Company, visit: Visit, agent: str) -> Visit:
    """Puts a visit into the present window of an agent, as a plan would."""
    now = system_call().now
    visit.state, visit.agent, visit.planned_on = State.PLANNED, company.staff[agent], now.date()
    visit.window_start = now
    visit.window_end = now + timedelta(minutes=85)
    visit.department = company.departments["service"]
    visit.place_band = visit.band
    visit.save()
    return visit


def policy(code: str) -> VisitPolicy:
    """A shipped policy."""
    return VisitPolicy.objects.get(code=code)


def shanghai(moment: datetime | None) -> str:
    """A moment as the company's clock shows it."""
    from tests.conftest import SHANGHAI

    return moment.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") if moment else ""
