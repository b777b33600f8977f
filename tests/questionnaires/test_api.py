"""The API of questionnaires answers, corrects and keeps to the scope."""

from __future__ import annotations

from collections.abc import Callable

from huiyin.questionnaires.public import Asking
from tests.api.conftest import Caller, caller
from tests.conftest import Company
from tests.questionnaires.conftest import FIVE, asked

__all__ = ["caller"]


def test_an_agent_answers_and_corrects_over_the_api(shipped: Company, caller: Callable[..., Caller]) -> None:
    asking, api = asked(shipped), caller("agent")
    where = f"/questionnaires/askings/{asking.pk}"
    body = {"answers": {**FIVE, "problem": "漏水"}, "emotion": "neutral"}
    first = api("POST", f"{where}/answers", body, **{"Idempotency-Key": "a"})
    again = api("POST", f"{where}/answers", body, **{"Idempotency-Key": "a"})
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    said = first.json()
    assert (said["state"], said["scores"], said["problem"]) == ("complete", FIVE, "漏水")
    fixed = api("POST", f"{where}/corrections", {"question": "product", "value": 2, "reason": "听错了"}).json()
    assert (fixed["scores"]["product"], fixed["answers"][0]["version"]) == (2, 2)


def test_a_wrong_score_is_named(shipped: Company, caller: Callable[..., Caller]) -> None:
    asking = asked(shipped)
    answer = caller("agent")("POST", f"/questionnaires/askings/{asking.pk}/answers", {"answers": {**FIVE, "staff": 6}})
    assert (answer.status_code, answer.json()["fields"]) == (422, {"staff": "Choose a number from 1 to 5."})


def test_another_agent_finds_nothing(shipped: Company, caller: Callable[..., Caller]) -> None:
    asking, api = asked(shipped), caller("agent2")
    assert api("GET", f"/questionnaires/askings/{asking.pk}").status_code == 404
    assert api("POST", f"/questionnaires/askings/{asking.pk}/answers", {"answers": FIVE}).status_code == 404
    assert api("GET", "/questionnaires/askings").json()["items"] == []
    assert Asking.objects.get().state == "open"


def test_forms_are_listed_and_read(shipped: Company, caller: Callable[..., Caller]) -> None:
    api = caller("auditor")
    forms = [form["code"] for form in api("GET", "/questionnaires").json()["items"]]
    assert forms == ["demand", "gift_check", "quick", "service", "settlement_check"]
    assert len(api("GET", "/questionnaires/service").json()["questions"]) == 9
    assert api("GET", "/questionnaires/none").status_code == 404


def test_a_fresh_link_is_given(shipped: Company, caller: Callable[..., Caller]) -> None:
    asking = asked(shipped)
    url = caller("agent")("POST", f"/questionnaires/askings/{asking.pk}/links").json()["url"]
    assert "/q/" in url
