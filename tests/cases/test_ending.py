"""How a case may end: with the verdict, by the unreachable rule that is data, or with a day agreed for later."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.cases.actions.agree_follow_up import agree_follow_up
from huiyin.cases.actions.cancel import cancel_case
from huiyin.cases.actions.close import close_case
from huiyin.cases.actions.note import log_contact
from huiyin.cases.actions.receive_message import receive_message
from huiyin.cases.actions.reopen import reopen_case
from huiyin.cases.models import Case, CaseRules
from huiyin.cases.rules.reaching import Contact, unanswered
from huiyin.kernel.actor import SYSTEM
from huiyin.kernel.call import Call
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.visits.actions.ship import ship
from huiyin.visits.public import Visit
from tests.cases.conftest import Cases, owed
from tests.conftest import Company, MovableClock

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 9, 28, tzinfo=ZoneInfo("Asia/Shanghai"))


def tried(company: Company, case: Case, channel: str = "phone", *, reached: bool = False) -> None:
    log_contact(company.call("agent"), case.pk, reached=reached, channel=channel)


def test_a_case_without_a_verdict_closes_by_the_rule_alone_says_so_and_tells_the_customer(
    cases: Cases, company: Company, clock: MovableClock
) -> None:
    case = cases.until("tell")
    for day in ("2026-09-29 10:00", "2026-09-29 15:00"):
        clock.set(day)
        tried(company, case)
    with pytest.raises(Conflict) as refused:
        close_case(company.call("agent"), case.pk)
    assert str(refused.value.why) == (
        "A case closes with the customer's verdict, or after 3 attempts on 2 different days and by 1 ways to reach the "
        "customer. 2 attempts are on record."
    )
    clock.set("2026-09-30 10:00")
    tried(company, case)
    close_case(company.call("agent"), case.pk, reason="电话无人接听")
    case.refresh_from_db()
    assert (case.state, case.verdict, case.ended_as, owed(case)) == ("closed", "", "unreachable", {})
    assert case.stages.latest("pk").reason == (
        "因联系不上客户，未取得评价而结案：3 次尝试，分布在 2 天，使用 1 种方式（规则第 0 版） · 电话无人接听"
    )
    assert "如仍有问题" in case.notes.filter(kind="told").latest("pk").text


def test_the_rule_is_data_and_counts_ways(cases: Cases, company: Company, clock: MovableClock) -> None:
    data = {"unreachable_attempts": 2, "unreachable_days": 2, "unreachable_ways": 2}
    CaseRules.objects.create(kind="conduct", version=1, data=data, effective_from=clock.now)
    case = cases.until("tell")
    tried(company, case)
    clock.set("2026-09-29 10:00")
    tried(company, case)
    with pytest.raises(Conflict):
        close_case(company.call("agent"), case.pk)
    tried(company, case, "sms")
    close_case(company.call("agent"), case.pk)
    assert case.stages.latest("pk").reason.endswith("使用 2 种方式（规则第 1 版）")


def test_a_customer_who_was_heard_is_not_unreachable(cases: Cases, company: Company, clock: MovableClock) -> None:
    case = cases.until("tell")
    for day in ("2026-09-29 10:00", "2026-09-29 15:00", "2026-09-30 10:00"):
        clock.set(day)
        tried(company, case)
    receive_message(
        Call(SYSTEM, clock.now),
        message_id=7,
        channel="email",
        sender="lin@customer.example",
        subject=case.number,
        text="出差了,回头说",
        thread_of=None,
    )
    with pytest.raises(Conflict) as refused:
        close_case(company.call("agent"), case.pk)
    assert str(refused.value.why).endswith("0 attempts are on record.")


def test_with_the_verdict_and_with_a_cancellation_the_end_is_named_and_reopening_takes_it_back(
    cases: Cases, company: Company
) -> None:
    inquiry = cases.until("verdict", kind="inquiry")
    assert (inquiry.state, inquiry.ended_as) == ("closed", "verdict")
    reopen_case(company.call("agent"), inquiry.pk, reason="又坏了")
    inquiry.refresh_from_db()
    assert (inquiry.state, inquiry.ended_as, inquiry.verdict) == ("reopened", "", "")
    case = cases.open()
    cancel_case(company.call("technical_head"), case.pk, why="withdrawn", reason="客户撤回")
    case.refresh_from_db()
    assert case.ended_as == "withdrawn"


contacts = st.lists(st.tuples(st.sampled_from(["phone", "sms"]), st.booleans()), max_size=12)


@given(contacts)
def test_only_tries_after_the_customer_was_last_heard_count(spoken: list[tuple[str, bool]]) -> None:
    every = [Contact(MONDAY, way, heard) for way, heard in spoken]
    heard = max((place for place, each in enumerate(every) if each.heard), default=-1)
    assert unanswered(every) == every[heard + 1 :]


def test_a_day_agreed_with_the_customer_becomes_a_visit_of_its_own(
    cases: Cases, company: Company, clock: MovableClock
) -> None:
    ship(Call(SYSTEM, clock.now))
    case = cases.until("verdict", kind="inquiry")
    assert case.state == "closed"
    agree_follow_up(company.call("agent"), case.pk, on=date(2026, 11, 15), words="换季后空调是否正常")
    visit = Visit.objects.get(about_label="cases.case", about_id=case.pk)
    zone = ZoneInfo("Asia/Shanghai")
    assert (visit.kind, visit.customer, visit.case_id) == ("agreed", cases.customer, None)
    assert visit.due_from == datetime(2026, 11, 15, tzinfo=zone)
    assert visit.wish == f"{case.number}: 换季后空调是否正常"
    with pytest.raises(Conflict) as refused:
        agree_follow_up(company.call("agent"), case.pk, on=date(2026, 12, 1), words="再问")
    assert str(refused.value.why) == "A visit about this case is agreed already. Move or cancel that one."
    reopen_case(company.call("agent"), case.pk, reason="又坏了")
    visit.refresh_from_db()
    assert visit.state in ("due", "planned")


@pytest.mark.parametrize(
    ("on", "words", "field"),
    [(date(2026, 9, 28), "x", "on"), (date(2028, 1, 1), "x", "on"), (date(2026, 11, 15), " ", "words")],
)
def test_a_day_that_makes_no_sense_is_refused_and_nothing_is_kept(
    cases: Cases, company: Company, on: date, words: str, field: str
) -> None:
    case = cases.open()
    with pytest.raises(Invalid) as refused:
        agree_follow_up(company.call("agent"), case.pk, on=on, words=words)
    assert list(refused.value.fields) == [field]
    assert not Visit.objects.exists()


def test_a_day_is_agreed_with_a_known_customer_only(cases: Cases, company: Company) -> None:
    case = cases.open(customer_id=None, reporter_phone="13900000001")
    with pytest.raises(Invalid) as refused:
        agree_follow_up(company.call("agent"), case.pk, on=date(2026, 11, 15), words="x")
    assert str(refused.value.why).startswith("Link the case to a customer's file first")
