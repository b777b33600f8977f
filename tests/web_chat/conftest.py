"""Visitors and agents."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.test import Client

from huiyin.customers.public import Contact, Customer
from huiyin.web_chat.models import Chat
from tests.conftest import Company

FIRST = {"text": "冰箱不制冷了", "name": "林悦", "phone": "138 0000 0042"}


@dataclass
class Visitor:
    """Somebody with a browser and without a sign-in."""

    client: Client
    address: str = ""

    def begin(self, **values: str) -> Chat:
        """Begins a talk."""
        answer = self.client.post("/chat/", {**FIRST, **values})
        assert answer.status_code == 302, answer.content.decode()
        self.address = answer["Location"]
        return self.chat

    @property
    def chat(self) -> Chat:
        return Chat.objects.get(token=self.address.split("/")[2])

    def say(self, text: str, key: str = "") -> int:
        """Says a line; gives the status."""
        return self.client.post(f"{self.address}say/", {"text": text, "key": key or text}).status_code

    def news(self, after: int = 0) -> dict[str, object]:
        """What is new."""
        answer = self.client.get(f"{self.address}news/", {"after": after})
        assert answer.status_code == 200
        return dict(answer.json())

    def page(self) -> str:
        return self.client.get(self.address).content.decode()


@pytest.fixture
def visitor(company: Company) -> Visitor:
    """One visitor."""
    return Visitor(Client())


@pytest.fixture
def customer(company: Company) -> Customer:
    """林悦, known by her phone."""
    made = Customer.objects.create(
        number="CS202609001", name="林悦", sort_key="lin yue", tier="vip", registered_at="2026-09-01T00:00:00Z"
    )
    Contact.objects.create(customer=made, name="林悦", phone="+8613800000042", is_primary=True)
    return made
