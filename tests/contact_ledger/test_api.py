"""The contact ledger over the REST API."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from huiyin.contact_ledger.models import Consent, OptOut
from huiyin.contact_ledger.public import note_contact, ship
from huiyin.customers.public import Contact, Customer, register_customer
from tests.api.conftest import Caller, caller
from tests.conftest import Company, MovableClock

__all__ = ["caller"]


@pytest.fixture
def customer(company: Company, clock: MovableClock) -> Customer:
    clock.set("2026-09-29 10:15")
    values = {"name": "郭雪梅", "home_store": company.stores["S01"].pk}
    made = register_customer(company.call("service_manager"), values=values)
    Contact.objects.create(customer=made, phone="+8613800180666", is_primary=True)
    return made


def test_a_program_asks_and_gets_the_reason_and_the_next_moment(
    customer: Customer, company: Company, caller: Callable[..., Caller]
) -> None:
    ask = f"/contacts/{customer.pk}/ask?way=phone"
    assert caller("agent")("GET", ask).json() == {
        "allowed": True,
        "code": "yes",
        "why": "May be contacted now.",
        "from_when": None,
        "firm": False,
    }
    told = {"customer": customer.pk, "way": "email", "purpose": "follow_up", "about": ("visits.visit", 1)}
    note_contact(company.call("agent"), outcome="reached", **told)
    answer = caller("agent")("GET", ask).json()
    assert (answer["allowed"], answer["code"], answer["firm"]) == (False, "gap", False)
    assert answer["from_when"] == "2026-10-06T02:15:00Z"
    assert caller("agent")("GET", f"{ask}&purpose=answer").json()["code"] == "yes"


def test_an_opt_out_is_noted_once_and_taken_back(customer: Customer, caller: Callable[..., Caller]) -> None:
    path, agent = f"/contacts/{customer.pk}/opt-out", caller("agent")
    for _twice in range(2):
        assert agent("POST", path, {"way": "sms", "reason": "短信太多"}).json() == {"holds": True}
    assert agent("GET", f"/contacts/{customer.pk}/ask?way=sms").json()["code"] == "opted_out"
    assert OptOut.objects.get().reason == "短信太多"
    assert agent("POST", path, {"way": "sms", "open": True}).json() == {"holds": False}
    assert agent("GET", f"/contacts/{customer.pk}/ask?way=sms").json()["code"] == "yes"


def test_a_consent_opens_campaigns_until_it_is_withdrawn(customer: Customer, caller: Callable[..., Caller]) -> None:
    path, agent = f"/contacts/{customer.pk}/consent", caller("agent")
    ask = f"/contacts/{customer.pk}/ask?way=phone&purpose=campaign"
    assert agent("GET", ask).json()["code"] == "no_consent"
    assert agent("POST", path, {"purpose": "campaign", "evidence": "门店签字"}).json() == {"holds": True}
    assert agent("GET", ask).json()["code"] == "yes"
    assert agent("POST", path, {"purpose": "campaign", "withdrawn": True}).json() == {"holds": False}
    assert (agent("GET", ask).json()["code"], Consent.objects.get().evidence) == ("no_consent", "门店签字")


@pytest.mark.parametrize(
    ("who", "scopes", "asked", "noted"),
    [
        ("agent", (), 200, 200),
        ("agent", ("contacts.see", "customers.see", "customers.find_all"), 200, 403),
        ("agent", ("cases.see",), 403, 403),
        ("auditor", (), 200, 403),
        ("administrator", (), 403, 403),
    ],
)
def test_rights_and_scopes_hold(
    customer: Customer, caller: Callable[..., Caller], who: str, scopes: tuple[str, ...], asked: int, noted: int
) -> None:
    ask = caller(who, scopes)
    assert ask("GET", f"/contacts/{customer.pk}/ask?way=phone").status_code == asked
    assert ask("POST", f"/contacts/{customer.pk}/opt-out", {"way": "sms"}).status_code == noted


def test_strangers_wrong_ways_and_unknown_customers_are_refused(
    customer: Customer, caller: Callable[..., Caller]
) -> None:
    agent = caller("agent")
    assert agent("GET", f"/contacts/{customer.pk}/ask?way=pigeon").status_code == 422
    assert agent("GET", f"/contacts/{customer.pk + 999}/ask?way=phone").status_code == 404
    assert agent("POST", f"/contacts/{customer.pk + 999}/opt-out", {"way": "sms"}).status_code == 404
    assert Caller("nonsense")("GET", f"/contacts/{customer.pk}/ask?way=phone").status_code == 401


def test_the_contact_rules_are_read_and_changed_as_versions(
    customer: Customer, company: Company, caller: Callable[..., Caller]
) -> None:
    ship(company.call("director"))
    manager, agent = caller("service_manager"), caller("agent")
    first = agent("GET", "/contacts/rules").json()
    assert [(each["version"], each["holds"], each["content"]["numbers"]["gap_days"]) for each in first] == [
        (1, True, 7)
    ]
    content = {**first[0]["content"], "numbers": {**first[0]["content"]["numbers"], "gap_days": 10}}
    sent = {"content": content, "effective_from": "2026-09-29", "reason": "少打扰", "expected": 1}
    assert agent("PUT", "/contacts/rules", sent).status_code == 403
    saved = manager("PUT", "/contacts/rules", sent)
    assert (saved.status_code, saved.json()["version"], saved.json()["content"]) == (200, 2, content)
    assert manager("PUT", "/contacts/rules", sent).status_code == 409
    wrong = {**sent, "content": {**content, "numbers": {**content["numbers"], "monthly_cap": 0}}, "expected": 2}
    refused = manager("PUT", "/contacts/rules", wrong)
    assert (refused.status_code, list(refused.json()["fields"])) == (422, ["monthly_cap"])
    strange = {**sent, "content": {**content, "colour": "red"}, "expected": 2}
    assert manager("PUT", "/contacts/rules", strange).status_code == 422
    newest = agent("GET", "/contacts/rules").json()[0]
    assert (newest["version"], newest["by"], newest["reason"]) == (2, "service_manager", "少打扰")
