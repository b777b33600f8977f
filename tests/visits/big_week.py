"""A company of any size with a week of visits to plan: many people, many purchases, quotas to match."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from huiyin.customers.public import Contact, Customer, Purchase
from huiyin.foundation.calls import system_call
from huiyin.organisation.public import Role, Staff
from huiyin.visits.models import PlanRules
from huiyin.visits.public import draw_due
from tests.conftest import Company, password_hash

NEXT = date(2026, 9, 21)  # four working days: Friday is a holiday


def big_week(company: Company, *, people: int, visits: int, a_day: int) -> None:
    """``people`` agents (the company's own among them) and ``visits`` regular visits due next week, all wanted."""
    _people(company, people, a_day)
    _buyers(company, visits)
    rules = PlanRules.objects.get()
    quota = {"least": visits, "most": visits, "a_day": -(-visits // 4)}
    rules.plan = {**rules.plan, "first_week": quota, "other_weeks": quota, "small_store_minimum": 0}
    rules.save()
    draw_due(system_call())


def _people(company: Company, people: int, a_day: int) -> None:
    Staff.objects.filter(roles__contains=[Role.AGENT]).update(daily_capacity=a_day)
    Staff.objects.bulk_create(
        Staff(
            username=f"big{number:04}",
            password=password_hash(),
            name=f"坐席{number:03}",
            roles=[str(Role.AGENT)],
            department=company.departments["service"],
            daily_capacity=a_day,
        )
        for number in range(people - 2)
    )


def _buyers(company: Company, count: int) -> None:
    now = system_call().now
    stores = [company.stores["S01"], company.stores["S02"]]
    customers = Customer.objects.bulk_create(
        Customer(
            number=f"CS2026{number:06}",
            name=f"客户{number}",
            sort_key=f"kehu{number}",
            registered_at=now,
            home_store=stores[number % 2],
        )
        for number in range(count)
    )
    Contact.objects.bulk_create(
        Contact(customer=each, name=each.name, phone=f"+86138{number:08}", is_primary=True)
        for number, each in enumerate(customers)
    )
    Purchase.objects.bulk_create(
        Purchase(
            customer=each,
            source="shop",
            number=f"N{number}",
            store=each.home_store,
            bought_at=now - timedelta(days=5),
            amount=Decimal((2000, 4000, 4000, 8000, 8000)[number % 5]),
            recorded_at=now,
        )
        for number, each in enumerate(customers)
    )
