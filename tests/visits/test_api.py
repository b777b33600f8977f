"""The API of visits does what the screens do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from huiyin.foundation.calls import system_call
from huiyin.organisation.public import create_token
from huiyin.visits.models import Attempt, Visit
from huiyin.visits.public import draw_due
from tests.conftest import Company
from tests.visits.conftest import GOOD

Call = Callable[..., Any]


@pytest.fixture
def caller(visiting: Company) -> Callable[[str], Call]:
    """Calls the API with a token of a person."""

    def of(who: str) -> Call:
        _, secret = create_token(system_call(), staff_id=visiting.staff[who].pk, name="t", scopes=())

        def call(method: str, path: str, data: object = None, **headers: str) -> Any:
            sent = {"Authorization": f"Bearer {secret}", "Accept-Language": "en", **headers}
            return Client().generic(
                method, f"/api/v1/visits{path}", data=_json(data), content_type="application/json", headers=sent
            )

        return call

    return of


def _json(data: object) -> str:
    import json

    return json.dumps(data) if data is not None else ""


def test_a_visit_is_listed_read_taken_and_completed(caller: Callable, visit_for: Callable) -> None:
    visit = visit_for()
    agent = caller("agent")
    assert [each["id"] for each in agent("GET", "?mine=true").json()["items"]] == [visit.pk]
    read = agent("GET", f"/{visit.pk}").json()
    assert (read["phone"], read["may_call"]["allowed"]) == ("138****0001", True)
    assert agent("POST", f"/{visit.pk}/start").json()["state"] == "in_progress"
    done = agent("POST", f"/{visit.pk}/complete", {"answers": GOOD, "emotion": "neutral", "notes": "好"}).json()
    assert (done["state"], done["records"][0]["notes"], done["attempts"][0]["line"]) == ("done", "好", "connected")
    corrected = agent("POST", f"/{visit.pk}/correct", {"reason": "写错", "notes": "很好"}).json()
    assert [record["notes"] for record in corrected["records"]] == ["很好", "好"]


def test_the_same_key_dials_once_and_is_answered_the_same(caller: Callable, visit_for: Callable) -> None:
    visit = visit_for()
    agent = caller("agent")
    first, second = (
        agent("POST", f"/{visit.pk}/attempts", {"line": "busy"}, **{"Idempotency-Key": "k"}) for _ in range(2)
    )
    assert first.json() == second.json()
    assert Attempt.objects.count() == 1


def test_refusals_are_problems_with_fields(caller: Callable, visit_for: Callable) -> None:
    visit = visit_for()
    agent = caller("agent")
    six = agent("POST", f"/{visit.pk}/complete", {"answers": {**GOOD, "product": 6}})
    assert (six.status_code, list(six.json()["fields"])) == (422, ["product"])
    mixed = agent("POST", f"/{visit.pk}/attempts", {"line": "busy", "business": "refused"})
    assert (mixed.status_code, list(mixed.json()["fields"])) == (422, ["business"])
    assert agent("POST", f"/{visit.pk}/attempts", {"line": "engaged"}).status_code == 422
    assert agent("POST", f"/{visit.pk}/cancel", {"reason": "x"}).status_code == 403
    assert caller("engineer")("GET", f"/{visit.pk}").status_code == 404


def test_the_second_agent_gets_409_with_the_name(caller: Callable, visit_for: Callable) -> None:
    visit = visit_for()
    caller("agent")("POST", f"/{visit.pk}/start")
    second = caller("agent2")("POST", f"/{visit.pk}/start")
    assert (second.status_code, second.json()["detail"]) == (409, "agent has already taken this visit.")


def test_a_week_is_drawn_explained_and_published(caller: Callable, buyer: Callable) -> None:
    for _ in range(3):
        buyer(days=5)
    draw_due(system_call())
    manager = caller("service_manager")
    plan = manager("POST", "/plans", {"week": "2026-W39", "seed": 7}).json()
    assert (plan["chosen"], plan["state"], plan["target"]) == (3, "draft", 200)
    visit = Visit.objects.first()
    why = manager("GET", f"/plans/{plan['id']}/why/{visit.pk}").json()
    assert (why["chosen"], why["sentences"][0][:20]) == (True, "Chosen because it wa")
    assert manager("POST", f"/plans/{plan['id']}/publish").json()["state"] == "published"
    assert manager("GET", f"/plans/{plan['id']}").json()["seed"] == 7
    assert manager("POST", "/plans", {"week": "next", "seed": 7}).status_code == 422
    assert caller("agent")("POST", "/plans", {"week": "2026-W39", "seed": 7}).status_code == 403


def test_visits_are_handed_over_linked_cancelled_and_answers_promised(
    caller: Callable, visit_for: Callable, visiting: Company
) -> None:
    visit = visit_for()
    manager, agent = caller("service_manager"), caller("agent2")
    agent2 = visiting.staff["agent2"].pk
    assert manager("POST", "/hand-over", {"visits": [visit.pk], "agent_id": agent2}).json() == {"moved": 1}
    assert "/q/" in agent("POST", f"/{visit.pk}/link").json()["address"]
    owed = agent(
        "POST",
        f"/{visit.pk}/owed-answers",
        {"question": "接地暖？", "owner_id": agent2, "due_at": "2026-09-16T10:00:00+08:00"},
    ).json()
    given = agent("POST", f"/owed-answers/{owed['id']}/give", {"answer": "可以"}).json()
    assert given["answer"] == "可以"
    assert manager("POST", f"/{visit.pk}/cancel", {"reason": "误建"}).json()["state"] == "cancelled"


def test_lists_come_in_pages(caller: Callable, visit_for: Callable) -> None:
    for _ in range(3):
        visit_for()
    first = caller("agent")("GET", "?size=2").json()
    rest = caller("agent")("GET", f"?size=2&after={first['next']}").json()
    assert (len(first["items"]), len(rest["items"]), rest["next"]) == (2, 1, None)
