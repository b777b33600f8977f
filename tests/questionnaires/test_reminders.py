"""An unanswered link is recalled once, in time, and where it is not the asking says why (QST-5, QST-6)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from huiyin.channels.public import Mailbox, OutgoingMessage
from huiyin.contact_ledger.public import ContactEntry, note_contact
from huiyin.customers.public import ContactDraft, register_customer
from huiyin.foundation import clock as clocks
from huiyin.foundation.calls import system_call
from huiyin.questionnaires.actions.answer_asking import answer_asking
from huiyin.questionnaires.actions.make_link import revoke_links
from huiyin.questionnaires.actions.remind import remind
from huiyin.questionnaires.models import Asking
from huiyin.questionnaires.queries.reminders import reminders_due
from huiyin.questionnaires.tasks import remind_askings
from tests.conftest import Company, MovableClock
from tests.questionnaires.conftest import asked


def waiting(company: Company, *, email: str = "li@example.com", **values: object) -> Asking:
    """A questionnaire that was sent to a customer as a link and waits."""
    contacts = [ContactDraft(name="李雷", phone="+8613812345678", email=email)]
    customer = register_customer(company.call("director"), values={"name": "李雷", **values}, contacts=contacts)
    return asked(company, form="quick", customer=customer.pk)


@pytest.fixture
def mailbox(db: None) -> Mailbox:
    """The company can send mail."""
    return Mailbox.objects.create(address="service@company.example", name="客服", smtp_host="127.0.0.1", smtp_port=1)


@pytest.mark.usefixtures("mailbox")
def test_a_link_is_recalled_after_three_days_and_only_once(
    shipped: Company, clock: MovableClock, client: Client
) -> None:
    asking = waiting(shipped)
    clock.advance(days=3, seconds=-1)
    assert reminders_due(clocks.now()) == []
    clock.advance(seconds=1)
    remind_askings(0)
    remind_askings(0)
    remind(system_call(), asking.pk)
    letter = OutgoingMessage.objects.get()
    assert (letter.to, letter.subject) == ("li@example.com", "一分钟评价")
    token = re.search(r"/q/([^/]+)/", letter.text)
    assert token is not None
    assert client.get(f"/q/{token[1]}/").status_code == 200
    asking.refresh_from_db()
    assert (asking.reminded_at, asking.unsent) == (clocks.now(), "")


def test_a_partly_answered_link_is_recalled_an_answered_or_revoked_or_expired_one_not(
    shipped: Company, clock: MovableClock
) -> None:
    call, about = shipped.call("agent"), ("organisation.store", 1)
    partly = asked(shipped, form="quick", subject=about)
    answer_asking(call, partly.pk, answers={"overall": 4}, partial=True)
    done = asked(shipped, form="quick", subject=("organisation.store", 2))
    answer_asking(call, done.pk, answers={"overall": 4, "recommend": 9})
    revoked = asked(shipped, form="quick", subject=("organisation.store", 3))
    revoke_links(call, revoked.pk)
    asked(shipped, form="quick", subject=("organisation.store", 4), expires_at=clocks.now() + timedelta(days=2))
    asked(shipped, form="quick", subject=("organisation.store", 5), link=False)
    clock.advance(days=3)
    assert reminders_due(clocks.now()) == [partly.pk]


UNSENT = [
    ({"email": ""}, "no_address"),
    ({"email": "not an address"}, "bad_address"),
    ({"do_not_contact": True, "do_not_contact_reason": "客户要求"}, "do_not_contact"),
]


@pytest.mark.usefixtures("mailbox")
def test_a_reminder_takes_a_contact_and_waits_until_one_is_free(shipped: Company, clock: MovableClock) -> None:
    asking = waiting(shipped)
    clock.advance(days=2)
    note_contact(
        system_call(),
        customer=asking.customer_id or 0,
        way="phone",
        purpose="owed",
        about=("cases.case", 1),
        outcome="reached",
    )
    clock.advance(days=1)
    remind_askings(0)
    asking.refresh_from_db()
    assert (asking.unsent, asking.reminded_at, OutgoingMessage.objects.count()) == ("gap", None, 0)
    clock.advance(days=6)
    remind_askings(0)
    asking.refresh_from_db()
    assert (asking.unsent, asking.reminded_at, OutgoingMessage.objects.count()) == ("", clocks.now(), 1)
    entry = ContactEntry.objects.order_by("id").last()
    assert entry is not None
    assert (entry.way, entry.purpose, entry.subject) == ("email", "follow_up", "organisation.store")


def test_without_a_mailbox_the_reminder_waits_for_one(shipped: Company, clock: MovableClock) -> None:
    asking = waiting(shipped)
    clock.advance(days=3)
    remind_askings(0)
    asking.refresh_from_db()
    assert (asking.unsent, asking.reminded_at) == ("not_set_up", None)


@pytest.mark.parametrize(("about", "why"), UNSENT)
def test_where_no_reminder_goes_out_the_asking_says_why(
    shipped: Company, clock: MovableClock, sign_in: Callable[[str], Client], about: dict[str, object], why: str
) -> None:
    asking = waiting(shipped, **about)  # type: ignore[arg-type]
    clock.advance(days=3)
    remind_askings(0)
    asking.refresh_from_db()
    assert (asking.unsent, OutgoingMessage.objects.count()) == (why, 0)
    assert "未提醒：" in sign_in("agent").get(f"/askings/{asking.pk}/").content.decode()
