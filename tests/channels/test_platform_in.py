"""What platforms push: genuine words are kept once, everything else leaves nothing behind (CHN-1)."""

from __future__ import annotations

import base64
import json
import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from huiyin.channels.events import MessageReceived
from huiyin.channels.models import CallbackPulse, IncomingMessage, OutsideIdentity, StaffAddress, StaffRules
from huiyin.channels.tasks import take_up_all_from, take_up_waiting
from huiyin.foundation import events
from huiyin.kernel.call import Call
from tests.channels import platform_pushes as push
from tests.conftest import Company, MovableClock

PLATFORMS = ("wecom", "dingtalk", "feishu")
Patch = pytest.MonkeyPatch


@pytest.fixture
def heard() -> list[MessageReceived]:
    """What the rooms above are told."""
    told: list[MessageReceived] = []

    def listen(_call: Call, event: MessageReceived) -> None:
        told.append(event)
        if "boom" in event.text:
            raise RuntimeError("boom")

    events._listeners[MessageReceived].append(listen)
    return told


def nothing_happened() -> bool:
    return not IncomingMessage.objects.exists() and not OutsideIdentity.objects.exists()


def refusal(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_text_is_kept_and_told_once_however_often_it_is_pushed(
    company: Company, monkeypatch: Patch, heard: list[MessageReceived], platform: str
) -> None:
    account = push.account(monkeypatch, platform)
    answers = [push.SAY[platform](account, "空调不制冷 🥵 <script>alert(1)</script>") for _time in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    row, identity = IncomingMessage.objects.get(), OutsideIdentity.objects.get()
    assert (row.kind, row.text, row.state) == (platform, "空调不制冷 🥵 <script>alert(1)</script>", "new")
    assert (row.identity, row.sender, identity.account) == (identity, identity.external_id, account)
    assert (take_up_all_from(identity.pk), take_up_all_from(identity.pk), take_up_waiting(0)) == (1, 0, 0)
    assert [(one.channel, one.message_id, one.identity_id) for one in heard] == [(platform, row.pk, identity.pk)]


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_push_that_is_too_old_or_for_another_application_is_refused(
    company: Company, monkeypatch: Patch, caplog: pytest.LogCaptureFixture, platform: str
) -> None:
    account = push.account(monkeypatch, platform)
    with caplog.at_level(logging.WARNING):
        assert refusal(push.SAY[platform](account, "机密内容", late=601)) == (401, "stale")
        if platform != "dingtalk":
            assert refusal(push.SAY[platform](account, "机密内容", receiver="other")) == (403, "receiver")
    assert nothing_happened()
    assert not any(word in caplog.text for word in ("机密", push.TOKEN, push.WIDE_KEY, push.FEISHU_KEY, push.SECRET))
    assert f"account {account.pk} was refused: stale" in caplog.text
    assert CallbackPulse.objects.get().refused_why == "stale"


def test_an_event_of_dingtalk_for_another_application_is_refused(company: Company, monkeypatch: Patch) -> None:
    account = push.account(monkeypatch, "dingtalk")
    assert refusal(push.dingtalk_event(account, {"EventType": "check_url"}, receiver="other")) == (403, "receiver")


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_wrong_proof_is_refused(company: Company, monkeypatch: Patch, platform: str) -> None:
    account = push.account(monkeypatch, platform)
    wrong = {
        "wecom": lambda: push.wecom(account, "x", query="msg_signature=0&timestamp=1&nonce=2"),
        "dingtalk": lambda: push.dingtalk(account, "x", secret="another"),
        "feishu": lambda: push.feishu(account, "x", sign=False),
    }
    assert refusal(wrong[platform]()) == (401, "signature")
    assert nothing_happened()


def test_feishus_token_and_key_are_checked(company: Company, monkeypatch: Patch) -> None:
    account = push.account(monkeypatch, "feishu")
    assert refusal(push.feishu(account, "x", token="other")) == (401, "signature")
    assert refusal(push.feishu(account, "x", locked_with="other key")) == (401, "signature")
    challenge = {"type": "url_verification", "challenge": "abc", "token": "other"}
    assert refusal(push.feishu_push(account, challenge, sign=False)) == (401, "signature")


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("body", ["", "{", "<xml>", "[]", "null", "\x00", '{"encrypt": 7}', "<!DOCTYPE a><xml/>"])
def test_a_broken_body_is_refused(company: Company, monkeypatch: Patch, platform: str, body: str) -> None:
    account = push.account(monkeypatch, platform)
    answer = Client().post(f"/platforms/in/{account.pk}/", body, content_type="text/plain")
    assert answer.status_code in (400, 401)
    assert nothing_happened()


def test_what_is_larger_than_accepted_is_not_even_read(company: Company, monkeypatch: Patch) -> None:
    account = push.account(monkeypatch, "wecom")
    assert refusal(push.wecom(account, "x" * 500_000)) == (413, "large")
    assert push.wecom(account, "长" * 34_000).status_code == 200
    assert len(IncomingMessage.objects.get().text) == 34_000


def test_an_account_without_callback_or_not_in_use_has_no_address(company: Company, monkeypatch: Patch) -> None:
    for number, change in enumerate(({"callback_key": ""}, {"is_active": False}, {"mode": "robot"})):
        account = push.account(monkeypatch, "wecom", name=f"app {number}", **change)
        assert push.wecom(account, "x").status_code == 404
    good = push.account(monkeypatch, "wecom")
    monkeypatch.delenv("HUIYIN_STAFF_AES")
    assert refusal(push.wecom(good, "x")) == (503, "keys")
    assert Client().put(f"/platforms/in/{good.pk}/").status_code == 405
    assert nothing_happened()


def test_wecoms_check_of_the_address_is_answered_with_the_plain_text(company: Company, monkeypatch: Patch) -> None:
    account = push.account(monkeypatch, "wecom")
    sealed = push.wide("1616140317555161061")
    query = push.signed_query(sealed, "msg_signature")
    answer = Client().get(f"/platforms/in/{account.pk}/?{query}", {"echostr": sealed} | _query(query))
    assert (answer.status_code, answer.content) == (200, b"1616140317555161061")
    assert Client().get(f"/platforms/in/{account.pk}/").status_code == 401
    ding = push.account(monkeypatch, "dingtalk")
    assert Client().get(f"/platforms/in/{ding.pk}/").status_code == 405


def _query(text: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in text.split("&"))


def test_feishus_check_of_the_address_is_answered(company: Company, monkeypatch: Patch) -> None:
    account = push.account(monkeypatch, "feishu")
    challenge = {"type": "url_verification", "challenge": "ajls384k", "token": push.TOKEN}
    answer = push.feishu_push(account, challenge, sign=False)
    assert (answer.status_code, answer.json()) == (200, {"challenge": "ajls384k"})


def test_an_event_of_dingtalk_is_answered_with_an_encrypted_success(company: Company, monkeypatch: Patch) -> None:
    account = push.account(monkeypatch, "dingtalk")
    said = push.dingtalk_event(account, {"EventType": "check_url"}).json()
    assert said["msg_signature"] == push.sha1(push.TOKEN, said["timeStamp"], said["nonce"], said["encrypt"])
    key = base64.b64decode(push.WIDE_KEY + "=")
    opening = push.Cipher(push.algorithms.AES(key), push.modes.CBC(key[:16])).decryptor()
    plain = opening.update(base64.b64decode(said["encrypt"])) + opening.finalize()
    assert plain[20:27] + plain[27 : -plain[-1]] == b"success" + push.RECEIVER.encode()
    assert nothing_happened()


@pytest.mark.parametrize(
    "change", [{"senderId": "", "senderStaffId": ""}, {"msgId": None}, {"msgId": "x" * 121}, {"senderId": {"a": 1}}]
)
def test_words_without_number_or_writer_are_refused(
    company: Company, monkeypatch: Patch, change: dict[str, Any]
) -> None:
    account = push.account(monkeypatch, "dingtalk")
    assert refusal(push.dingtalk(account, "x", change=change)) == (400, "broken")
    assert nothing_happened()


def test_half_characters_zero_bytes_and_long_names_are_no_obstacle(company: Company, monkeypatch: Patch) -> None:
    account = push.account(monkeypatch, "dingtalk")
    change = {"text": {"content": "a\x00b\ud83dc"}, "senderNick": "林" * 300}
    assert push.dingtalk(account, "", change=change).status_code == 200
    assert (IncomingMessage.objects.get().text, len(OutsideIdentity.objects.get().name)) == ("ab?c", 80)
    assert push.dingtalk(account, "", key="m2", change={"text": "no object"}).status_code == 200
    assert push.dingtalk(account, "", key="m3", change={"text": {}, "msgtype": "picture"}).status_code == 200
    last = IncomingMessage.objects.order_by("-id").first()
    assert last is not None
    assert "picture" in last.text


def test_a_picture_is_not_lost_and_an_event_is_no_message(company: Company, monkeypatch: Patch) -> None:
    account = push.account(monkeypatch, "wecom")
    head = f"<ToUserName>{push.RECEIVER}</ToUserName><FromUserName>wm1</FromUserName>"
    picture = f"<xml>{head}<MsgType>image</MsgType><PicUrl>x</PicUrl><MsgId>7</MsgId></xml>"
    assert push.wecom(account, "", inner=f"<xml>{head}<MsgType>event</MsgType></xml>").status_code == 200
    assert nothing_happened()
    assert push.wecom(account, "", inner=picture).status_code == 200
    assert "image" in IncomingMessage.objects.get().text


def test_a_message_within_an_encrypted_document_type_is_refused(company: Company, monkeypatch: Patch) -> None:
    account = push.account(monkeypatch, "wecom")
    bomb = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb">]><xml><Content>&b;</Content></xml>'
    assert refusal(push.wecom(account, "", inner=bomb)) == (400, "broken")


@pytest.mark.parametrize("platform", PLATFORMS)
def test_who_works_here_is_no_customer(company: Company, monkeypatch: Patch, platform: str) -> None:
    account = push.account(monkeypatch, platform)
    StaffAddress.objects.create(staff=company.staff["agent"], platform=platform, address="zhangsan")
    own = {
        "wecom": lambda: push.wecom(account, "测试", who="zhangsan"),
        "dingtalk": lambda: push.dingtalk(account, "测试", change={"senderStaffId": "zhangsan"}),
        "feishu": lambda: push.feishu(account, "测试", user="zhangsan"),
    }
    assert own[platform]().status_code == 200
    row = IncomingMessage.objects.get()
    assert (row.state, row.reason, take_up_waiting(0)) == ("ignored", "staff", 0)


def test_a_torrent_of_one_person_is_kept_and_not_worked_on(
    company: Company, monkeypatch: Patch, clock: MovableClock
) -> None:
    account = push.account(monkeypatch, "wecom")
    StaffRules.objects.create(version=1, data={"flood_messages": 3})
    for number in range(5):
        push.wecom(account, "x", key=str(number))
    push.wecom(account, "y", key="another", who="wmOther")
    states = list(IncomingMessage.objects.order_by("id").values_list("state", "reason"))
    assert states == [("new", "")] * 3 + [("ignored", "torrent")] * 2 + [("new", "")]
    clock.advance(minutes=11)
    push.wecom(account, "z", key="later")
    assert IncomingMessage.objects.get(text="z").state == "new"


def test_a_message_that_cannot_be_taken_up_does_not_stop_the_next(
    company: Company, monkeypatch: Patch, heard: list[MessageReceived]
) -> None:
    account = push.account(monkeypatch, "wecom")
    for key, text in (("1", "first"), ("2", "boom"), ("3", "third")):
        push.wecom(account, text, key=key)
    assert take_up_waiting(0) == 2
    assert [one.text for one in heard] == ["first", "boom", "third"]
    stuck = IncomingMessage.objects.get(text="boom")
    assert (stuck.state, stuck.reason) == ("stuck", "RuntimeError")


def test_two_accounts_and_two_people_are_kept_apart(company: Company, monkeypatch: Patch) -> None:
    one, two = push.account(monkeypatch, "wecom"), push.account(monkeypatch, "wecom", name="second")
    for account, who in ((one, "wmA"), (one, "wmB"), (two, "wmA")):
        assert push.wecom(account, "同一编号", key=f"{who}", who=who).status_code == 200
    assert (IncomingMessage.objects.count(), OutsideIdentity.objects.count()) == (3, 3)


def test_the_pulse_tells_when_something_came_and_why_something_was_refused(
    company: Company, monkeypatch: Patch, clock: MovableClock
) -> None:
    account = push.account(monkeypatch, "feishu")
    push.feishu(account, "x")
    began = clock.now
    clock.advance(seconds=30)
    push.feishu(account, "y", key="om_2", late=601)
    pulse = CallbackPulse.objects.get()
    assert (pulse.genuine_at, pulse.message_at, pulse.refused_at) == (began, began, clock.now)


def test_the_body_of_a_broken_text_of_feishu_is_refused(company: Company, monkeypatch: Patch) -> None:
    account = push.account(monkeypatch, "feishu")
    assert refusal(push.feishu(account, "", message={"content": "no json"})) == (400, "broken")
    named = {"content": json.dumps({"text": "@_user_1 修好了吗"}), "mentions": [{"key": "@_user_1", "name": "售后"}, 7]}
    assert push.feishu(account, "", message=named).status_code == 200
    assert IncomingMessage.objects.get().text == "@售后 修好了吗"


def test_an_application_shows_its_address_to_who_sets_up_channels_and_a_robot_has_none(
    company: Company, monkeypatch: Patch, sign_in: Callable[[str], Client]
) -> None:
    app, robot = (
        push.account(monkeypatch, "feishu"),
        push.account(monkeypatch, "feishu", name="robot", mode="robot"),
    )
    admin = sign_in("administrator")
    assert f"/platforms/in/{app.pk}/" in admin.get(f"/staff-channels/{app.pk}/").content.decode()
    assert "/platforms/in/" not in admin.get(f"/staff-channels/{robot.pk}/").content.decode()
    assert sign_in("service_manager").get(f"/staff-channels/{app.pk}/").status_code == 403
    push.feishu(app, "x", late=601)
    assert "签名时间过早或在将来" in admin.get(f"/staff-channels/{app.pk}/").content.decode()
