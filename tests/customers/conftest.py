"""Customers to work with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from huiyin.customers.models import Customer
from huiyin.customers.public import AddressDraft, ContactDraft, register_customer
from tests.conftest import Company

Register = Callable[..., Customer]


@pytest.fixture
def register(company: Company) -> Register:
    """Opens a file as the service director."""

    def registered(
        name: str = "张伟", phone: str = "", who: str = "director", line: str = "", **values: Any
    ) -> Customer:
        return register_customer(
            company.call(who),
            values={"name": name, **values},
            contacts=[ContactDraft(name=name, phone=phone, email="zw@example.com", wechat="wx_zw")] if phone else [],
            addresses=[AddressDraft(province="浙江省", city="杭州市", line=line)] if line else [],
        )

    return registered


@pytest.fixture
def zhang(register: Register) -> Customer:
    """Zhang Wei with phone and address."""
    return register("张伟", "+8613812345678", line="文三路508号")
