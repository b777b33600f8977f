"""Policies of clocks by the API: list, versions, trial, file, agreements, work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from huiyin.cases.models import ClockWork
from huiyin.customers.public import Customer
from tests.api.conftest import Caller
from tests.api.conftest import caller as caller  # noqa: PLC0414 - the fixture
from tests.cases.conftest import Cases
from tests.cases.test_reckoning import PLAIN, close_day, follow
from tests.cases.test_sla_list import policy
from tests.conftest import Company

CHANGE = {"effective_from": "2026-09-28", "reason": "约定"}


def test_policies_by_api(cases: Cases, customer: Customer, caller: Callable[..., Caller]) -> None:
    cases.open(**PLAIN)
    director, agent = caller("director"), caller("agent")
    content = policy()
    tried = director("POST", "/cases/clocks/trial", {"content": content}).json()
    assert (tried["total"], tried["meet"], tried["own"], len(tried["cases"])) == (1, 1, 1, 1)
    body = CHANGE | {"content": content, "expected": 0}
    assert agent("PUT", "/cases/clocks/policies/vip", body).status_code == 403
    made = director("PUT", "/cases/clocks/policies/vip", body)
    assert (made.status_code, made.json()["version"]) == (200, 1)
    wrong = director("PUT", "/cases/clocks/list", CHANGE | {"codes": ["vip"]})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "invalid")
    listed = director("PUT", "/cases/clocks/list", CHANGE | {"codes": ["vip", "standard"], "expected": 1})
    assert (listed.status_code, listed.json()["content"]) == (200, {"codes": ["vip", "standard"]})
    assert [each["content"]["codes"] for each in agent("GET", "/cases/clocks/list").json()] == [
        ["vip", "standard"],
        ["standard"],
    ]
    assert [each["content"]["code"] for each in agent("GET", "/cases/clocks/policies").json()] == [
        "quick",
        "standard",
        "vip",
    ]
    assert cases.open(**PLAIN).policy == "vip"
    text = agent("GET", "/cases/clocks/file").json()["text"]
    same = director("POST", "/cases/clocks/file", {"text": text, "reason": "试"})
    assert same.status_code == 409
    agreed = {"code": "HT-7", "policy": "quick", "valid_from": "2026-09-28"}
    assert director("PUT", f"/cases/clocks/agreements/{customer.pk}", agreed).status_code == 200
    assert [each["code"] for each in agent("GET", f"/cases/clocks/agreements/{customer.pk}").json()] == ["HT-7"]
    assert cases.open(**PLAIN).agreement == "HT-7"


def test_work_on_running_clocks_by_api(cases: Cases, company: Company, caller: Callable[..., Caller]) -> None:
    follow(company)
    cases.open(**PLAIN)
    close_day(company, date(2026, 9, 29))
    work = ClockWork.objects.get()
    agent, director = caller("agent"), caller("director")
    assert [each["state"] for each in agent("GET", "/cases/clocks/work").json()] == ["waiting"]
    assert agent("POST", f"/cases/clocks/work/{work.pk}/stop", {}).status_code == 403
    stopped = director("POST", f"/cases/clocks/work/{work.pk}/stop", {})
    assert (stopped.status_code, stopped.json()["state"]) == (200, "cancelled")
    assert director("POST", f"/cases/clocks/work/{work.pk}/stop", {}).status_code == 409
