"""Who has no mail, or wrote by SMS, is told by SMS what there is and where to read it (CAS-3, CAS-8, CAS-10)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from huiyin.cases.models import CaseNote
from huiyin.channels.models import OutgoingMessage, SmsAccount, SmsTemplate
from huiyin.channels.tasks import deliver_all
from huiyin.contact_ledger.public import ContactEntry
from huiyin.customers.public import Contact
from huiyin.foundation import clock
from tests.cases.conftest import Cases
from tests.channels.sms_servers import KEY, KEY_ID, AliyunHandler, Peer, Running

TEXTS = {
    "cases.receipt": ("工单${n}已受理，${d}前核实：https://hy.example/c/${t}/", ["number", "due", "token"]),
    "cases.plan": ("工单${n}请确认方案：https://hy.example/c/${t}/", ["number", "token"]),
    "cases.result": ("工单${n}已处理：https://hy.example/c/${t}/", ["number", "token"]),
}


@pytest.fixture
def sms(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Peer]:
    """The service's book; the company has templates for receipt, plan and result, not for answers."""
    running = Running(AliyunHandler, clock.now)
    monkeypatch.setenv("HUIYIN_SMS_TEST", KEY)
    account = SmsAccount.objects.create(
        provider="aliyun",
        name="阿里云",
        key_id=KEY_ID,
        secret="env:HUIYIN_SMS_TEST",
        signature="回音科技",
        base_url=running.peer.url,
    )
    for number, (kind, (text, variables)) in enumerate(TEXTS.items(), 1):
        SmsTemplate.objects.create(account=account, kind=kind, code=f"SMS_{number}", text=text, variables=variables)
    yield running.peer
    running.stop()


def test_without_mail_receipt_plan_and_result_go_by_sms_and_the_link_opens(
    cases: Cases, sms: Peer, client: Client
) -> None:
    Contact.objects.update(email="")
    case = cases.open()
    for verb in ("verify", "plan", "send_plan", "confirm", "start", "finish", "tell"):
        cases.step(case, verb)
    deliver_all()
    assert [(one.number, one.template) for one in sms.accepted] == [
        ("13800000042", "SMS_1"),
        ("13800000042", "SMS_2"),
        ("13800000042", "SMS_3"),
    ]
    assert {one.values["n"] for one in sms.accepted} == {case.number}
    assert client.get(f"/c/{sms.accepted[1].values['t']}/").status_code == 200
    told = CaseNote.objects.filter(case=case, kind="told").values_list("channel", "message")
    assert set(told) == {("sms", "channels.outgoingmessage")}
    assert set(ContactEntry.objects.values_list("way", "purpose", "outcome")) == {("sms", "answer", "reached")}


def test_with_mail_the_mail_goes_and_no_sms(cases: Cases, sms: Peer) -> None:
    cases.open()
    assert list(OutgoingMessage.objects.values_list("kind", flat=True)) == ["email"]


def test_who_wrote_by_sms_is_answered_by_sms_although_there_is_a_mail(cases: Cases, sms: Peer) -> None:
    cases.open(channel="sms")
    assert list(OutgoingMessage.objects.values_list("kind", "template")) == [("sms", "cases.receipt")]


@pytest.mark.parametrize("phone", ["010-88886666", ""])
def test_a_landline_is_told_by_phone(cases: Cases, sms: Peer, phone: str) -> None:
    Contact.objects.update(email="", phone=phone)
    case = cases.open()
    assert CaseNote.objects.get(case=case, kind="told").channel == ""
    assert not OutgoingMessage.objects.exists()


def test_without_a_template_the_mail_goes_or_the_phone(cases: Cases, sms: Peer) -> None:
    SmsTemplate.objects.all().delete()
    by_mail = cases.open(channel="sms")
    Contact.objects.update(email="")
    by_phone = cases.open()
    channels = {note.case_id: note.channel for note in CaseNote.objects.filter(kind="told")}
    assert channels == {by_mail.pk: "email", by_phone.pk: ""}
