"""The ledger gives each allowance once, remembers what became of it, and logs what was overridden (VIS-15)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connections

from huiyin.contact_ledger.actions.ship import ship
from huiyin.contact_ledger.models import ContactEntry, ContactRules
from huiyin.contact_ledger.public import (
    ask,
    ask_each,
    claim_contact,
    give_consent,
    note_contact,
    opt_in,
    opt_out,
    settle_contact,
    withdraw_consent,
)
from huiyin.customers.public import Contact, Customer, register_customer
from huiyin.foundation.calls import system_call
from huiyin.foundation.models import ActEntry
from huiyin.kernel.call import Call
from huiyin.kernel.refusal import Conflict, Forbidden, NotFound
from tests.conftest import Company, MovableClock


def newcomer(company: Company, name: str) -> Customer:
    values = {"name": name, "home_store": company.stores["S01"].pk}
    return register_customer(company.call("service_manager"), values=values)


@pytest.fixture
def customer(company: Company, clock: MovableClock) -> Customer:
    """A customer with phone and mail, on a Tuesday morning inside the call window."""
    ship(system_call())
    clock.set("2026-09-29 10:15")
    made = newcomer(company, "郭雪梅")
    Contact.objects.create(customer=made, phone="+8613800180666", email="guo@customer.example", is_primary=True)
    return made


def claim(call: Call, customer: Customer, matter: int = 1, way: str = "phone", **more: object) -> ContactEntry:
    asked = {"purpose": "follow_up", "about": ("visits.visit", matter), **more}
    return claim_contact(call, customer=customer.pk, way=way, **asked)  # type: ignore[arg-type]


def code(customer: Customer, clock: MovableClock, way: str = "phone", purpose: str = "follow_up") -> str:
    return ask(customer.pk, way, purpose, clock.now).code


def test_a_reached_customer_rests_for_the_gap_over_all_ways(
    customer: Customer, company: Company, clock: MovableClock
) -> None:
    claim(company.call("agent"), customer)
    assert settle_contact(company.call("agent"), way="phone", about=("visits.visit", 1), outcome="reached")
    assert (code(customer, clock), code(customer, clock, "email")) == ("gap", "gap")
    clock.set("2026-10-13 10:15")
    assert code(customer, clock) == "yes"


def test_a_customer_who_was_not_reached_may_be_contacted_again(
    customer: Customer, company: Company, clock: MovableClock
) -> None:
    claim(company.call("agent"), customer)
    assert code(customer, clock) == "gap"
    settle_contact(company.call("agent"), way="phone", about=("visits.visit", 1), outcome="not_reached")
    assert code(customer, clock) == "yes"


def test_calls_back_about_the_same_matter_do_not_count_against_it(
    customer: Customer, company: Company, clock: MovableClock
) -> None:
    claim(company.call("agent"), customer)
    settle_contact(company.call("agent"), way="phone", about=("visits.visit", 1), outcome="reached")
    clock.advance(minutes=30)
    assert claim(company.call("agent"), customer).outcome == "claimed"
    with pytest.raises(Conflict, match="a short while ago"):
        claim(company.call("agent2"), customer, matter=2)


def test_the_monthly_cap_counts_every_way_and_begins_anew(
    customer: Customer, company: Company, clock: MovableClock
) -> None:
    for day, way in ((1, "phone"), (9, "sms"), (17, "email")):
        clock.set(f"2026-09-{day:02} 10:15")
        at = {"customer": customer.pk, "way": way, "purpose": "follow_up", "about": ("visits.visit", day)}
        note_contact(company.call("agent"), outcome="reached", **at)
    clock.set("2026-09-29 10:15")
    assert code(customer, clock) == "monthly_cap"
    clock.set("2026-10-09 10:15")
    assert code(customer, clock) == "yes"


def test_a_refusal_is_respected_for_what_we_ask_and_not_for_what_we_owe(
    customer: Customer, company: Company, clock: MovableClock
) -> None:
    claim(company.call("agent"), customer)
    settle_contact(company.call("agent"), way="phone", about=("visits.visit", 1), outcome="refused")
    clock.advance(days=28)
    assert (code(customer, clock), code(customer, clock, purpose="owed")) == ("refused_before", "yes")


def test_a_claim_that_was_never_settled_ends_by_itself(
    customer: Customer, company: Company, clock: MovableClock
) -> None:
    claim(company.call("agent"), customer)
    clock.advance(minutes=44)
    with pytest.raises(Conflict, match="agent is contacting"):
        claim(company.call("agent2"), customer)
    clock.advance(minutes=1)
    taken = claim(company.call("agent2"), customer)
    assert (taken.by_id, ContactEntry.objects.count()) == (company.staff["agent2"].pk, 1)


def test_settling_twice_changes_nothing(customer: Customer, company: Company, clock: MovableClock) -> None:
    claim(company.call("agent"), customer)
    call = company.call("agent")
    assert settle_contact(call, way="phone", about=("visits.visit", 1), outcome="reached") is True
    assert settle_contact(call, way="phone", about=("visits.visit", 1), outcome="not_reached") is False
    assert list(ContactEntry.objects.values_list("outcome", flat=True)) == ["reached"]


def test_an_override_needs_the_right_and_a_reason_and_is_logged(
    customer: Customer, company: Company, clock: MovableClock
) -> None:
    note_contact(
        company.call("agent"),
        customer=customer.pk,
        way="email",
        purpose="follow_up",
        about=("visits.visit", 9),
        outcome="reached",
    )
    with pytest.raises(Conflict):
        claim(company.call("service_manager"), customer, override_reason="  ")
    with pytest.raises(Forbidden):
        claim(company.call("agent"), customer, override_reason="客户催促")
    assert ContactEntry.objects.count() == 1
    taken = claim(company.call("service_manager"), customer, override_reason="客户催促")
    assert (taken.override, taken.override_reason) == ("gap", "客户催促")
    logged = ActEntry.objects.get(verb="contacts.claim")
    assert (logged.customer_id, logged.reason, logged.data) == (
        customer.pk,
        "客户催促",
        {"rule": "gap", "way": "phone"},
    )


def test_nothing_overrides_do_not_contact_and_rest(customer: Customer, company: Company, clock: MovableClock) -> None:
    clock.set("2026-09-29 21:30")
    with pytest.raises(Conflict, match="time of rest"):
        claim(company.call("service_manager"), customer, override_reason="急")
    clock.set("2026-09-29 10:15")
    Customer.objects.update(do_not_contact=True)
    with pytest.raises(Conflict, match="does not want to be contacted"):
        claim(company.call("service_manager"), customer, purpose="owed", override_reason="急")
    assert ContactEntry.objects.count() == 0


def test_opting_out_closes_one_way_until_it_is_taken_back(
    customer: Customer, company: Company, clock: MovableClock
) -> None:
    assert (
        opt_out(company.call("agent"), customer.pk, way="sms").pk
        == opt_out(company.call("agent"), customer.pk, way="sms").pk
    )
    assert (code(customer, clock, "sms"), code(customer, clock)) == ("opted_out", "yes")
    assert code(customer, clock, "sms", "answer") == "yes"
    assert opt_in(company.call("agent"), customer.pk, way="sms") is True
    assert opt_in(company.call("agent"), customer.pk, way="sms") is False
    assert code(customer, clock, "sms") == "yes"


def test_campaigns_need_a_consent_that_still_holds(customer: Customer, company: Company, clock: MovableClock) -> None:
    assert code(customer, clock, purpose="campaign") == "no_consent"
    give_consent(company.call("agent"), customer.pk, purpose="campaign", evidence="门店签字")
    assert code(customer, clock, purpose="campaign") == "yes"
    withdraw_consent(company.call("agent"), customer.pk, purpose="campaign")
    assert code(customer, clock, purpose="campaign") == "no_consent"


def test_somebody_without_the_right_notes_no_opt_out(customer: Customer, company: Company) -> None:
    with pytest.raises(Forbidden):
        opt_out(company.call("auditor"), customer.pk, way="sms")
    with pytest.raises(NotFound):
        opt_out(company.call("agent"), customer.pk + 1_000, way="sms")


def test_a_way_without_an_address_is_not_open(customer: Customer, clock: MovableClock) -> None:
    Contact.objects.update(email="")
    assert (code(customer, clock, "email"), code(customer, clock, "sms")) == ("no_address", "yes")


def test_a_later_version_of_the_rules_holds_from_its_day(customer: Customer, clock: MovableClock) -> None:
    ContactRules.objects.create(version=2, effective_from="2026-10-01", numbers={"monthly_cap": 1, "gap_days": 0})
    at = {"customer": customer.pk, "way": "phone", "purpose": "follow_up", "about": ("visits.visit", 5)}
    note_contact(system_call(), outcome="reached", at=clock.set("2026-10-09 10:00"), **at)
    assert code(customer, clock) == "monthly_cap"


def test_a_hundred_answers_take_as_many_statements_as_one(
    customer: Customer,
    company: Company,
    clock: MovableClock,
    django_assert_num_queries: Callable[..., object],
) -> None:
    others = [newcomer(company, f"客户{n}").pk for n in range(20)]
    ask(customer.pk, "phone", "follow_up", clock.now)
    with django_assert_num_queries(3):
        ask(customer.pk, "phone", "follow_up", clock.now)
    with django_assert_num_queries(3):
        answers = ask_each([customer.pk, *others], "phone", "follow_up", clock.now)
    assert [answers[pk].code for pk in (customer.pk, others[0])] == ["yes", "no_address"]


@pytest.mark.django_db(transaction=True)
def test_fifty_hands_at_one_allowance_and_one_gets_it(
    customer: Customer, company: Company, clock: MovableClock
) -> None:
    start = Barrier(50)
    calls = [company.call("agent" if n % 2 else "agent2") for n in range(50)]

    def hand(number: int) -> str:
        try:
            start.wait(timeout=30)
            claim(calls[number], customer, matter=number)
        except Conflict:
            return "refused"
        else:
            return "claimed"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(50) as pool:
        said = list(pool.map(hand, range(50)))
    assert (said.count("claimed"), said.count("refused")) == (1, 49)
    assert ContactEntry.objects.get().outcome == "claimed"
    assert clock.now - ContactEntry.objects.get().at == timedelta(0)
