"""A real SMS service on loopback with an account and templates, and a kind of visit whose customers answer alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from huiyin.channels.models import SmsAccount, SmsTemplate
from huiyin.channels.tasks import deliver_all
from huiyin.customers.public import Purchase
from huiyin.foundation import clock
from huiyin.foundation.calls import system_call
from huiyin.visits.models import Visit, VisitPolicy
from huiyin.visits.public import draw_due, plan_invitations
from huiyin.visits.tasks import send_invitations
from tests.channels.sms_servers import KEY, KEY_ID, AliyunHandler, Peer, Running
from tests.conftest import Company
from tests.visits.conftest import policy

WORDINGS = {
    "visits.invitation": "一分钟评价：https://hy.example/q/${token}/",
    "questionnaires.reminder": "请别忘了：https://hy.example/q/${token}/",
}


@pytest.fixture
def sms(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Peer]:
    """The service's book; the company has an account there and a template for each kind of SMS."""
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
    for number, (kind, text) in enumerate(WORDINGS.items(), 1):
        SmsTemplate.objects.create(account=account, kind=kind, code=f"SMS_{number}", text=text, variables=["token"])
    yield running.peer
    running.stop()


def by_itself(*channels: str, **numbers: Any) -> VisitPolicy:
    """The regular visit, whose customers are asked to answer alone first; waits two days for an answer."""
    kind = policy("regular")
    VisitPolicy.objects.filter(pk=kind.pk).update(
        channels=list(channels), questionnaire="quick", numbers={"invite_wait_hours": 48, **numbers}
    )
    kind.refresh_from_db()
    return kind


@pytest.fixture
def invited(visiting: Company, buyer: Callable[..., Purchase]) -> Callable[..., Visit]:
    """Makes a due visit of a customer who is asked to answer alone, with its link planned."""

    def make(*channels: str, plan: bool = True, numbers: dict[str, Any] | None = None, **purchase: Any) -> Visit:
        by_itself(*(channels or ("sms", "phone")), **(numbers or {}))
        bought = buyer(**purchase)
        draw_due(system_call())
        if plan:
            plan_invitations(system_call())
        return Visit.objects.get(purchase=bought)

    return make


def run() -> None:
    """What the worker does within a minute."""
    send_invitations()
    deliver_all()


def token_of(peer: Peer, number: int = -1) -> str:
    """The end of the link in an SMS that the service accepted."""
    return str(peer.accepted[number].values["token"])
