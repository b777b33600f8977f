"""Receipts late, twice and out of order; customers' answers; who wants no more gets no more."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from huiyin.channels.actions.lift_opt_out import lift_opt_out
from huiyin.channels.events import MessageReceived, OptedOut
from huiyin.channels.models import IncomingMessage, OptOut, SmsAccount, SmsHold, SmsReceipt
from huiyin.channels.public import has_opted_out
from huiyin.channels.tasks import deliver_all
from huiyin.foundation.events import reacts_to
from huiyin.foundation.models import ActEntry
from huiyin.kernel.call import Call
from huiyin.kernel.refusal import Conflict, Invalid
from tests.channels.sms_fixtures import NUMBER, Services, text
from tests.channels.test_sending import heard
from tests.conftest import Company, MovableClock

pytestmark = pytest.mark.usefixtures("clock")
_told: list[object] = []


@reacts_to(OptedOut)
def _opted_out(call: Call, event: OptedOut) -> None:
    _told.append(event)


@pytest.fixture
def told() -> list[object]:
    from huiyin.foundation import events

    _told.clear()
    events._listeners[MessageReceived].append(lambda _call, event: _told.append(event))
    return _told


def push(account: SmsAccount, what: str, body: Any) -> Any:
    address = reverse(f"sms-{what}", args=[account.pk, account.callback_token])
    client = Client(enforce_csrf_checks=True)
    return client.post(address, json.dumps(body), content_type="application/json")


def aliyun_report(serial: str, reference: str, *, success: bool = True, code: str = "DELIVERED") -> dict[str, Any]:
    """As help.aliyun.com/zh/sms/developer-reference/smsreport-2 shows it."""
    return {
        "phone_number": NUMBER,
        "send_time": "2026-09-28 09:00:00",
        "report_time": "2026-09-28 09:00:07",
        "success": success,
        "err_code": code,
        "err_msg": "用户接收成功" if success else "关机",
        "sms_size": "1",
        "biz_id": serial,
        "out_id": reference,
    }


def tencent_report(serial: str, status: str = "SUCCESS", **more: str) -> dict[str, Any]:
    """As cloud.tencent.com/document/api/382/59178 shows it."""
    return {
        "user_receive_time": "2026-09-28 09:00:07",
        "nationcode": "86",
        "mobile": NUMBER,
        "report_status": status,
        "errmsg": "DELIVRD",
        "description": "用户短信送达成功",
        "sid": serial,
        **more,
    }


def test_a_receipt_says_that_it_was_delivered(services: Services) -> None:
    message = text()
    deliver_all()
    message.refresh_from_db()
    answer = push(services.first, "reports", [aliyun_report(message.serial, message.message_id)])
    assert (answer.status_code, answer.json()) == (200, {"code": 0, "msg": "OK"})
    message.refresh_from_db()
    assert (message.state, message.error, message.next_try_at) == ("delivered", "", None)
    assert message.delivered_at.isoformat() == "2026-09-28T01:00:07+00:00"


def test_a_failure_is_told_with_the_carriers_reason(services: Services) -> None:
    told = heard()
    message = text(about=("cases.case", 7))
    deliver_all()
    message.refresh_from_db()
    push(services.first, "reports", [aliyun_report(message.serial, message.message_id, success=False, code="MK:0010")])
    message.refresh_from_db()
    assert (message.state, message.error) == ("undelivered", "MK:0010 关机")
    assert [(event.state, event.reason, event.about) for event in told] == [
        ("undelivered", "MK:0010 关机", ("cases.case", 7))
    ]


def test_receipts_twice_and_out_of_order_end_the_same(services: Services) -> None:
    told = heard()
    message = text()
    deliver_all()
    message.refresh_from_db()
    good = aliyun_report(message.serial, message.message_id)
    bad = aliyun_report(message.serial, message.message_id, success=False)
    for body in ([good, bad], [bad], [good], [good, good]):
        assert push(services.first, "reports", body).status_code == 200
    message.refresh_from_db()
    assert (message.state, SmsReceipt.objects.count(), told) == ("delivered", 2, [])


def test_a_receipt_settles_a_message_of_unknown_fate(services: Services, clock: MovableClock) -> None:
    services.aliyun.peer.moods = ["drop"]
    message = text()
    deliver_all()
    one = services.aliyun.peer.accepted[0]
    push(services.first, "reports", [aliyun_report(one.serial, one.reference)])
    message.refresh_from_db()
    assert (message.state, message.serial) == ("delivered", one.serial)
    clock.advance(days=2)
    deliver_all()
    assert services.aliyun.peer.calls == ["SendSms"]


def test_a_receipt_that_comes_before_the_answer_waits_for_its_message(services: Services) -> None:
    services.only_tencent()
    push(services.second, "reports", [tencent_report("5000:1045710669157053657849499611")])
    assert SmsReceipt.objects.get().message is None
    message = text()
    deliver_all()
    message.refresh_from_db()
    assert (message.state, SmsReceipt.objects.get().message) == ("delivered", message)


def test_tencents_receipt_without_our_number_belongs_to_the_only_message_in_doubt(services: Services) -> None:
    services.only_tencent()
    services.tencent.peer.moods = ["drop"]
    message = text()
    deliver_all()
    answer = push(services.second, "reports", [tencent_report(services.tencent.peer.accepted[0].serial)])
    assert answer.json() == {"result": 0, "errmsg": "OK"}
    message.refresh_from_db()
    assert message.state == "delivered"


def test_of_two_messages_in_doubt_nobody_guesses(services: Services) -> None:
    services.only_tencent()
    services.tencent.peer.moods = ["drop", "drop"]
    first = text()
    deliver_all()
    SmsHold.objects.all().delete()
    second = text()
    deliver_all()
    serials = [one.serial for one in services.tencent.peer.accepted]
    push(services.second, "reports", [tencent_report(serials[0])])
    assert SmsReceipt.objects.get().message is None
    reference = services.tencent.peer.accepted[1].reference
    push(services.second, "reports", [tencent_report(serials[1], ext=reference)])
    states = {}
    for message in (first, second):
        message.refresh_from_db()
        states[message.message_id] = message.state
    assert states[reference] == "delivered"
    assert sorted(states.values()) == ["delivered", "uncertain"]


def test_a_receipt_of_another_account_changes_nothing(services: Services) -> None:
    message = text()
    deliver_all()
    message.refresh_from_db()
    push(services.second, "reports", [tencent_report(message.serial)])
    message.refresh_from_db()
    assert message.state == "sent"


@pytest.mark.parametrize("what", ["reports", "replies"])
def test_nobody_without_the_address_can_report(services: Services, what: str) -> None:
    account = services.first
    client = Client()
    for token in ("0" * 64, services.second.callback_token, account.callback_token[:-1]):
        address = reverse(f"sms-{what}", args=[account.pk, token])
        assert client.post(address, "[]", content_type="application/json").status_code == 404
    assert client.get(reverse(f"sms-{what}", args=[account.pk, account.callback_token])).status_code == 405
    assert client.post("/sms/in/99999/x/reports/", "[]", content_type="application/json").status_code == 404
    old = account.callback_token
    account.callback_number += 1
    account.save()
    assert client.post(reverse(f"sms-{what}", args=[account.pk, old])).status_code == 404


@pytest.mark.parametrize("body", ["", "no json", "{", "\xff"])
def test_what_is_no_json_is_refused_so_that_it_comes_again(services: Services, body: str) -> None:
    address = reverse("sms-reports", args=[services.first.pk, services.first.callback_token])
    assert Client().post(address, body, content_type="application/json").status_code == 400


def test_strange_items_are_left_out_and_the_others_taken(services: Services) -> None:
    message = text()
    deliver_all()
    message.refresh_from_db()
    strange: list[Any] = [None, 3, "x", {}, {"biz_id": "1"}, {"biz_id": 1, "phone_number": None, "success": "maybe"}]
    answer = push(services.first, "reports", [*strange, aliyun_report(message.serial, message.message_id)])
    assert answer.status_code == 200
    message.refresh_from_db()
    assert message.state == "delivered"


def aliyun_reply(words: str, number: str = NUMBER, key: str = "1234567890") -> dict[str, str]:
    """As help.aliyun.com/zh/sms/developer-reference/smsup-http shows it."""
    return {
        "phone_number": number,
        "content": words,
        "send_time": "2026-09-28 09:10:00",
        "dest_code": "1234",
        "sequence_id": key,
    }


def test_an_answer_is_kept_once_and_told_with_what_it_answers(services: Services, told: list[object]) -> None:
    text(about=("cases.case", 7))
    deliver_all()
    for _time in range(2):
        assert push(services.first, "replies", [aliyun_reply("还没修好")]).status_code == 200
    row = IncomingMessage.objects.get()
    assert (row.kind, row.sender, row.masked_sender, row.text) == ("sms", NUMBER, "138****5678", "还没修好")
    assert told == [MessageReceived(row.pk, "sms", NUMBER, "", "还没修好", ("cases.case", 7))]


@pytest.mark.parametrize(("now", "written"), [("2026-09-28 10:00", "01:10"), ("2026-09-28 09:05", "01:05")])
def test_an_answer_keeps_the_moment_its_writer_sent_it_which_is_never_to_come(
    services: Services, clock: MovableClock, now: str, written: str
) -> None:
    clock.set(now)
    push(services.first, "replies", [aliyun_reply("还没修好")])
    at = IncomingMessage.objects.get().written_at
    assert at is not None
    assert f"{at:%H:%M}" == written


def test_the_same_words_later_are_another_answer(services: Services) -> None:
    body = {"extend": "", "mobile": NUMBER, "nationcode": "86", "sign": "回音科技", "text": "好", "time": 1790000000}
    for moment in (1790000000, 1790000000, 1790000060):
        assert push(services.second, "replies", {**body, "time": moment}).json() == {"result": 0, "errmsg": "OK"}
    assert IncomingMessage.objects.count() == 2


def test_an_opt_out_is_respected_at_once(services: Services, told: list[object], clock: MovableClock) -> None:
    failed = heard()
    waiting = text(about=("visits.visit", 3))
    push(services.first, "replies", [aliyun_reply("td")])
    row = IncomingMessage.objects.get()
    assert (row.state, row.reason) == ("ignored", "opt_out")
    assert told == [OptedOut("sms", NUMBER, row.pk)]
    assert has_opted_out(NUMBER)
    deliver_all()
    waiting.refresh_from_db()
    assert (waiting.state, waiting.error, waiting.attempts) == ("withheld", "opted_out", 0)
    assert [(event.state, event.about) for event in failed] == [("withheld", ("visits.visit", 3))]
    later = text()
    other = text("13900000000")
    deliver_all()
    later.refresh_from_db()
    other.refresh_from_db()
    assert (later.state, other.state) == ("withheld", "sent")
    assert [one.number for one in services.aliyun.peer.accepted] == ["13900000000"]


def test_opting_out_twice_is_one_opt_out(services: Services, told: list[object]) -> None:
    push(services.first, "replies", [aliyun_reply("TD"), aliyun_reply("退订", key="2")])
    assert (OptOut.objects.count(), IncomingMessage.objects.count(), len(told)) == (1, 2, 1)


def test_an_opt_out_is_lifted_with_a_reason_only(services: Services, company: Company) -> None:
    push(services.first, "replies", [aliyun_reply("T")])
    row = OptOut.objects.get()
    with pytest.raises(Invalid):
        lift_opt_out(company.call("service_manager"), row.pk, because=" ")
    lift_opt_out(company.call("service_manager"), row.pk, because="电话中客户同意")
    assert not has_opted_out(NUMBER)
    with pytest.raises(Conflict):
        lift_opt_out(company.call("service_manager"), row.pk, because="again")
    push(services.first, "replies", [aliyun_reply("T", key="9")])
    assert (has_opted_out(NUMBER), OptOut.objects.count()) == (True, 2)


def test_an_answer_that_no_room_can_take_up_is_kept_and_the_next_one_taken(
    services: Services, told: list[object]
) -> None:
    from huiyin.foundation import events

    def fails(call: Call, event: MessageReceived) -> None:
        if event.text == "坏":
            raise RuntimeError

    events._listeners[MessageReceived].append(fails)
    assert (
        push(services.first, "replies", [aliyun_reply("坏", key="1"), aliyun_reply("好", key="2")]).status_code == 200
    )
    rows = [(row.text, row.state, row.reason) for row in IncomingMessage.objects.order_by("key")]
    assert rows == [("坏", "stuck", "RuntimeError"), ("好", "new", "")]


def test_a_service_number_is_not_a_customer(services: Services, told: list[object]) -> None:
    push(services.first, "replies", [aliyun_reply("您的话费余额", number="10086")])
    assert (IncomingMessage.objects.get().reason, told) == ("service_number", [])


def test_numbers_of_opt_outs_stay_out_of_history(services: Services) -> None:
    push(services.first, "replies", [aliyun_reply("T")])
    assert not [entry for entry in ActEntry.objects.all() if NUMBER in str(entry.data) + entry.reason]
