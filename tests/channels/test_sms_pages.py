"""SMS on pages: set up by the administrator, its fate for those who look after channels, numbers masked."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from huiyin.channels.actions.take_reply import opt_out
from huiyin.channels.models import OptOut, OutgoingMessage, SmsAccount, SmsPolicy, SmsTemplate
from huiyin.channels.queries.numbers import sms_numbers
from huiyin.channels.secrets import Keyring, secret_of
from huiyin.channels.tasks import deliver_all
from huiyin.foundation.calls import system_call
from huiyin.organisation.public import Staff
from tests.channels.sms_fixtures import NUMBER, Services, text
from tests.conftest import Company, MovableClock

FORM = {
    "provider": "aliyun", "name": "阿里云", "signature": "【回音】", "rank": "1", "key_id": "LTAI5t",
    "secret": "env:HUIYIN_SMS_ALIYUN", "app_id": "", "region": "", "base_url": "", "is_active": "on",
}  # fmt: skip
SignIn = Callable[[str], Client]


@pytest.mark.parametrize(("who", "status"), [("agent", 403), ("director", 403), ("administrator", 200)])
def test_sms_is_set_up_by_the_administrator(company: Company, sign_in: SignIn, who: str, status: int) -> None:
    client = sign_in(who)
    for page in ("/sms/", "/sms/accounts/new/", "/sms/rules/", "/sms/test/"):
        assert client.get(page).status_code == status


def test_an_account_is_made_and_mapped_and_says_where_the_provider_reports_to(
    company: Company, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sign_in("administrator")
    assert client.post("/sms/accounts/new/", FORM).status_code == 302
    account = SmsAccount.objects.get()
    assert (account.signature, account.is_active) == ("回音", True)
    page = client.get(f"/sms/accounts/{account.pk}/").content.decode()
    assert f"/sms/in/{account.pk}/{account.callback_token}/reports/" in page
    mapping = {"code": "SMS_1", "text": "时间${t}", "variables": "time"}
    assert client.post(f"/sms/accounts/{account.pk}/channels.test/", mapping).status_code == 302
    template = SmsTemplate.objects.get()
    assert (template.kind, template.code, template.variables) == ("channels.test", "SMS_1", ["time"])
    assert "【回音】时间10:30" in client.get(f"/sms/accounts/{account.pk}/").content.decode()
    before = account.callback_token
    assert client.post(f"/sms/accounts/{account.pk}/renew/").status_code == 302
    account.refresh_from_db()
    assert account.callback_token != before
    empty = {"code": "", "text": "", "variables": ""}
    assert client.post(f"/sms/accounts/{account.pk}/channels.test/", empty).status_code == 302
    assert not SmsTemplate.objects.exists()
    monkeypatch.setenv("HUIYIN_SMS_ALIYUN", "s3cret")
    assert secret_of(account.secret, Keyring.SMS) == "s3cret"
    assert secret_of(account.secret) == "", "a mailbox cannot use an SMS key"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("secret", "env:HUIYIN_MAIL_X"), ("secret", "env:HUIYIN_SECRET_KEY"), ("secret", "file:../x"),
        ("secret", "the key itself"), ("signature", "【】"), ("base_url", "http://sms.example"),
        ("base_url", "ftp://sms.example"), ("base_url", "https://"), ("provider", "nobody"), ("rank", "0"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_account_is_said_at_its_field(
    company: Company, sign_in: SignIn, field: str, value: str
) -> None:
    answer = sign_in("administrator").post("/sms/accounts/new/", {**FORM, field: value})
    assert (answer.status_code, field in answer.context["form"].errors) == (422, True)
    assert not SmsAccount.objects.exists()


def test_an_account_stays_with_its_provider(company: Company, services: Services, sign_in: SignIn) -> None:
    form = {**FORM, "provider": "tencent", "app_id": "1"}
    answer = sign_in("administrator").post(f"/sms/accounts/{services.first.pk}/", form)
    assert (answer.status_code, "provider" in answer.context["form"].errors) == (422, True)


def test_tencent_needs_its_application(company: Company, sign_in: SignIn) -> None:
    answer = sign_in("administrator").post("/sms/accounts/new/", {**FORM, "provider": "tencent"})
    assert "app_id" in answer.context["form"].errors


@pytest.mark.parametrize(
    "mapping",
    [
        {"code": "SMS_1", "text": "", "variables": ""},
        {"code": "", "text": "时间${t}", "variables": "time"},
        {"code": "SMS_1", "text": "时间${t}", "variables": ""},
        {"code": "SMS_1", "text": "时间${t}", "variables": "name"},
        {"code": "SMS_1", "text": "【回音科技】时间${t}", "variables": "time"},
    ],
)
def test_a_template_that_does_not_fit_is_refused_and_the_old_one_stays(
    company: Company, services: Services, sign_in: SignIn, mapping: dict[str, str]
) -> None:
    answer = sign_in("administrator").post(f"/sms/accounts/{services.first.pk}/channels.test/", mapping)
    assert answer.status_code == 422
    assert SmsTemplate.objects.get(account=services.first).text == "测试短信，时间${time}。"


def test_rules_change_as_a_new_version(company: Company, sign_in: SignIn) -> None:
    client = sign_in("administrator")
    form = {"quiet_from": "20:00", "quiet_until": "09:00", "opt_out_words": "退订，TD、N", "most_characters": "300"}
    assert client.post("/sms/rules/", form).status_code == 302
    numbers = sms_numbers()
    assert (numbers.quiet_from.hour, numbers.opt_out_words, numbers.most_characters) == (20, ("退订", "TD", "N"), 300)
    assert client.post("/sms/rules/", {**form, "opt_out_words": " ， "}).status_code == 422
    client.post("/sms/rules/", {**form, "quiet_from": "22:00"})
    assert [policy.version for policy in SmsPolicy.objects.order_by("version")] == [1, 2]


def test_a_test_message_leads_to_its_fate(company: Company, services: Services, sign_in: SignIn) -> None:
    client = sign_in("administrator")
    wrong = client.post("/sms/test/", {"to": "0571-88001234"})
    assert (wrong.status_code, "to" in wrong.context["form"].errors) == (422, True)
    answer = client.post("/sms/test/", {"to": NUMBER, "once": "a"})
    message = OutgoingMessage.objects.get()
    assert answer.headers["Location"] == f"/messages/sent/{message.pk}/"
    client.post("/sms/test/", {"to": NUMBER, "once": "a"})
    assert OutgoingMessage.objects.count() == 1
    deliver_all()
    page = client.get(f"/messages/sent/{message.pk}/").content.decode()
    assert "138****5678" in page
    assert NUMBER not in page + client.get("/messages/?tab=out").content.decode()


def test_a_person_may_send_again_what_did_not_arrive_and_nothing_else(
    company: Company, services: Services, sign_in: SignIn, clock: MovableClock
) -> None:
    services.aliyun.peer.moods = [("error", "isv.MOBILE_NUMBER_ILLEGAL", "")]
    message = text()
    client = sign_in("service_manager")
    assert client.post(f"/messages/sent/{message.pk}/again/").status_code == 409
    deliver_all()
    before = message.message_id
    assert client.post(f"/messages/sent/{message.pk}/again/").status_code == 302
    assert sign_in("quality").post(f"/messages/sent/{message.pk}/again/").status_code == 403
    deliver_all()
    message.refresh_from_db()
    assert (message.state, message.message_id != before) == ("sent", True)
    assert client.post(f"/messages/sent/{message.pk}/again/").status_code == 409
    assert len(services.aliyun.peer.accepted) == 1


def test_a_fate_that_stays_unknown_is_said_and_left_to_a_person(
    company: Company, services: Services, sign_in: SignIn, clock: MovableClock
) -> None:
    services.only_tencent()
    services.tencent.peer.moods = ["drop"]
    message = text()
    deliver_all()
    client = sign_in("service_manager")
    address = f"/messages/sent/{message.pk}/"
    Staff.objects.filter(pk=company.staff["service_manager"].pk).update(language="en")
    assert "It is not sent again before that is known." in client.get(address).content.decode()
    assert client.post(f"{address}again/").status_code == 409
    clock.advance(days=2)
    deliver_all()
    assert "may mean that the customer gets it twice" in client.get(address).content.decode()
    assert client.post(f"{address}again/").status_code == 302
    deliver_all()
    message.refresh_from_db()
    assert (message.state, len(services.tencent.peer.accepted)) == ("sent", 2)


def test_opt_outs_are_shown_masked_and_lifted_with_a_reason(company: Company, sign_in: SignIn) -> None:
    opt_out(system_call(), NUMBER)
    row = OptOut.objects.get()
    page = sign_in("quality").get("/sms/opt-outs/").content.decode()
    assert "138****5678" in page
    assert NUMBER not in page
    client = sign_in("service_manager")
    assert client.post(f"/sms/opt-outs/{row.pk}/lift/", {"because": ""}).status_code == 422
    assert sign_in("quality").post(f"/sms/opt-outs/{row.pk}/lift/", {"because": "x"}).status_code == 403
    assert client.post(f"/sms/opt-outs/{row.pk}/lift/", {"because": "客户来电同意"}).status_code == 302
    assert "客户来电同意" in client.get("/sms/opt-outs/").content.decode()
