"""Doubtful answers are flagged, and nobody scores their own work (QST-5)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from huiyin.customers.public import ContactDraft, Customer, register_customer
from huiyin.foundation.calls import system_call
from huiyin.questionnaires.actions.answer_asking import answer_asking
from huiyin.questionnaires.actions.check_answers import check_answers
from huiyin.questionnaires.models import Asking
from huiyin.questionnaires.rules.flags import Before, flags_of_phones
from tests.conftest import Company, MovableClock
from tests.questionnaires.conftest import asked

AT = datetime(2026, 9, 28, 9, tzinfo=UTC)
DAY = timedelta(days=1)
PHONE, OTHER = "+8613812345678", "+8613900000000"

CASES = [
    (7, {}, [], set()),
    (7, {PHONE: 4}, [], {"staff_number"}),
    (4, {PHONE: 4}, [], {"staff_number", "own_work"}),
    (7, {OTHER: 7}, [], set()),
    (7, {}, [Before(AT - 7 * DAY, frozenset({PHONE}))], {"same_phone"}),
    (7, {}, [Before(AT - 8 * DAY, frozenset({PHONE}))], set()),
    (7, {}, [Before(AT - DAY, frozenset({OTHER}))], set()),
    (7, {}, [Before(AT + DAY, frozenset({PHONE}))], set()),
]


@pytest.mark.parametrize(("agent", "staff", "before", "expected"), CASES)
def test_phones_call_for_their_flags(
    agent: int, staff: dict[str, int], before: list[Before], expected: set[str]
) -> None:
    assert flags_of_phones({PHONE}, agent, staff, AT, before, 7) == expected


def customer(company: Company, name: str, phone: str = PHONE) -> Customer:
    contacts = [ContactDraft(name=name, phone=phone, email="li@example.com")]
    return register_customer(company.call("director"), values={"name": name}, contacts=contacts)


def answered(company: Company, whom: Customer, visit: int) -> Asking:
    asking = asked(company, form="quick", customer=whom.pk, subject=("organisation.store", visit))
    return answer_asking(company.call("agent"), asking.pk, answers={"overall": 5, "recommend": 9})


def test_a_staff_number_and_a_repeat_from_one_phone_are_flagged_once(shipped: Company, clock: MovableClock) -> None:
    agent = shipped.staff["agent"]
    agent.phone = "138 1234 5678"
    agent.save(update_fields=["phone"])
    first = answered(shipped, customer(shipped, "李雷"), 1)
    clock.advance(days=1)
    second = answered(shipped, customer(shipped, "韩梅梅"), 2)
    other = answered(shipped, customer(shipped, "王芳", OTHER), 3)
    assert (check_answers(system_call()), check_answers(system_call())) == (3, 0)
    flags = {one.pk: one.flags for one in Asking.objects.all()}
    assert flags[first.pk] == ["own_work", "staff_number"]
    assert flags[second.pk] == ["own_work", "same_phone", "staff_number"]
    assert flags[other.pk] == []


def test_nobody_answers_the_link_about_their_own_work(shipped: Company, sign_in: Callable[[str], Client]) -> None:
    asking = asked(shipped, form="quick")
    answer = sign_in("agent").post(f"/q/{asking.token}/", {"overall": "5", "recommend": "10"})
    assert answer.status_code == 403
    assert "不能评价本人的工作" in answer.content.decode()
    asking.refresh_from_db()
    assert (asking.state, asking.answers.count()) == ("open", 0)


def test_an_answer_from_a_colleagues_account_is_flagged(shipped: Company, sign_in: Callable[[str], Client]) -> None:
    asking = asked(shipped, form="quick")
    assert sign_in("agent2").post(f"/q/{asking.token}/", {"overall": "5", "recommend": "10"}).status_code == 302
    asking.refresh_from_db()
    assert (asking.state, asking.flags) == ("complete", ["fast", "staff_hand"])
