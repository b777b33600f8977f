"""A company with everything shipped, lists of gifts, and the steps that tests take with them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from huiyin.channels.models import OutgoingMessage, SmsAccount, SmsTemplate
from huiyin.customers.public import normal_phone
from huiyin.foundation.calls import system_call
from huiyin.foundation.shipping import ship_all
from huiyin.kernel.actor import Actor, ActorKind
from huiyin.kernel.call import Call
from huiyin.promotions.models import GiftLine, GiftList
from huiyin.promotions.public import LineDraft, make_list, submit_list
from huiyin.promotions.tasks import ask_about_gifts, prepare_list
from huiyin.questionnaires.actions.answer_asking import answer_by_link
from huiyin.visits.public import plan_invitations
from huiyin.visits.tasks import send_invitations
from tests.conftest import Company, MovableClock

GIVEN = date(2026, 9, 10)
TEXT = "${store}登记您已领取${gift}，请花半分钟告诉我们是否如数收到：https://h.cn/q/${token}/"
GOOD = {"received": "yes", "right": "yes", "all": "yes", "good": "yes"}


def gift(
    number: int, value: int, *, phone: str | None = None, name: str = "", what: str = "电饭煲", quantity: int = 1
) -> LineDraft:
    """A line: recipient ``number`` got something worth ``value`` yuan."""
    written = f"138 0020 {number:04}" if phone is None else phone
    return LineDraft(
        name or f"客户{number}", written, normal_phone(written), what, Decimal(value), quantity, GIVEN, f"N{number}"
    )


@pytest.fixture
def shop(company: Company, clock: MovableClock) -> Company:
    """The small company with everything shipped and an SMS account, on Tuesday 2026-09-15 at 10:05."""
    clock.set("2026-09-15 10:05")
    ship_all(system_call())
    account = SmsAccount.objects.create(
        provider="aliyun", name="阿里云", key_id="k", secret="env:HUIYIN_SMS_NONE", rank=1
    )
    SmsTemplate.objects.create(
        account=account, kind="promotions.gift_check", code="SMS_7", text=TEXT, variables=["store", "gift", "token"]
    )
    return company


@pytest.fixture
def handed_in(shop: Company) -> Callable[..., GiftList]:
    """Hands in a list of the store S01 and lets the worker prepare it and ask those of the first day."""

    def hand_in(*lines: LineDraft, check: str = "gifts", name: str = "中秋礼品", seed: int = 7) -> GiftList:
        made = make_list(shop.call("store_manager"), name=name, check=check, lines=lines)
        submit_list(shop.call("store_manager"), made.pk, seed=seed)
        prepare_list(made.pk)
        ask_all()
        return GiftList.objects.get(pk=made.pk)

    return hand_in


def ask_all() -> None:
    """The jobs of the worker: whose day has come is asked, links go out, waits end."""
    ask_about_gifts(0)
    plan_invitations(system_call())
    send_invitations()


def standings(gifts: GiftList) -> list[str]:
    """What each line came to, in order."""
    return list(GiftLine.objects.filter(list=gifts).order_by("position").values_list("standing", flat=True))


def token_of(line: GiftLine) -> str:
    """The end of the link that the recipient of a line was sent."""
    return str(OutgoingMessage.objects.get(about="visits.visit", about_id=line.visit_id).values["token"])


def answer(line: GiftLine, **given: str) -> None:
    """The recipient answers by the link."""
    who = Actor(kind=ActorKind.CUSTOMER, id=line.customer_id)
    answer_by_link(
        Call(who, system_call().now), token_of(line), answers={**GOOD, **given}, began_at=None, partial=False, hand=None
    )
