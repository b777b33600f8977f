"""Every message is stored before it is sent, sent once, and its fate is known (CHN-2)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from huiyin.channels.actions.claim_message import claim_message
from huiyin.channels.actions.settle_message import settle_message
from huiyin.channels.events import MessageNotDelivered
from huiyin.channels.models import Mailbox, OutgoingMessage
from huiyin.channels.public import send_message
from huiyin.channels.receiving import fetch_all
from huiyin.channels.registry import Fate, FateKind
from huiyin.channels.tasks import deliver_all, deliver_now
from huiyin.foundation.calls import system_call
from huiyin.foundation.events import reacts_to
from huiyin.foundation.models import ActEntry
from huiyin.kernel.call import Call
from huiyin.kernel.refusal import Invalid
from tests.channels.mail_servers import MailServers
from tests.conftest import MovableClock

pytestmark = pytest.mark.usefixtures("clock")


def send(to: str = "customer@company.example", **more: object) -> OutgoingMessage:
    fields = {"kind": "email", "to": to, "subject": "您的反馈 CS2023", "text": "您好，\n我们已收到您的反馈。\n", **more}
    return send_message(system_call(), **fields)  # type: ignore[arg-type]


@pytest.mark.django_db(transaction=True)
def test_a_message_reaches_the_customer_by_the_worker(
    mailbox: Mailbox, servers: MailServers, work: Callable[[], None]
) -> None:
    message = send()
    assert message.state == "queued"
    work()
    message.refresh_from_db()
    assert (message.state, message.attempts, message.error) == ("sent", 1, "")
    mail = servers.inbox("customer")[0]
    assert mail["Message-ID"] == message.message_id
    assert (mail["X-Loop"], mail["Auto-Submitted"]) == ("service@company.example", "auto-generated")
    assert mail.get_payload(decode=True).decode().splitlines() == ["您好，", "我们已收到您的反馈。"]


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_action_sends_nothing(mailbox: Mailbox, work: Callable[[], None]) -> None:
    jobs = ProcrastinateJob.objects.count()
    with transaction.atomic():
        send()
        transaction.set_rollback(True)
    assert (OutgoingMessage.objects.count(), ProcrastinateJob.objects.count()) == (0, jobs)


def test_the_same_business_key_is_one_message(mailbox: Mailbox) -> None:
    jobs = ProcrastinateJob.objects.count()
    first, second = send(once="case.receipt:1"), send(once="case.receipt:1", subject="again")
    assert (first.pk, OutgoingMessage.objects.count()) == (second.pk, 1)
    assert ProcrastinateJob.objects.count() == jobs + 1


@pytest.mark.parametrize("to", ["", "nobody", "a@b", "a b@c.cn", "a@c.cn\nBcc: x@y.cn", "张三@公司.cn"])
def test_a_wrong_address_is_refused_at_once(mailbox: Mailbox, to: str) -> None:
    with pytest.raises(Invalid) as refused:
        send(to)
    assert list(refused.value.fields) == ["to"]
    assert OutgoingMessage.objects.count() == 0


def test_a_line_break_in_a_subject_makes_no_header(mailbox: Mailbox, servers: MailServers) -> None:
    message = send(subject="您好\nBcc: other@company.example")
    assert deliver_now(message.pk)
    assert servers.inbox("customer")[0]["Bcc"] is None


def test_only_one_of_two_workers_gets_a_message(mailbox: Mailbox) -> None:
    message = send()
    mine = claim_message(system_call(), message.pk)
    assert mine is not None
    assert (mine.state, mine.attempts) == ("sending", 1)
    assert claim_message(system_call(), message.pk) is None


def test_a_temporary_refusal_is_tried_again_later_and_given_up_at_last(mailbox: Mailbox, clock: MovableClock) -> None:
    told = heard()
    message = send("later@company.example", about=("cases.case", 7))
    waits = []
    for _try in range(7):
        assert deliver_all() == 1
        message.refresh_from_db()
        if message.next_try_at:
            waits.append((message.next_try_at - clock.now).total_seconds() / 60)
            clock.advance(seconds=59)
            assert deliver_all() == 0
            clock.set(message.next_try_at)
    assert waits == [1, 5, 15, 60, 240, 720]
    assert (message.state, message.attempts, message.next_try_at) == ("gave_up", 7, None)
    assert message.error.startswith("451")
    assert told == [MessageNotDelivered(message.pk, "gave_up", message.error, ("cases.case", 7))]


def test_a_final_refusal_is_not_tried_again(mailbox: Mailbox) -> None:
    told = heard()
    message = send("refused@company.example")
    assert deliver_all() == 1
    message.refresh_from_db()
    assert (message.state, message.error) == ("failed", "550 no such person here")
    assert [event.state for event in told] == ["failed"]
    assert deliver_all() == 0


def test_an_unreachable_server_loses_nothing(mailbox: Mailbox, servers: MailServers, clock: MovableClock) -> None:
    Mailbox.objects.update(smtp_port=1)
    message = send()
    deliver_all()
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("queued", 1)
    assert message.error.startswith("ConnectionRefusedError")
    Mailbox.objects.update(smtp_port=servers.smtp_port)
    clock.advance(minutes=1)
    deliver_all()
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("sent", 2)


def test_without_a_mailbox_messages_wait_and_count_no_tries(db: None, clock: MovableClock) -> None:
    message = send()
    deliver_all()
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("queued", 0)
    assert message.next_try_at == clock.now + timedelta(minutes=15)


def test_a_mail_that_comes_back_is_marked_with_the_servers_reason(mailbox: Mailbox, servers: MailServers) -> None:
    told = heard()
    message = send("gone@company.example", about=("cases.case", 7))
    deliver_all()
    message.refresh_from_db()
    assert message.state == "sent"
    servers.inbox("service")
    assert [report.received for report in fetch_all(system_call)] == [1]
    message.refresh_from_db()
    assert (message.state, message.error) == ("bounced", "5.0.0")
    assert told == [MessageNotDelivered(message.pk, "bounced", "5.0.0", ("cases.case", 7))]


def test_a_sender_that_died_is_noticed_and_the_same_mail_sent_again(
    mailbox: Mailbox, servers: MailServers, clock: MovableClock
) -> None:
    message = send()
    claimed = claim_message(system_call(), message.pk)
    assert claimed is not None
    clock.advance(minutes=15)
    assert deliver_all() == 0
    clock.advance(seconds=1)
    assert deliver_all() == 1
    message.refresh_from_db()
    assert (message.state, message.attempts, message.doubtful) == ("sent", 2, 1)
    assert [mail["Message-ID"] for mail in servers.inbox("customer")] == [message.message_id]
    assert settle_message(system_call(), claimed, Fate(FateKind.LATER, "too late")) is False
    message.refresh_from_db()
    assert message.state == "sent"


def test_addresses_stay_out_of_history_and_words(mailbox: Mailbox) -> None:
    message = send()
    assert str(message) == f"email {message.pk} queued"
    assert ActEntry.objects.get(verb="channels.send_message").data == {"to": "c***@company.example", "about": ""}


_heard: list[MessageNotDelivered] = []


@reacts_to(MessageNotDelivered)
def _listen(call: Call, event: MessageNotDelivered) -> None:
    _heard.append(event)


def heard() -> list[MessageNotDelivered]:
    """What was told from now on."""
    _heard.clear()
    return _heard
