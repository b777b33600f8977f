"""Two accounts at two services on loopback, and one declared kind of SMS that approaches the customer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from huiyin.channels.models import OutgoingMessage, SmsAccount, SmsTemplate
from huiyin.channels.public import Purpose, SmsText, SmsVariable, send_message
from huiyin.channels.texting import sms_texts
from huiyin.foundation import clock
from huiyin.foundation.calls import system_call
from tests.channels.sms_servers import KEY, KEY_ID, AliyunHandler, Peer, Running, TencentHandler

NUMBER = "13812345678"
CARE = SmsText(
    "test.care", "Care", Purpose.APPROACH, "Dear %(name)s, how are you?", (SmsVariable("name", "Name", "王"),)
)


@dataclass
class Services:
    """The two peers and the accounts at them; ``aliyun`` is used first."""

    aliyun: Running
    tencent: Running
    first: SmsAccount
    second: SmsAccount

    @property
    def peers(self) -> tuple[Peer, Peer]:
        """The peers' books."""
        return self.aliyun.peer, self.tencent.peer

    def only_tencent(self) -> None:
        """Leaves one account in use."""
        SmsAccount.objects.filter(pk=self.first.pk).update(is_active=False)

    def only_aliyun(self) -> None:
        """Leaves one account in use."""
        SmsAccount.objects.filter(pk=self.second.pk).update(is_active=False)


@pytest.fixture
def peers() -> Iterator[tuple[Running, Running]]:
    """The services alone."""
    running = Running(AliyunHandler, clock.now), Running(TencentHandler, clock.now)
    yield running
    for one in running:
        one.stop()


@pytest.fixture
def services(db: None, peers: tuple[Running, Running], monkeypatch: pytest.MonkeyPatch) -> Services:
    """Services with accounts and templates."""
    monkeypatch.setenv("HUIYIN_SMS_TEST", KEY)
    common = {"key_id": KEY_ID, "secret": "env:HUIYIN_SMS_TEST", "signature": "回音科技"}
    first = SmsAccount.objects.create(provider="aliyun", name="阿里云", base_url=peers[0].peer.url, rank=1, **common)
    second = SmsAccount.objects.create(
        provider="tencent", name="腾讯云", base_url=peers[1].peer.url, app_id="1400006666", rank=2, **common
    )
    for account, code, text in ((first, "SMS_1", "测试短信，时间${time}。"), (second, "1101", "测试短信，时间{1}。")):
        SmsTemplate.objects.create(account=account, kind="channels.test", code=code, text=text, variables=["time"])
    return Services(*peers, first, second)


@pytest.fixture
def care(services: Services) -> Iterator[None]:
    """A kind of SMS of our own accord, as another room declares it, mapped at the first account."""
    texts = sms_texts()
    texts.register(CARE.code, CARE)
    SmsTemplate.objects.create(
        account=services.first, kind=CARE.code, code="SMS_2", text="${who}您好，近来可好？", variables=["name"]
    )
    yield
    texts._things.pop(CARE.code)


def text(to: str = NUMBER, **more: object) -> OutgoingMessage:
    """A stored test message."""
    fields: dict[str, object] = {"template": "channels.test", "values": {"time": "10:30"}, **more}
    return send_message(system_call(), kind="sms", to=to, **fields)  # type: ignore[arg-type]
