"""The customer page says whether and how the customer may be contacted; who works with customers notes their wishes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from huiyin.contact_ledger.models import OptOut
from huiyin.contact_ledger.public import note_contact
from huiyin.customers.public import Contact, Customer, register_customer
from tests.conftest import Company, MovableClock

SignIn = Callable[[str], Client]


@pytest.fixture
def customer(company: Company, clock: MovableClock) -> Customer:
    clock.set("2026-09-29 10:15")
    values = {"name": "郭雪梅", "home_store": company.stores["S01"].pk}
    made = register_customer(company.call("service_manager"), values=values)
    Contact.objects.create(customer=made, phone="+8613800180666", email="guo@customer.example", is_primary=True)
    return made


def panel(client: Client, customer: Customer) -> str:
    return client.get(reverse("customer", args=[customer.pk]), headers={"accept-language": "en"}).content.decode()


def test_the_page_says_why_not_and_from_when(
    customer: Customer, company: Company, sign_in: SignIn, clock: MovableClock
) -> None:
    at = {"customer": customer.pk, "way": "phone", "purpose": "follow_up", "about": ("visits.visit", 1)}
    client = sign_in("service_manager")
    assert panel(client, customer).count("现在可以联系。") == 3
    note_contact(company.call("agent"), outcome="reached", **at)  # type: ignore[arg-type]
    clock.advance(days=1)
    text = panel(client, customer)
    assert text.count("最近刚联系过该客户。") == 3
    assert "10月6日 10:15 起可联系。" in text


@pytest.mark.parametrize(("who", "noted"), [("service_manager", 1), ("auditor", 0), ("administrator", 0)])
def test_only_who_works_with_customers_notes_an_opt_out(
    customer: Customer, sign_in: SignIn, who: str, noted: int
) -> None:
    answer = sign_in(who).post(reverse("contact-way", args=[customer.pk]), {"way": "sms"})
    assert (answer.status_code, OptOut.objects.count()) == (302 if noted else 403, noted)


def test_opening_a_way_again_ends_the_opt_out(customer: Customer, sign_in: SignIn) -> None:
    client, address = sign_in("service_manager"), reverse("contact-way", args=[customer.pk])
    client.post(address, {"way": "sms"})
    assert "已退订" in panel(client, customer)
    client.post(address, {"way": "sms", "open": "1"})
    assert OptOut.objects.filter(ended_at=None).count() == 0


def test_a_wrong_way_changes_nothing(customer: Customer, sign_in: SignIn) -> None:
    sign_in("service_manager").post(reverse("contact-way", args=[customer.pk]), {"way": "pigeon"})
    assert OptOut.objects.count() == 0
