"""Messages and mailboxes on pages and over the API: by right, masked, files only as downloads."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from huiyin.channels.actions.receive_mail import receive_mail
from huiyin.channels.models import IncomingMessage, Mailbox, MailboxProgress
from huiyin.channels.public import send_message
from huiyin.channels.registry import RawMail
from huiyin.channels.secrets import secret_of
from huiyin.foundation.calls import system_call
from tests.api.conftest import Caller
from tests.api.conftest import caller as caller  # noqa: PLC0414 - a fixture, shared
from tests.conftest import Company

RAW = (
    "From: zhang@x.cn\r\nTo: service@company.example\r\nSubject: 投诉\r\nMessage-ID: <1@x.cn>\r\n{more}"
    "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    "--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n漏水 <script>alert(1)</script>\r\n"
    "--b\r\nContent-Type: text/html; name=x.html\r\nContent-Disposition: attachment; filename=x.html\r\n\r\n"
    "<script>\r\n--b--"
)


@pytest.fixture
def box(company: Company) -> Mailbox:
    made = Mailbox.objects.create(address="service@company.example")
    MailboxProgress.objects.create(mailbox=made)
    return made


def received(box: Mailbox, more: str = "") -> IncomingMessage:
    raw = RAW.format(more=more).encode()
    message = receive_mail(system_call(), box, RawMail(uid=1, raw=raw, size=len(raw)))
    assert message is not None
    return message


@pytest.mark.parametrize(
    ("who", "status"), [("agent", 403), ("engineer", 403), ("quality", 200), ("administrator", 200)]
)
def test_messages_open_by_role(
    box: Mailbox, sign_in: Callable[[str], Client], caller: Callable[..., Caller], who: str, status: int
) -> None:
    message = received(box)
    assert sign_in(who).get("/messages/").status_code == status
    assert sign_in(who).get(f"/messages/{message.pk}/").status_code == status
    assert sign_in(who).get(f"/messages/{message.pk}/files/1/").status_code == status
    assert caller(who)("GET", "/channels/received").status_code == status


def test_addresses_are_masked_and_words_escaped(
    box: Mailbox, sign_in: Callable[[str], Client], caller: Callable[..., Caller]
) -> None:
    message = received(box)
    send_message(system_call(), kind="email", to="li@y.cn", subject="您好", text="正文")
    for address in ("/messages/", "/messages/?tab=out", f"/messages/{message.pk}/"):
        page = sign_in("quality").get(address).content.decode()
        assert "zhang@x.cn" not in page
        assert "li@y.cn" not in page
        assert "<script>alert" not in page
    ask = caller("quality")
    assert ask("GET", "/channels/received").json()["items"][0]["sender"] == "z***@x.cn"
    assert ask("GET", "/channels/sent").json()["items"][0]["masked_to"] == "l***@y.cn"


def test_a_file_is_a_download_whatever_it_claims_to_be(box: Mailbox, sign_in: Callable[[str], Client]) -> None:
    answer = sign_in("quality").get(f"/messages/{received(box).pk}/files/1/")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == 'attachment; filename="x.html"'
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_message_left_aside_can_be_taken_up(
    box: Mailbox, sign_in: Callable[[str], Client], caller: Callable[..., Caller]
) -> None:
    message = received(box, "Auto-Submitted: auto-replied\r\n")
    assert message.state == "ignored"
    assert sign_in("quality").post(f"/messages/{message.pk}/take-up/").status_code == 403
    answer = caller("service_manager")("POST", f"/channels/received/{message.pk}/take-up")
    assert (answer.status_code, answer.json()["state"]) == (200, "new")


def test_a_mailbox_is_set_up_by_the_administrator(
    company: Company, sign_in: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    form = {
        "address": "Service@Company.example", "name": "客服", "username": "service", "secret": "env:HUIYIN_MAIL_X",
        "imap_host": "imap.example", "imap_port": "993", "imap_security": "ssl",
        "smtp_host": "smtp.example", "smtp_port": "465", "smtp_security": "ssl", "is_active": "on",
    }  # fmt: skip
    client = sign_in("administrator")
    assert sign_in("director").get("/mailboxes/new/").status_code == 403
    assert client.post("/mailboxes/new/", form).status_code == 302
    made = Mailbox.objects.get()
    assert (made.address, made.progress.last_uid) == ("service@company.example", 0)
    assert "service@company.example" in client.get("/mailboxes/").content.decode()
    twice = client.post("/mailboxes/new/", form)
    assert (twice.status_code, list(twice.context["form"].errors)) == (422, ["address", "__all__"])
    monkeypatch.setenv("HUIYIN_MAIL_X", "s3cret")
    monkeypatch.setenv("HUIYIN_SECRET_KEY", "never")
    assert secret_of(made.secret) == "s3cret"
    for elsewhere in ("env:HUIYIN_SECRET_KEY", "file:../secret", "file:/etc/passwd", "s3cret"):
        wrong = client.post(f"/mailboxes/{made.pk}/", {**form, "secret": elsewhere})
        assert "secret" in wrong.context["form"].errors
        assert secret_of(elsewhere) == ""
