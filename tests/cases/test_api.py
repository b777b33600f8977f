"""Cases over the API: list, one, open, and the whole lifecycle step by step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from huiyin.cases.models import Case
from tests.api.conftest import Caller
from tests.api.conftest import caller as caller  # noqa: PLC0414 - the fixture
from tests.cases.conftest import Cases, traces

NEW = {"kind": "complaint", "topic": "technical", "description": "压缩机停机", "reporter_phone": "13800009999"}


def test_the_whole_lifecycle_over_the_api(cases: Cases, caller: Callable[..., Caller]) -> None:
    agent, quality = caller("agent"), caller("quality")
    answer = agent("POST", "/cases", NEW)
    assert answer.status_code == 201
    made = answer.json()
    assert (made["number"], made["state"], made["reporter_phone"]) == ("GD20260928-0001", "open", "138****9999")
    assert [step["step"] for step in made["steps"]][:2] == ["verify", "wait"]
    way: list[tuple[str, dict[str, Any], str]] = [
        ("verify", {"note": "已核对"}, "verified"),
        ("plan", {"steps": "更换", "due_at": "2026-09-30T10:00:00+08:00", "cost": "0"}, "planned"),
        ("send-plan", {}, "planned"),
        ("confirm", {"way": "phone"}, "confirmed"),
        ("start", {}, "executing"),
        ("wait", {"waiting_for": "part", "reason": "缺货"}, "waiting"),
        ("resume", {}, "executing"),
        ("finish", {"test": "正常"}, "done"),
        ("tell", {"result": "已更换"}, "told"),
        ("verdict", {"verdict": "satisfied", "score": 5}, "revisit"),
    ]
    for step, body, state in way:
        answer = agent("POST", f"/cases/{made['id']}/{step}", body)
        assert (step, answer.status_code, answer.json().get("state")) == (step, 200, state)
    refused = agent("POST", f"/cases/{made['id']}/record-revisit", {"outcome": "confirmed"})
    assert (refused.status_code, refused.json()["code"]) == (409, "conflict")
    closed = quality("POST", f"/cases/{made['id']}/record-revisit", {"outcome": "confirmed", "score": 5})
    assert (closed.json()["state"], closed.json()["due_at"]) == ("closed", None)
    assert {clock["state"] for clock in closed.json()["clocks"]} == {"kept"}


def test_the_same_idempotency_key_opens_one_case(cases: Cases, caller: Callable[..., Caller]) -> None:
    agent = caller("agent")
    answers = [agent("POST", "/cases", NEW, **{"Idempotency-Key": "k1"}) for _twice in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json()["id"] == answers[1].json()["id"]
    assert Case.objects.count() == 1


def test_the_list_is_filtered_and_paged(cases: Cases, caller: Callable[..., Caller]) -> None:
    agent = caller("agent")
    for _n in range(3):
        cases.open()
    first = agent("GET", "/cases?size=2").json()
    second = agent("GET", f"/cases?size=2&after={first['next']}").json()
    assert [len(first["items"]), len(second["items"]), second["next"]] == [2, 1, None]
    assert agent("GET", "/cases?state=closed").json()["items"] == []
    assert agent("GET", "/cases?tab=nonsense").status_code == 404


@pytest.mark.parametrize(
    ("step", "body", "status"),
    [
        ("finish", {"test": "x"}, 409),
        ("plan", {"steps": "x"}, 422),
        ("plan", {"steps": "x", "due_at": "2020-01-01T00:00:00Z"}, 422),
        ("verdict", {"verdict": "great"}, 422),
        ("wait", {"waiting_for": "rain", "reason": "x"}, 422),
        ("fly", {}, 404),
    ],
)
def test_wrong_steps_and_values_are_refused(
    cases: Cases, caller: Callable[..., Caller], step: str, body: dict[str, Any], status: int
) -> None:
    case = cases.open()
    assert caller("agent")("POST", f"/cases/{case.pk}/{step}", body).status_code == status
    case.refresh_from_db()
    assert case.state == "open"


FAR, NAIVE = 10**30, "2026-10-02T10:00:00"
PLAN = {"steps": "更换", "due_at": "2026-09-30T10:00:00+08:00"}
TASK = {"title": "寄出配件"}


@pytest.mark.parametrize(
    ("before", "step", "good", "name", "value"),
    [
        ("verify", "plan", PLAN, "person_id", 999_999),
        ("verify", "plan", PLAN, "person_id", FAR),
        ("verify", "plan", PLAN, "department_id", 999_999),
        ("verify", "plan", PLAN, "due_at", NAIVE),
        ("verify", "plan", PLAN, "cost", "1e30"),
        ("verify", "plan", PLAN, "progress_days", -1),
        ("verify", "plan", PLAN, "progress_days", FAR),
        ("verify", "plan", PLAN, "steps", [{"what": "更换", "department_id": 999_999}]),
        ("verify", "add-task", TASK, "person_id", 999_999),
        ("verify", "add-task", TASK, "person_id", FAR),
        ("verify", "contact", {"reached": True}, "channel", "x" * 30),
        ("verify", "contact", {"reached": True}, "channel", "pigeon"),
        ("send_plan", "confirm", {"way": "phone"}, "way", "by word of mouth"),
        ("send_plan", "decline", {"way": "phone", "words": "太贵"}, "way", "by word of mouth"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_its_name(
    cases: Cases,
    caller: Callable[..., Caller],
    before: str,
    step: str,
    good: dict[str, Any],
    name: str,
    value: object,
) -> None:
    case, agent = cases.until(before), caller("agent")
    stood = traces()
    refused = agent("POST", f"/cases/{case.pk}/{step}", {**good, name: value})
    connection.check_constraints()
    assert (refused.status_code, [field.partition(".")[0] for field in refused.json()["fields"]]) == (422, [name])
    assert traces() == stood
    assert agent("POST", f"/cases/{case.pk}/{step}", good).status_code == 200


@pytest.mark.parametrize(("name", "value"), [("customer_id", 999_999), ("customer_id", FAR), ("happened_at", NAIVE)])
def test_a_case_of_nobody_or_without_offset_is_not_opened(
    cases: Cases, caller: Callable[..., Caller], name: str, value: object
) -> None:
    refused = caller("agent")("POST", "/cases", {**NEW, name: value})
    assert (refused.status_code, list(refused.json()["fields"]), Case.objects.count()) == (422, [name], 0)


@pytest.mark.parametrize("ids", [[], [999_999]])
def test_many_that_are_none_are_refused(cases: Cases, caller: Callable[..., Caller], ids: list[int]) -> None:
    refused = caller("agent")("POST", "/cases/bulk", {"ids": ids})
    assert (refused.status_code, refused.json()["detail"]) == (422, "Choose at least one case.")
