"""A yes or no that was written about an earlier version of a plan confirms nothing, and the customer is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from huiyin.cases.actions.receive_message import receive_message
from huiyin.cases.models import Case, CasePlan
from huiyin.cases.rules.plan_reply import means_newest
from huiyin.channels.models import IncomingMessage, OutgoingMessage, StaffNotice
from huiyin.foundation.calls import system_call
from tests.cases.conftest import Cases
from tests.conftest import Company, MovableClock

PHONE, MAIL = "13800000042", "lin@customer.example"
TOLD = datetime(2026, 9, 28, 2, tzinfo=UTC)
EARLIER, LATER = TOLD - timedelta(minutes=5), TOLD + timedelta(minutes=5)


@pytest.mark.parametrize(
    ("written", "answers", "changed", "newest"),
    [
        (LATER, None, False, True),
        (LATER, None, True, True),
        (TOLD, TOLD, True, True),
        (EARLIER, None, False, False),
        (EARLIER, None, True, False),
        (LATER, EARLIER, False, True),  # one plan only: whichever message of ours it replies to
        (LATER, EARLIER, True, False),
        (LATER, LATER, True, True),
    ],
)
def test_an_answer_means_the_newest_plan_only_if_it_can(
    written: datetime, answers: datetime | None, changed: bool, newest: bool
) -> None:
    assert means_newest(TOLD, written, answers, changed=changed) is newest


def planned_twice(cases: Cases, clock: MovableClock) -> tuple[Case, list[OutgoingMessage]]:
    """A case whose plan was told at ten, and another one an hour later; with the two letters."""
    case = cases.until("send_plan", cost=Decimal(380))
    clock.advance(hours=1)
    cases.step(case, "plan", steps="改为更换整机", cost=Decimal(500), reason="压缩机停产")
    cases.step(case, "send_plan")
    return case, list(OutgoingMessage.objects.filter(about_id=case.pk, subject__contains="方案").order_by("id"))


def came(channel: str, words: str, answers: str = "", written: datetime | None = None) -> IncomingMessage:
    call = system_call()
    row = IncomingMessage.objects.create(
        key=f"{channel}:{IncomingMessage.objects.count()}",
        kind=channel,
        sender=PHONE if channel == "sms" else MAIL,
        text=words,
        in_reply_to=answers,
        size=10,
        received_at=call.now,
        written_at=written,
    )
    case = Case.objects.get()
    receive_message(
        call,
        message_id=row.pk,
        channel=channel,
        sender=row.sender,
        subject="Re:",
        text=words,
        thread_of=("cases.case", case.pk),
    )
    return row


def answers_of(case: Case) -> list[str]:
    return list(CasePlan.objects.filter(case=case).order_by("version").values_list("answer", flat=True))


def last_told_in(case: Case) -> str:
    note = case.notes.filter(kind="told").order_by("pk").last()
    return note.text if note else ""


@pytest.mark.parametrize("words", ["同意", "不同意，太贵了"])
def test_a_mail_that_replies_to_the_first_plan_neither_confirms_nor_declines_the_second(
    cases: Cases, company: Company, clock: MovableClock, words: str
) -> None:
    case, (first, second) = planned_twice(cases, clock)
    clock.advance(minutes=10)
    came("email_in", words, first.message_id)
    case.refresh_from_db()
    assert (case.state, answers_of(case)) == ("planned", ["", ""])
    told = last_told_in(case)
    assert "该方案已有新版本，本次未作确认" in told
    assert "改为更换整机" in told
    assert "500.00 元" in told
    assert case.notes.filter(kind="said").latest("pk").text == words
    assert StaffNotice.objects.filter(staff=company.staff["agent"], text__contains="has written about").count() == 1
    came("email_in", "同意", second.message_id)
    case.refresh_from_db()
    assert (case.state, answers_of(case)) == ("confirmed", ["", "confirmed"])


def test_the_letter_that_asks_again_can_be_answered(cases: Cases, clock: MovableClock) -> None:
    case, (first, _second) = planned_twice(cases, clock)
    clock.advance(minutes=10)
    came("email_in", "同意", first.message_id)
    asked = OutgoingMessage.objects.filter(about_id=case.pk).latest("id")
    came("email_in", "同意", asked.message_id)
    case.refresh_from_db()
    assert (case.state, answers_of(case)) == ("confirmed", ["", "confirmed"])


def test_a_reply_to_the_first_letter_holds_while_the_plan_is_the_same(cases: Cases, clock: MovableClock) -> None:
    case = cases.until("send_plan", cost=Decimal(380))
    first = OutgoingMessage.objects.filter(about_id=case.pk, subject__contains="方案").get()
    clock.advance(hours=1)
    cases.step(case, "send_plan")
    came("email_in", "同意", first.message_id)
    assert answers_of(case) == ["confirmed"]


def test_a_plan_sent_again_is_told_since_its_first_letter(cases: Cases, clock: MovableClock) -> None:
    case, (_first, second) = planned_twice(cases, clock)
    clock.advance(hours=1)
    cases.step(case, "send_plan")
    came("email_in", "同意", second.message_id)
    assert answers_of(case) == ["", "confirmed"]


def test_an_sms_written_before_the_plan_changed_and_told_late_by_the_provider_confirms_nothing(
    cases: Cases, clock: MovableClock
) -> None:
    case, _letters = planned_twice(cases, clock)
    clock.advance(minutes=10)
    came("sms", "Y", written=clock.now - timedelta(minutes=20))
    assert answers_of(case) == ["", ""]
    assert "本次未作确认" in last_told_in(case)
    came("sms", "Y", written=clock.now - timedelta(minutes=1))
    assert answers_of(case) == ["", "confirmed"]
