"""Every mail is kept once, whatever it looks like; people are worked on, machines are not (CHN-1, CHN-2)."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from email.message import EmailMessage

import pytest
from django.db import connections

from huiyin.channels.actions.handle import take_up
from huiyin.channels.keeping import kept
from huiyin.channels.models import IncomingMessage, Mailbox, OutgoingMessage
from huiyin.channels.public import MessageReceived, files_of, mark_handled, send_message
from huiyin.channels.receiving import FetchReport, fetch_all, fetch_mailbox
from huiyin.channels.rules.parsing import ParsedMail, parse_mail
from huiyin.channels.rules.policy import MEGABYTE
from huiyin.channels.tasks import deliver_all
from huiyin.foundation import events
from huiyin.foundation.calls import system_call
from huiyin.kernel.call import Call
from huiyin.kernel.refusal import Conflict, Forbidden
from tests.channels.mail_servers import MailServers
from tests.conftest import Company, MovableClock

pytestmark = pytest.mark.usefixtures("clock")
CUSTOMER = "customer@company.example"


def letter(subject: str = "空调不制冷", text: str = "型号 KFR-35，昨天起不制冷。", **headers: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = f"张三 <{CUSTOMER}>"
    mail["To"] = "service@company.example"
    mail["Subject"] = subject
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail


def fetch() -> FetchReport:
    return fetch_all(system_call)[0]


def test_a_mail_sent_by_smtp_becomes_a_message_and_an_event(mailbox: Mailbox, servers: MailServers) -> None:
    with listening() as told:
        servers.write(letter(Message_ID="<1@x.cn>"), sender=CUSTOMER, to="service@company.example")
        servers.inbox("service")
        assert fetch() == FetchReport("service@company.example", received=1)
    message = IncomingMessage.objects.get()
    assert (message.sender, message.sender_name, message.subject) == (CUSTOMER, "张三", "空调不制冷")
    assert (message.state, message.text) == ("new", "型号 KFR-35，昨天起不制冷。")
    assert told == [MessageReceived(message.pk, "email_in", CUSTOMER, message.subject, message.text, None)]
    assert b"KFR-35" in kept(message.raw) or b"base64" in kept(message.raw)


def test_the_same_mail_is_kept_once_however_often_it_is_fetched(mailbox: Mailbox, servers: MailServers) -> None:
    raw = letter(Message_ID="<1@x.cn>").as_bytes()
    servers.drop("service", raw)
    assert fetch().received == 1
    servers.drop("service", raw)
    assert (fetch().known, fetch().known) == (1, 0)
    mailbox.progress.refresh_from_db()
    mailbox.progress.last_uid = 0
    mailbox.progress.save()
    assert fetch().known == 2
    assert IncomingMessage.objects.count() == 1


def test_a_mail_without_message_id_is_known_by_its_content(mailbox: Mailbox, servers: MailServers) -> None:
    for text in ("一", "一", "二"):
        servers.drop("service", letter(text=text).as_bytes())
    assert (fetch().received, IncomingMessage.objects.count()) == (2, 2)


def test_the_same_words_sent_again_without_message_id_are_not_lost(mailbox: Mailbox, servers: MailServers) -> None:
    monday, tuesday = "Mon, 28 Sep 2026 09:00:00 +0800", "Tue, 29 Sep 2026 09:00:00 +0800"
    for day, photo in ((monday, b""), (tuesday, b""), (tuesday, b""), (tuesday, b"\x89PNG\r\n\x1a\n")):
        mail = letter(text="请回电", Date=day)
        mail.add_attachment(photo or b"x", maintype="image", subtype="png", filename="a.png")
        servers.drop("service", mail.as_bytes())
    report = fetch()
    assert (report.received, report.known, IncomingMessage.objects.count()) == (3, 1, 3)
    mailbox.progress.refresh_from_db()
    mailbox.progress.last_uid = 0
    mailbox.progress.save()
    assert (fetch().known, IncomingMessage.objects.count()) == (4, 3)


def test_a_message_id_used_for_another_mail_loses_nothing(mailbox: Mailbox, servers: MailServers) -> None:
    for text in ("第一次", "第二次", "第二次"):
        servers.drop("service", letter(text=text, Message_ID="<same@x.cn>").as_bytes())
    fetch()
    assert [one.text for one in IncomingMessage.objects.order_by("id")] == ["第一次", "第二次"]


def test_a_mailbox_made_anew_is_read_from_its_beginning(mailbox: Mailbox, servers: MailServers) -> None:
    mailbox.progress.uid_validity, mailbox.progress.last_uid = 1, 1_000_000
    mailbox.progress.save()
    servers.drop("service", letter(Message_ID="<1@x.cn>").as_bytes())
    assert fetch().received == 1


def test_an_answer_finds_its_record(mailbox: Mailbox, servers: MailServers) -> None:
    sent = send_message(
        system_call(), kind="email", to=CUSTOMER, subject="方案", text="请确认", about=("cases.case", 7)
    )
    with listening() as told:
        servers.drop("service", letter("回复：方案", "同意", In_Reply_To=sent.message_id).as_bytes())
        fetch()
        assert told[0].thread_of == ("cases.case", 7)
        first = IncomingMessage.objects.get()
        mark_handled(system_call(), first.pk, about=("cases.case", 7))
        servers.drop("service", letter("补充", "还有", References=first.message_id or sent.message_id).as_bytes())
        fetch()
        assert told[1].thread_of == ("cases.case", 7)


BROKEN = {
    "no headers": b"just text, no headers at all",
    "nothing": b"\r\n",
    "wrong charset": b"From: a@b.cn\r\nContent-Type: text/plain; charset=martian\r\n\r\n" + "您好".encode("gbk"),
    "no end": b"From: a@b.cn\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nhi",
    "bad base64": b"From: a@b.cn\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!=",
    "raw bytes": "From: 张三 <a@b.cn>\r\nSubject: 投诉\r\n\r\n正文".encode("gbk"),
    "nul": b"From: a@b.cn\r\nSubject: a\x00b\r\n\r\nc\x00d",
    "bare from": b"From: \"unclosed <a@b.cn>\r\nTo: <<<>>>\r\n\r\nx",
    "deep": b"From: a@b.cn\r\n" + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(60)
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_broken_mails_are_kept(mailbox: Mailbox, servers: MailServers, name: str) -> None:
    servers.drop("service", BROKEN[name])
    report = fetch()
    assert (report.received, report.stuck, report.problem) == (1, 0, "")
    assert IncomingMessage.objects.get().state in ("new", "ignored")


def test_raw_chinese_headers_are_read(mailbox: Mailbox, servers: MailServers) -> None:
    servers.drop("service", BROKEN["raw bytes"])
    fetch()
    message = IncomingMessage.objects.get()
    assert (message.sender, message.subject, message.text) == ("a@b.cn", "投诉", "正文")


def test_automatic_answers_are_kept_and_told_to_nobody(mailbox: Mailbox, servers: MailServers) -> None:
    with listening() as told:
        servers.drop("service", letter("自动回复", "我在休假", Message_ID="<1@x.cn>").as_bytes())
        servers.drop("service", letter(Auto_Submitted="auto-replied", Message_ID="<2@x.cn>").as_bytes())
        servers.drop("service", letter(X_Loop="service@company.example", Message_ID="<3@x.cn>").as_bytes())
        fetch()
        assert told == []
    assert [(one.state, one.reason) for one in IncomingMessage.objects.order_by("id")] == [
        ("ignored", "automatic"),
        ("ignored", "automatic"),
        ("ignored", "own"),
    ]


def test_two_machines_answering_each_other_come_to_rest(mailbox: Mailbox, servers: MailServers) -> None:
    """A mail loop: a machine that answers every mail of ours, without saying that it is one."""
    answered: list[int] = []

    def answer_always(call: Call, event: MessageReceived) -> None:
        received = IncomingMessage.objects.get(pk=event.message_id)
        send_message(call, kind="email", to=event.sender, subject="收到", text="收到", answers=received)
        answered.append(event.message_id)

    with listening(answer_always):
        for turn in range(40):
            last = OutgoingMessage.objects.order_by("-id").first()
            back = {"In_Reply_To": last.message_id} if last else {}
            servers.drop("service", letter(f"回复 {turn}", f"第 {turn} 次", **back).as_bytes())
            fetch()
    assert len(answered) == 20
    assert IncomingMessage.objects.filter(state="ignored", reason__in=["flood", "loop"]).count() == 20


def test_the_same_answer_again_and_again_is_a_loop(mailbox: Mailbox, servers: MailServers, clock: MovableClock) -> None:
    for turn in range(7):
        servers.drop("service", letter(text=f"{turn}", In_Reply_To="<ours@x.cn>").as_bytes())
        fetch()
    assert [one.reason for one in IncomingMessage.objects.order_by("id")] == ["", "", "", "", "", "loop", "loop"]
    clock.advance(minutes=11)
    servers.drop("service", letter(text="later", In_Reply_To="<ours@x.cn>").as_bytes())
    fetch()
    assert IncomingMessage.objects.latest("id").state == "new"


def test_a_50_mb_attachment_is_refused_the_mail_kept_and_the_sender_told_once(
    mailbox: Mailbox, servers: MailServers
) -> None:
    mail = letter(Message_ID="<big@x.cn>")
    mail.add_attachment(b"\x00" * (50 * MEGABYTE), maintype="video", subtype="mp4", filename="故障视频.mp4")
    mail.add_attachment(b"%PDF-1.7 small", maintype="application", subtype="pdf", filename="发票.pdf")
    servers.write(mail, sender=CUSTOMER, to="service@company.example")
    servers.inbox("service")
    with listening() as told:
        assert fetch().received == 1
        mailbox.progress.refresh_from_db()
        mailbox.progress.last_uid = 0
        mailbox.progress.save()
        assert fetch().known == 1
        assert len(told) == 1
    message = IncomingMessage.objects.get()
    assert (message.state, message.text) == ("new", "型号 KFR-35，昨天起不制冷。")
    assert message.size > 68 * MEGABYTE
    assert len(kept(message.raw)) < 40 * MEGABYTE
    video, invoice = message.attachments.all()
    assert (video.name, video.refused, video.path) == ("故障视频.mp4", "too_large", "")
    assert (invoice.name, invoice.sniffed_type, kept(invoice.path)) == (
        "发票.pdf",
        "application/pdf",
        b"%PDF-1.7 small",
    )
    deliver_all()
    answers = servers.inbox("customer")
    assert len(answers) == 1
    assert "故障视频.mp4" in answers[0].get_payload(decode=True).decode()
    assert answers[0]["In-Reply-To"] == "<big@x.cn>"
    assert answers[0]["Auto-Submitted"] == "auto-replied"


def test_a_program_is_refused_whatever_it_is_called(mailbox: Mailbox, servers: MailServers) -> None:
    mail = letter()
    mail.add_attachment(b"MZ\x90\x00", maintype="image", subtype="jpeg", filename="照片.jpg")
    servers.drop("service", mail.as_bytes())
    fetch()
    attachment = IncomingMessage.objects.get().attachments.get()
    assert (attachment.claimed_type, attachment.sniffed_type) == ("image/jpeg", "application/x-msdownload")
    assert (attachment.refused, attachment.path) == ("runs", "")


def test_a_room_that_fails_loses_no_mail_and_stops_no_other(
    mailbox: Mailbox, servers: MailServers, company: Company
) -> None:
    def fail_on_bad(call: Call, event: MessageReceived) -> None:
        if event.subject == "bad":
            raise ZeroDivisionError

    servers.drop("service", letter("bad", Message_ID="<1@x.cn>").as_bytes())
    servers.drop("service", letter("good", Message_ID="<2@x.cn>").as_bytes())
    with listening(fail_on_bad):
        report = fetch()
    assert (report.received, report.stuck) == (1, 1)
    bad, good = IncomingMessage.objects.order_by("subject")
    assert (bad.state, bad.reason, bad.text) == ("stuck", "ZeroDivisionError", "型号 KFR-35，昨天起不制冷。")
    assert good.state == "new"
    with listening() as told, pytest.raises(Forbidden):
        take_up(company.call("agent"), bad.pk)
    with listening() as told:
        assert take_up(company.call("service_manager"), bad.pk).state == "new"
        assert [event.message_id for event in told] == [bad.pk]
    mark_handled(system_call(), bad.pk, about=("cases.case", 1))
    with pytest.raises(Conflict):
        take_up(company.call("service_manager"), bad.pk)


def test_what_stuck_is_taken_up_with_its_files_and_its_thread(
    mailbox: Mailbox, servers: MailServers, company: Company
) -> None:
    def fail(call: Call, event: MessageReceived) -> None:
        raise ZeroDivisionError

    sent = send_message(system_call(), kind="email", to=CUSTOMER, subject="方案", text="?", about=("cases.case", 7))
    for text in ("照片见附件", "同一个编号的另一封"):
        mail = letter("回复", text, In_Reply_To=sent.message_id, Message_ID="<1@x.cn>")
        mail.add_attachment(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", filename="故障.png")
        servers.drop("service", mail.as_bytes())
    with listening(fail):
        assert fetch().stuck == 2
    first, second = IncomingMessage.objects.order_by("id")
    assert (first.text, second.text) == ("照片见附件", "同一个编号的另一封")
    with listening() as told:
        take_up(company.call("service_manager"), first.pk)
    assert told[0].thread_of == ("cases.case", 7)
    assert [file.name for file in files_of(first.pk)] == ["故障.png"]
    assert first.to == ["service@company.example"]


def test_a_mail_that_breaks_the_reader_is_kept_and_stops_no_other(
    mailbox: Mailbox, servers: MailServers, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(raw: bytes) -> ParsedMail:
        if b"<1@x.cn>" in raw:
            raise ZeroDivisionError
        return parse_mail(raw)

    monkeypatch.setattr("huiyin.channels.actions.receive_mail.parse_mail", read)
    monkeypatch.setattr("huiyin.channels.actions.keep_stuck.parse_mail", read)
    for number in (1, 2):
        servers.drop("service", letter(Message_ID=f"<{number}@x.cn>").as_bytes())
    report = fetch()
    assert (report.received, report.stuck, fetch().stuck) == (1, 1, 0)
    stuck = IncomingMessage.objects.get(state="stuck")
    assert (stuck.reason, b"<1@x.cn>" in kept(stuck.raw)) == ("ZeroDivisionError", True)


def test_a_mail_whose_parts_cannot_be_stored_is_kept_as_it_came(
    mailbox: Mailbox, servers: MailServers, monkeypatch: pytest.MonkeyPatch
) -> None:
    def threads(mail: ParsedMail) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("huiyin.channels.actions.receive_mail.thread_of", threads)
    for text in ("第一次", "第二次"):
        servers.drop("service", letter(text=text, Message_ID="<same@x.cn>").as_bytes())
    assert (fetch().stuck, fetch().stuck) == (2, 0)
    stuck = IncomingMessage.objects.filter(state="stuck", reason="ZeroDivisionError")
    assert [b"<same@x.cn>" in kept(row.raw) for row in stuck] == [True, True]


@pytest.mark.parametrize("name", ["charset", "ids"])
def test_no_mail_of_a_stranger_stops_the_mailbox(mailbox: Mailbox, servers: MailServers, name: str) -> None:
    broken = {
        "charset": b"Content-Type: text/plain; charset=undefined\r\n\r\n\xe6\x82\xa8",
        "ids": b"Message-ID: <\xe5\xbc\xa0@x>\r\nIn-Reply-To: <\xe5@x>\r\n\r\nhi",
    }
    servers.drop("service", b"From: a@b.cn\r\n" + broken[name])
    servers.drop("service", letter().as_bytes())
    assert (fetch().received, fetch().received) == (2, 0)


def test_an_unreachable_mailbox_says_so_and_the_next_is_read(mailbox: Mailbox, servers: MailServers) -> None:
    Mailbox.objects.create(
        address="other@company.example", imap_host="127.0.0.1", imap_port=1, imap_security="plain", smtp_host=""
    )
    servers.drop("service", letter().as_bytes())
    first, second = fetch_all(system_call)
    assert (first.received, first.problem) == (1, "")
    assert second.problem.startswith("ConnectionRefusedError")
    Mailbox.objects.filter(pk=mailbox.pk).update(secret="env:HUIYIN_MAIL_NONE")
    mailbox.refresh_from_db()
    assert "Authentication failed" in fetch_mailbox(system_call, mailbox).problem


@pytest.mark.django_db(transaction=True)
def test_two_fetchers_at_once_keep_every_mail_once(mailbox: Mailbox, servers: MailServers) -> None:
    for number in range(200):
        servers.drop("service", letter(Message_ID=f"<{number}@x.cn>").as_bytes())

    def one_fetcher(_number: int) -> FetchReport:
        try:
            return fetch_mailbox(system_call, Mailbox.objects.get())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        reports = list(pool.map(one_fetcher, range(2)))
    assert sum(report.received for report in reports) == IncomingMessage.objects.count() == 200
    assert sum(report.stuck for report in reports) == 0


@contextmanager
def listening(listener: object = None) -> Iterator[list[MessageReceived]]:
    """What is told about received mails inside the block."""
    told: list[MessageReceived] = []
    mine = listener or (lambda _call, event: told.append(event))
    listeners = events._listeners[MessageReceived]
    listeners.append(mine)  # type: ignore[arg-type]
    try:
        yield told
    finally:
        listeners.remove(mine)  # type: ignore[arg-type]
