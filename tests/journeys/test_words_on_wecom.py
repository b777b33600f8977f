"""One person over phone and WeCom: the address is set up, encrypted words become a case, and two records become one."""

from __future__ import annotations

import pytest
from django.test import Client

from huiyin.cases.public import Case, open_case
from huiyin.channels.models import IncomingMessage, StaffAccount
from huiyin.customers.public import Contact, Customer
from tests.channels import platform_pushes as push
from tests.journeys.walk import Walk

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PATIENCE = 30_000
WORDS = "空调外机响得厉害 😣 <script>alert(1)</script>"


def test_who_writes_on_wecom_is_joined_to_the_customer_who_called(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    walk.clock.set("2026-09-28 09:00")
    for who in ("administrator", "director"):
        walk.page(who).set_default_timeout(PATIENCE)
    account = _address_is_set_up(walk, monkeypatch)
    caller = _caller(walk)
    case = _words_come_in(walk, account)
    _joined(walk, case, caller)
    _more_words(walk, account, case)
    _forged(walk, account)
    _taken_back(walk, case)


def _address_is_set_up(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> StaffAccount:
    """The administrator writes down where token and key are; WeCom checks the address."""
    push.account(monkeypatch, "wecom").delete()
    page = walk.open("administrator", "/staff-channels/new/")
    page.locator("[name=name]").fill(walk.say("客户服务", "Customer service"))
    page.locator("[name=key_id]").fill(push.RECEIVER)
    page.locator("[name=agent_id]").fill("1000002")
    page.locator("[name=secret]").fill("env:HUIYIN_STAFF_TEST")
    page.locator("main button.btn-primary").click()
    page.locator("#address").wait_for()
    account = StaffAccount.objects.get()
    assert page.locator("#address").input_value().endswith(f"/platforms/in/{account.pk}/")
    assert page.get_by_text(walk.say("目前还不接收消息", "Nothing is taken here yet")).count() == 1
    walk.picture(page, "nothing-is-taken-yet")
    page.locator("[name=callback_token]").fill("env:HUIYIN_STAFF_TOKEN")
    page.locator("[name=callback_key]").fill("env:HUIYIN_STAFF_AES")
    page.locator("main .form button.btn-primary").click()
    page.locator("#address").wait_for()
    sealed = push.wide("1616140317555161061")
    proof = dict(pair.split("=") for pair in push.signed_query(sealed, "msg_signature").split("&"))
    answer = Client().get(f"/platforms/in/{account.pk}/", proof | {"echostr": sealed})
    assert answer.content == b"1616140317555161061"
    account.refresh_from_db()
    return account


def _caller(walk: Walk) -> Customer:
    """林悦 has called already about the same appliance."""
    name = walk.say("林悦", "Lin Yue")
    made = Customer.objects.create(
        number="CS202609001", name=name, sort_key="lin yue", registered_at=walk.clock.now, tier="vip"
    )
    Contact.objects.create(customer=made, name=name, phone="+8613800000042", is_primary=True)
    open_case(
        walk.company.call("agent"),
        kind="complaint",
        topic="technical",
        channel="phone",
        description=walk.say("空调外机噪音大", "The outdoor unit is loud"),
        customer_id=made.pk,
    )
    return made


def _words_come_in(walk: Walk, account: StaffAccount) -> Case:
    """The same push three times is one message and one case, its words shown as they were written."""
    walk.at("2026-09-28 09:10")
    for _retry in range(3):
        assert push.wecom(account, WORDS, key="7001", who="wmSecretName99").status_code == 200
    assert IncomingMessage.objects.get().state == "new"
    walk.work()
    case = Case.objects.get(channel="wecom")
    assert (case.description, case.customer_id) == (WORDS, None)
    page = walk.open("director", f"/cases/{case.pk}/")
    assert page.get_by_text(WORDS).count() >= 1
    assert page.get_by_text("wm****99").count() == 1
    assert "wmSecretName99" not in page.content()
    walk.picture(page, "a-stranger-on-wecom")
    page = walk.open("administrator", f"/staff-channels/{account.pk}/")
    assert page.get_by_text(walk.say("最近一条消息", "Last message")).count() == 1
    walk.picture(page, "the-address-lives")
    return case


def _joined(walk: Walk, case: Case, caller: Customer) -> None:
    page = walk.open("director", f"/cases/{case.pk}/")
    form = page.locator("form[action$='/join_identity/']")
    form.locator("[name=number]").fill(caller.number)
    form.locator("button").click()
    page.locator("form[action$='/part_identity/']").wait_for()
    case.refresh_from_db()
    assert case.customer_id == caller.pk
    alike = page.locator("#alike")
    alike.get_by_text(walk.say("空调外机噪音大", "The outdoor unit is loud")).first.wait_for()
    walk.picture(page, "joined-to-the-customer")
    page = walk.open("director", f"/customers/{caller.pk}/")
    assert page.get_by_text("wm****99").count() == 1
    walk.picture(page, "the-customer-on-wecom")


def _more_words(walk: Walk, account: StaffAccount, case: Case) -> None:
    """The next words are a line of the case."""
    walk.at("2026-09-28 09:20")
    assert push.wecom(account, "下午三点以后在家", key="7002", who="wmSecretName99").status_code == 200
    walk.work()
    page = walk.open("director", f"/cases/{case.pk}/")
    assert page.locator(".talk").get_by_text("下午三点以后在家").count() == 1
    assert Case.objects.count() == 2


def _forged(walk: Walk, account: StaffAccount) -> None:
    """Somebody else's push leaves nothing but a reason on the account's page."""
    walk.at("2026-09-28 09:30")
    answer = push.wecom(account, "假消息", key="7003", query="msg_signature=0&timestamp=1&nonce=2")
    assert (answer.status_code, IncomingMessage.objects.count()) == (401, 2)
    page = walk.open("administrator", f"/staff-channels/{account.pk}/")
    assert page.get_by_text(walk.say("签名或 Token 不正确", "Its signature or token is wrong")).count() == 1
    walk.picture(page, "a-forged-push")
    received = IncomingMessage.objects.earliest("pk")
    page = walk.open("director", f"/messages/{received.pk}/")
    assert page.get_by_text("wm****99").count() == 1
    walk.picture(page, "the-message")


def _taken_back(walk: Walk, case: Case) -> None:
    page = walk.open("director", f"/cases/{case.pk}/")
    page.locator("form[action$='/part_identity/'] button").click()
    page.locator("form[action$='/join_identity/']").wait_for()
    case.refresh_from_db()
    assert case.customer_id is None
    walk.picture(page, "taken-back")
