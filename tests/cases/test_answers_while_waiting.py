"""A case that rests until the customer has answered its plan: the answer is taken, and ends the wait."""

from __future__ import annotations

import pytest
from django.test import Client

from huiyin.cases.actions.receive_message import receive_message
from huiyin.cases.actions.wait import wait_for
from huiyin.cases.models import Case, CasePlan
from huiyin.cases.tasks import remind_of_plans
from huiyin.foundation.calls import system_call
from huiyin.promises.public import Promise
from tests.cases.conftest import Cases
from tests.conftest import Company, MovableClock

PHONE = "13800000042"


@pytest.fixture
def resting(cases: Cases, company: Company) -> Case:
    """A case whose agent has set it to waiting for the customer after sending the plan."""
    case = cases.until("send_plan")
    wait_for(company.call("agent"), case.pk, waiting_for="customer", reason="等答复")
    assert "paused" in set(Promise.objects.filter(subject_id=case.pk).values_list("state", flat=True))
    return case


def verbs(case: Case) -> list[str]:
    return list(case.stages.order_by("pk").values_list("verb", flat=True))[-3:]


def now(case: Case) -> tuple[str, str, str, str]:
    case.refresh_from_db()
    return case.state, case.waiting_for, case.returns_to, CasePlan.objects.get(case=case).answer


@pytest.mark.parametrize(
    ("answer", "state", "kept", "last"),
    [("yes", "confirmed", "confirmed", "confirm"), ("no", "verified", "declined", "decline")],
)
def test_an_answer_behind_the_link_ends_the_wait_for_it(
    resting: Case, client: Client, answer: str, state: str, kept: str, last: str
) -> None:
    address = f"/c/{resting.links.get().token}/"
    assert 'value="yes"' in client.get(address).content.decode()
    for _twice in range(2):
        taken = client.post(f"{address}plan/", {"version": 1, "answer": answer, "words": "周三以后"})
        assert taken.status_code == 302
    assert now(resting) == (state, "", "", kept)
    assert verbs(resting) == ["wait", "resume", last]
    assert "paused" not in set(Promise.objects.filter(subject_id=resting.pk).values_list("state", flat=True))


@pytest.mark.parametrize(
    ("words", "state", "kept"), [("同意", "confirmed", "confirmed"), ("不同意，太贵", "verified", "declined")]
)
def test_an_answer_by_sms_ends_the_wait_for_it(resting: Case, words: str, state: str, kept: str) -> None:
    receive_message(system_call(), message_id=1, channel="sms", sender=PHONE, subject="", text=words, thread_of=None)
    assert now(resting) == (state, "", "", kept)


def test_a_question_leaves_the_case_waiting(resting: Case, client: Client) -> None:
    answer = {"version": 1, "answer": "ask", "words": "包含上门费吗"}
    assert client.post(f"/c/{resting.links.get().token}/plan/", answer).status_code == 302
    assert now(resting) == ("waiting", "customer", "planned", "")


def test_a_case_that_waits_for_something_else_asks_for_no_answer(
    cases: Cases, company: Company, client: Client
) -> None:
    case = cases.until("send_plan")
    wait_for(company.call("agent"), case.pk, waiting_for="third_party", reason="等厂家报价")
    address = f"/c/{case.links.get().token}/"
    assert 'value="yes"' not in client.get(address).content.decode()
    assert client.post(f"{address}plan/", {"version": 1, "answer": "yes", "words": ""}).status_code == 422
    assert now(case) == ("waiting", "third_party", "planned", "")


def test_who_is_waited_for_is_reminded_once_of_the_plan(resting: Case, clock: MovableClock) -> None:
    clock.set("2026-09-30 09:30")
    assert [remind_of_plans(0), remind_of_plans(0)] == [1, 0]
    assert "还没有收到您的答复" in resting.notes.filter(kind="told").latest("pk").text
