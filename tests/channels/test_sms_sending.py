"""An SMS is stored before it is sent, sent once, and its fate known, whatever a provider does (CHN-2)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connections

from huiyin.channels.actions.claim_message import claim_message
from huiyin.channels.actions.settle_message import settle_message
from huiyin.channels.events import MessageNotDelivered
from huiyin.channels.kinds.sms_out import asking
from huiyin.channels.models import OutgoingMessage, SmsAccount, SmsHold, SmsTemplate
from huiyin.channels.registry import Fate, FateKind
from huiyin.channels.tasks import deliver_all, deliver_now
from huiyin.foundation.calls import system_call
from huiyin.foundation.models import ActEntry
from huiyin.kernel.refusal import Invalid
from tests.channels.sms_fixtures import NUMBER, Services, text
from tests.channels.test_sending import heard
from tests.conftest import MovableClock

pytestmark = pytest.mark.usefixtures("clock")


def again(message: OutgoingMessage) -> OutgoingMessage:
    message.refresh_from_db()
    return message


@pytest.mark.django_db(transaction=True)
def test_an_sms_reaches_alibaba_cloud_by_the_worker(services: Services, work: Callable[[], None]) -> None:
    message = text("+86 138-1234-5678")
    assert (message.state, message.to, message.text, message.segments) == (
        "queued",
        NUMBER,
        "【回音科技】测试短信，时间10:30。",
        1,
    )
    work()
    again(message)
    one = services.aliyun.peer.accepted[0]
    assert (message.state, message.attempts, message.error) == ("sent", 1, "")
    assert (message.serial, message.account) == (one.serial, services.first)
    assert (one.number, one.signature, one.template, one.values) == (NUMBER, "回音科技", "SMS_1", {"time": "10:30"})
    assert one.reference == message.message_id
    assert services.tencent.peer.calls == []


def test_an_sms_reaches_tencent_cloud(services: Services) -> None:
    services.only_tencent()
    message = text()
    assert deliver_all() == 1
    one = services.tencent.peer.accepted[0]
    assert (again(message).state, message.serial) == ("sent", one.serial)
    assert (one.number, one.signature, one.template, one.values) == (f"+86{NUMBER}", "回音科技", "1101", ["10:30"])
    assert one.reference == message.message_id


@pytest.mark.parametrize("which", ["first", "second"])
def test_a_wrong_key_is_refused_by_the_service_and_nothing_is_lost(
    services: Services, clock: MovableClock, monkeypatch: pytest.MonkeyPatch, which: str
) -> None:
    SmsAccount.objects.exclude(pk=getattr(services, which).pk).update(is_active=False)
    monkeypatch.setenv("HUIYIN_SMS_TEST", "another key")
    message = text()
    deliver_all()
    assert again(message).state == "queued"
    assert message.error.startswith(("SignatureDoesNotMatch", "AuthFailure.SignatureFailure"))
    monkeypatch.setenv("HUIYIN_SMS_TEST", "loopback-only")
    clock.advance(minutes=5)
    deliver_all()
    assert again(message).state == "sent"
    assert sum(len(peer.accepted) for peer in services.peers) == 1


@pytest.mark.parametrize("to", ["", "0571-88001234", "12345", "a@x.cn"])
def test_a_wrong_number_is_refused_at_once(services: Services, to: str) -> None:
    with pytest.raises(Invalid) as refused:
        text(to)
    assert list(refused.value.fields) == ["to"]
    assert OutgoingMessage.objects.count() == 0


def test_a_text_that_is_too_long_is_refused(services: Services) -> None:
    with pytest.raises(Invalid, match="The SMS has 514 characters; the most is 500"):
        text(values={"time": "字" * 500})
    assert OutgoingMessage.objects.count() == 0


def test_free_words_are_no_sms(services: Services) -> None:
    with pytest.raises(KeyError, match="no SMS text called ''"):
        text(template="", text="您好")
    with pytest.raises(KeyError, match="time"):
        text(values={})


def test_the_same_business_key_is_one_sms(services: Services) -> None:
    first, second = text(once="case.receipt:1"), text(once="case.receipt:1", values={"time": "11:00"})
    assert (first.pk, second.text) == (second.pk, "【回音科技】测试短信，时间10:30。")
    deliver_all()
    assert len(services.aliyun.peer.accepted) == 1


def test_a_service_that_is_down_gives_its_messages_to_the_next(services: Services, clock: MovableClock) -> None:
    services.aliyun.stop()
    message = text()
    deliver_all()
    assert (again(message).state, message.attempts, message.account) == ("sent", 1, services.second)
    assert message.text == "【回音科技】测试短信，时间10:30。"
    text()
    deliver_all()
    assert len(services.tencent.peer.accepted) == 2, "the one that is down is left in peace, not asked each time"
    services.aliyun.start_again()
    clock.advance(minutes=5)
    third = text()
    deliver_all()
    assert again(third).account == services.first


def test_when_all_are_down_it_is_tried_again_with_growing_waits_and_given_up_at_last(
    services: Services, clock: MovableClock
) -> None:
    told = heard()
    services.aliyun.stop()
    services.tencent.stop()
    message = text(about=("cases.case", 7))
    waits = []
    for _try in range(40):
        deliver_all()
        if not again(message).next_try_at:
            break
        waits.append((message.next_try_at - clock.now).total_seconds() / 60)
        clock.set(message.next_try_at)
    assert waits == [5, 5, 15, 60, 240, 720]
    assert (message.state, message.attempts) == ("gave_up", 7)
    assert told == [MessageNotDelivered(message.pk, "gave_up", "ConnectError", ("cases.case", 7))]


@pytest.mark.parametrize("mood", ["drop", "html"])
def test_a_service_that_took_it_and_never_said_so_is_asked_and_not_sent_to_again(
    services: Services, clock: MovableClock, mood: str
) -> None:
    peer = services.aliyun.peer
    peer.moods = ["drop"] if mood == "drop" else ["html"]
    message = text()
    deliver_all()
    assert (again(message).state, message.doubtful) == ("uncertain", 1)
    assert deliver_all() == 0
    clock.advance(minutes=1, seconds=59)
    assert deliver_all() == 0
    assert peer.calls == ["SendSms"]
    clock.advance(seconds=1)
    deliver_all()
    assert peer.calls == ["SendSms", "QuerySendDetails"]
    if mood == "drop":
        assert again(message).state == "sent"
    else:
        assert again(message).state == "uncertain", "not there yet proves nothing"
    clock.advance(minutes=40)
    deliver_all()
    assert again(message).state == "sent"
    assert len(peer.accepted) == 1
    assert services.tencent.peer.calls == [], "no other service is tried while the fate is unknown"


def test_a_timeout_after_it_was_accepted_never_sends_twice(
    services: Services, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "ANSWER_SECONDS", 0.2)
    services.aliyun.peer.moods = ["hang"]
    message = text()
    deliver_all()
    assert (again(message).state, message.error) == ("uncertain", "ReadTimeout")
    services.aliyun.peer.accepted[0].status = "delivered"
    clock.advance(minutes=2)
    deliver_all()
    assert (again(message).state, message.error) == ("delivered", "DELIVERED")
    assert len(services.aliyun.peer.accepted) == 1


def test_a_service_that_hangs_does_not_draw_the_others_into_doubt(services: Services, clock: MovableClock) -> None:
    services.aliyun.peer.moods = ["drop"]
    messages = [text(f"1390000000{number}") for number in range(5)]
    deliver_all()
    assert [again(message).state for message in messages] == ["uncertain", "sent", "sent", "sent", "sent"]
    assert (services.aliyun.peer.calls, len(services.tencent.peer.accepted)) == (["SendSms"], 4)


def test_what_never_arrived_is_sent_once_the_provider_has_proven_it(services: Services, clock: MovableClock) -> None:
    peer = services.aliyun.peer
    peer.moods = ["lost"]
    message = text()
    deliver_all()
    began = clock.now
    while again(message).state == "uncertain":
        assert peer.accepted == []
        assert message.next_try_at
        clock.set(message.next_try_at)
        deliver_all()
    assert clock.now - began == timedelta(minutes=35)
    assert (message.state, message.attempts, len(peer.accepted)) == ("sent", 2, 1)


def test_a_list_that_hides_rows_proves_nothing(services: Services, clock: MovableClock) -> None:
    peer = services.aliyun.peer
    peer.moods, peer.hidden = ["drop"], True
    message = text()
    deliver_all()
    told = heard()
    for minutes in (2, 5, 15, 35, 60, 240):
        clock.set("2026-09-28 09:00")
        clock.advance(minutes=minutes)
        deliver_all()
        assert again(message).state == "uncertain"
    assert told == []
    clock.set("2026-09-29 09:00")
    deliver_all()
    assert (again(message).state, message.next_try_at, message.looks) == ("uncertain", None, 7)
    assert [(event.message_id, event.state) for event in told] == [(message.pk, "uncertain")]
    clock.advance(days=1)
    deliver_all()
    assert len(peer.accepted) == 1


def test_a_query_that_fails_is_asked_again(services: Services, clock: MovableClock) -> None:
    peer = services.aliyun.peer
    peer.moods, peer.query_mood = ["lost"], "isp.SYSTEM_ERROR"
    message = text()
    deliver_all()
    clock.advance(minutes=36)
    deliver_all()
    assert again(message).state == "uncertain"
    peer.query_mood = None
    clock.advance(minutes=24)
    deliver_all()
    assert (again(message).state, len(peer.accepted)) == ("sent", 1)


def test_tencent_says_what_became_of_it_where_it_opened_the_session(services: Services, clock: MovableClock) -> None:
    services.only_tencent()
    services.tencent.handler.opened = True
    services.tencent.peer.moods = ["drop"]
    message = text()
    deliver_all()
    assert again(message).state == "uncertain"
    services.tencent.peer.accepted[0].status = "delivered"
    clock.advance(minutes=2)
    deliver_all()
    one = services.tencent.peer.accepted[0]
    assert (again(message).state, message.serial) == ("delivered", one.serial)


def test_tencent_without_a_session_leaves_it_uncertain_for_a_person_to_decide(
    services: Services, clock: MovableClock
) -> None:
    services.only_tencent()
    services.tencent.peer.moods = ["drop"]
    message = text()
    deliver_all()
    services.tencent.peer.accepted[0].status = "delivered"
    for _look in range(10):
        if not again(message).next_try_at:
            break
        clock.set(message.next_try_at)
        deliver_all()
    assert (again(message).state, message.next_try_at) == ("uncertain", None)
    assert len(services.tencent.peer.accepted) == 1


def test_a_limit_on_the_number_is_kept_and_no_other_service_gets_around_it(
    services: Services, clock: MovableClock
) -> None:
    services.aliyun.peer.moods = [("error", "isv.BUSINESS_LIMIT_CONTROL", "触发小时级流控Permits:5")]
    message, other, same = text(), text("13900000000"), text()
    deliver_all()
    assert (again(message).state, message.error) == ("queued", "isv.BUSINESS_LIMIT_CONTROL 触发小时级流控Permits:5")
    assert again(other).state == "sent"
    assert (again(same).state, same.error, same.attempts) == ("queued", "held", 0)
    assert services.tencent.peer.calls == []
    clock.advance(minutes=59)
    deliver_all()
    assert len(services.aliyun.peer.accepted) == 1
    clock.advance(minutes=1)
    deliver_all()
    assert (again(message).state, again(same).state) == ("sent", "sent")
    assert SmsHold.objects.count() == 1


def test_a_throttled_account_rests_and_the_next_one_sends(services: Services, clock: MovableClock) -> None:
    services.aliyun.peer.moods = [("error", "Throttling.User", "Request was denied due to user flow control.")]
    message = text()
    deliver_all()
    assert again(message).account == services.second
    clock.advance(minutes=1)
    another = text()
    deliver_all()
    assert again(another).account == services.first


def test_a_limit_of_tencent_is_kept(services: Services, clock: MovableClock) -> None:
    services.only_tencent()
    services.tencent.peer.moods = [
        ("number", "LimitExceeded.PhoneNumberThirtySecondLimit", "the number of SMS messages"),
        ("refuse", "RequestLimitExceeded", "too many requests"),
    ]
    message = text()
    deliver_all()
    assert (again(message).state, message.next_try_at) == ("queued", clock.now + timedelta(minutes=1))
    clock.advance(minutes=1)
    deliver_all()
    assert (again(message).state, message.attempts) == ("queued", 2)
    clock.advance(minutes=5)
    deliver_all()
    assert again(message).state == "sent"


def test_a_template_that_is_not_approved_rests_alone(services: Services, care: None) -> None:
    services.aliyun.peer.moods = [("error", "isv.SMS_TEMPLATE_ILLEGAL", "模板不合法")]
    message = text(template="test.care", values={"name": "王"})
    deliver_all()
    assert again(message).state == "queued"
    other = text()
    deliver_all()
    assert again(other).account == services.first


@pytest.mark.parametrize("which", ["aliyun", "tencent"])
def test_a_final_refusal_is_not_tried_again(services: Services, which: str) -> None:
    told = heard()
    if which == "tencent":
        services.only_tencent()
        services.tencent.peer.moods = [("number", "FailedOperation.PhoneNumberInBlacklist", "in blacklist")]
    else:
        services.aliyun.peer.moods = [("error", "isv.MOBILE_NUMBER_ILLEGAL", "非法手机号")]
    message = text()
    deliver_all()
    assert again(message).state == "failed"
    assert [event.state for event in told] == ["failed"]
    assert deliver_all() == 0


def test_quiet_hours_hold_what_we_send_of_our_own_accord_and_let_receipts_pass(
    services: Services, care: None, clock: MovableClock
) -> None:
    clock.set("2026-09-28 21:00")
    receipt, greeting = text(), text(template="test.care", values={"name": "王女士"})
    deliver_all()
    assert again(receipt).state == "sent"
    assert (again(greeting).state, greeting.error, greeting.attempts) == ("queued", "quiet", 0)
    assert greeting.next_try_at == clock.set("2026-09-29 08:00")
    deliver_all()
    assert (again(greeting).state, greeting.text) == ("sent", "【回音科技】王女士您好，近来可好？")
    assert services.aliyun.peer.accepted[1].values == {"who": "王女士"}


def test_without_an_account_an_sms_waits_and_counts_no_tries(db: None, clock: MovableClock) -> None:
    message = text()
    deliver_all()
    assert (again(message).state, message.attempts, message.error) == ("queued", 0, "no_account")
    assert message.next_try_at == clock.now + timedelta(minutes=15)


def test_a_template_taken_away_meanwhile_loses_nothing(services: Services, clock: MovableClock) -> None:
    message = text()
    SmsTemplate.objects.all().delete()
    deliver_all()
    assert (again(message).state, message.error) == ("queued", "no_account")


def test_a_sender_that_slept_sends_nothing(services: Services, clock: MovableClock) -> None:
    message = text()
    mine = claim_message(system_call(), message.pk)
    assert mine is not None
    clock.advance(minutes=3)
    from huiyin.channels.kinds.sms_out.sending import send_sms

    fate = send_sms(mine)
    assert (fate.kind, services.aliyun.peer.calls) == (FateKind.LATER, [])


def test_an_answer_that_comes_after_the_lease_still_counts(services: Services, clock: MovableClock) -> None:
    message = text()
    mine = claim_message(system_call(), message.pk)
    assert mine is not None
    services.aliyun.peer.query_mood = "isp.SYSTEM_ERROR"
    clock.advance(minutes=3, seconds=1)
    deliver_all()
    assert again(message).state == "uncertain"
    assert settle_message(system_call(), mine, Fate(FateKind.SENT, serial="1^0"))
    assert (again(message).state, message.serial) == ("sent", "1^0")
    assert not deliver_now(message.pk)


def test_a_sent_message_without_a_receipt_is_asked_after(services: Services, clock: MovableClock) -> None:
    message = text()
    deliver_all()
    services.aliyun.peer.accepted[0].status = "failed"
    told = heard()
    clock.advance(hours=6)
    deliver_all()
    assert (again(message).state, message.error) == ("undelivered", "MK:0010")
    assert [event.state for event in told] == ["undelivered"]


@pytest.mark.django_db(transaction=True)
def test_twenty_hands_on_one_sms_send_it_once(services: Services) -> None:
    message = text()
    together = Barrier(20)

    def send_it(_number: int) -> bool:
        together.wait(20)
        try:
            return deliver_now(message.pk)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(20) as hands:
        sent = list(hands.map(send_it, range(20)))
    assert (sent.count(True), len(services.aliyun.peer.accepted)) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_twenty_requests_for_one_business_key_store_one_sms(services: Services) -> None:
    together = Barrier(20)

    def ask(_number: int) -> int:
        together.wait(20)
        try:
            return text(once="case.receipt:9").pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(20) as hands:
        assert len(set(hands.map(ask, range(20)))) == 1
    assert OutgoingMessage.objects.count() == 1


def test_numbers_stay_out_of_history(services: Services) -> None:
    message = text()
    deliver_all()
    assert ActEntry.objects.get(verb="channels.send_message").data == {"to": "138****5678", "about": ""}
    assert not [entry for entry in ActEntry.objects.all() if NUMBER in str(entry.data) + entry.reason]
    assert str(message) == f"sms {message.pk} queued"
