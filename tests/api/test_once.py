"""An Idempotency-Key acts once: the same request again is answered the same, another request is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from huiyin.contact_ledger.models import OptOut
from huiyin.customers.public import Contact, Customer, register_customer
from huiyin.foundation.models import Once
from tests.api.conftest import Caller
from tests.conftest import Company

KEY = {"Idempotency-Key": "k-1"}


@pytest.fixture
def customers(company: Company) -> list[Customer]:
    values = {"home_store": company.stores["S01"].pk}
    call = company.call("service_manager")
    made = [register_customer(call, values={**values, "name": name}) for name in ("郭雪梅", "李雷")]
    for number, customer in enumerate(made):
        Contact.objects.create(customer=customer, phone=f"+861380018066{number}", is_primary=True)
    return made


def test_the_same_request_again_is_answered_the_same(customers: list[Customer], caller: Callable[..., Caller]) -> None:
    agent, path = caller("agent"), f"/contacts/{customers[0].pk}/opt-out"
    answers = [agent("POST", path, {"way": "sms"}, **KEY) for _twice in range(2)]
    assert [(each.status_code, each.json()) for each in answers] == [(200, {"holds": True})] * 2
    assert (OptOut.objects.count(), len(Once.objects.get().body)) == (1, 64)


def test_another_body_under_the_same_key_is_refused_and_changes_nothing(
    customers: list[Customer], caller: Callable[..., Caller]
) -> None:
    agent, path = caller("agent"), f"/contacts/{customers[0].pk}/opt-out"
    assert agent("POST", path, {"way": "sms"}, **KEY).status_code == 200
    other = agent("POST", path, {"way": "email"}, **KEY)
    assert (other.status_code, other.json()["code"]) == (422, "invalid")
    assert "another request" in other.json()["detail"]
    assert [each.way for each in OptOut.objects.all()] == ["sms"]
    assert agent("POST", path, {"way": "email"}, **{"Idempotency-Key": "k-2"}).status_code == 200


def test_the_same_body_for_another_customer_is_another_request(
    customers: list[Customer], caller: Callable[..., Caller]
) -> None:
    agent = caller("agent")
    one, other = (f"/contacts/{customer.pk}/opt-out" for customer in customers)
    assert agent("POST", one, {"way": "sms"}, **KEY).status_code == 200
    assert agent("POST", other, {"way": "sms"}, **KEY).status_code == 422
    assert [each.customer_id for each in OptOut.objects.all()] == [customers[0].pk]


def test_a_key_belongs_to_its_person(customers: list[Customer], caller: Callable[..., Caller]) -> None:
    path = f"/contacts/{customers[0].pk}/opt-out"
    assert caller("agent")("POST", path, {"way": "sms"}, **KEY).status_code == 200
    assert caller("service_manager")("POST", path, {"way": "email"}, **KEY).status_code == 200
