"""A company that visits, with forms to sign up, on Tuesday 2026-09-15 at 10:05 inside a call window."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from huiyin.demand_forms.public import DemandForm, Wanted, ship, sign_up
from huiyin.foundation.calls import system_call
from tests.conftest import Company
from tests.visits.conftest import buyer, visit_for, visiting

__all__ = ["buyer", "visit_for", "visiting"]
BY = date(2026, 9, 30)


def wanted(*customers: int, **more: Any) -> Wanted:
    """A form about these customers."""
    values: dict[str, Any] = {
        "title": "热水器安装",
        "wanted_by": BY,
        "questions": ("安装师傅准时吗？", "还缺什么配件？"),
        "kind": "demand",
        "ways": ("phone",),
        **more,
    }
    return Wanted(customers=tuple(customers), **values)


@pytest.fixture
def asking(visiting: Company) -> Company:
    """The visiting company with the numbers of demand forms in place."""
    ship(system_call())
    return visiting


@pytest.fixture
def store(asking: Company) -> str:
    """The large store as forms name it."""
    return f"s{asking.stores['S01'].pk}"


@pytest.fixture
def rnd(asking: Company) -> str:
    """The R&D department as forms name it."""
    return f"d{asking.departments['rnd'].pk}"


@pytest.fixture
def signed_up(asking: Company, store: str, buyer: Callable[..., Any]) -> DemandForm:
    """A form of the large store about one of its buyers."""
    bought = buyer(days=40)
    return sign_up(asking.call("store_manager"), unit=store, wanted=wanted(bought.customer_id))
