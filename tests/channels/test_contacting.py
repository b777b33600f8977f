"""Messages ask the contact ledger before they are kept, and tell it what became of them (VIS-15)."""

from __future__ import annotations

from typing import Any

import pytest

from huiyin.channels.actions.lift_opt_out import lift_opt_out
from huiyin.channels.actions.settle_message import settle_message
from huiyin.channels.actions.take_bounce import take_bounce
from huiyin.channels.actions.take_reply import opt_out
from huiyin.channels.kinds.sms_out.readiness import ready
from huiyin.channels.models import OptOut, OutgoingMessage
from huiyin.channels.public import has_opted_out, send_message
from huiyin.channels.registry import Fate, FateKind
from huiyin.channels.rules.bounces import Bounce
from huiyin.channels.rules.reasons import NO_ACCOUNT, OPTED_OUT
from huiyin.contact_ledger.public import ContactEntry, ask, opt_in
from huiyin.contact_ledger.public import opt_out as wish
from huiyin.customers.public import Contact, Customer, register_customer
from huiyin.foundation.calls import system_call
from huiyin.kernel.refusal import Conflict
from tests.conftest import Company, MovableClock


@pytest.fixture
def customer(company: Company, clock: MovableClock) -> Customer:
    """A customer with phone and mail, on a Tuesday morning."""
    clock.set("2026-09-29 10:15")
    values = {"name": "郭雪梅", "home_store": company.stores["S01"].pk}
    made = register_customer(company.call("service_manager"), values=values)
    Contact.objects.create(customer=made, phone="+8613800180666", email="guo@customer.example", is_primary=True)
    return made


def mail(customer: Customer, **more: Any) -> OutgoingMessage:
    fields = {"kind": "email", "to": "guo@customer.example", "subject": "您好", "text": "正文", **more}
    return send_message(system_call(), customer=customer.pk, **fields)


def tried(message: OutgoingMessage, kind: FateKind) -> None:
    """A try of the message ended so."""
    OutgoingMessage.objects.filter(pk=message.pk).update(state="sending", attempts=1)
    message.refresh_from_db()
    settle_message(system_call(), message, Fate(kind, "450 busy"))


def entries() -> list[tuple[str, str, str]]:
    return [(each.way, each.purpose, each.outcome) for each in ContactEntry.objects.order_by("id")]


def test_a_message_that_asks_takes_the_contact_before_it_is_sent(customer: Customer, clock: MovableClock) -> None:
    message = mail(customer, purpose="follow_up")
    assert entries() == [("email", "follow_up", "claimed")]
    assert ask(customer.pk, "phone", "follow_up", clock.now).code == "gap"
    clock.advance(days=2)
    assert ask(customer.pk, "phone", "follow_up", clock.now).code == "gap"
    tried(message, FateKind.SENT)
    assert entries() == [("email", "follow_up", "reached")]


def test_a_message_that_may_not_be_sent_is_not_kept_and_says_why(customer: Customer) -> None:
    mail(customer, purpose="follow_up")
    with pytest.raises(Conflict, match="a short while ago"):
        mail(customer, purpose="follow_up")
    with pytest.raises(Conflict, match="has not agreed"):
        mail(customer, purpose="campaign")
    assert OutgoingMessage.objects.count() == 1


def test_the_same_message_asked_for_again_takes_no_second_contact(customer: Customer) -> None:
    first = mail(customer, purpose="follow_up", once="remind:1")
    assert mail(customer, purpose="follow_up", once="remind:1").pk == first.pk
    assert entries() == [("email", "follow_up", "claimed")]


@pytest.mark.parametrize("kind", [FateKind.REFUSED, FateKind.WITHHELD])
def test_a_message_that_surely_did_not_go_gives_the_contact_back(
    customer: Customer, clock: MovableClock, kind: FateKind
) -> None:
    tried(mail(customer, purpose="follow_up"), kind)
    assert entries() == [("email", "follow_up", "not_reached")]
    assert ask(customer.pk, "phone", "follow_up", clock.now).code == "yes"


def test_a_message_that_waits_for_its_next_try_keeps_the_contact(customer: Customer) -> None:
    tried(mail(customer, purpose="follow_up"), FateKind.LATER)
    assert entries() == [("email", "follow_up", "claimed")]


def test_a_mail_that_comes_back_reached_nobody_after_all(customer: Customer, clock: MovableClock) -> None:
    message = mail(customer, purpose="follow_up")
    tried(message, FateKind.SENT)
    take_bounce(system_call(), Bounce(message_id=message.message_id, final=True, reason="no such user"))
    assert entries() == [("email", "follow_up", "not_reached")]
    assert ask(customer.pk, "phone", "follow_up", clock.now).code == "yes"


def test_an_answer_is_free_and_noted_once_it_was_sent(customer: Customer, clock: MovableClock) -> None:
    mail(customer, purpose="follow_up")
    message = mail(customer)
    assert entries() == [("email", "follow_up", "claimed")]
    tried(message, FateKind.SENT)
    assert entries()[1:] == [("email", "answer", "reached")]
    tried(message, FateKind.SENT)
    assert len(entries()) == 2


def test_an_answer_that_never_went_is_no_contact(customer: Customer) -> None:
    tried(mail(customer), FateKind.REFUSED)
    assert entries() == []


def test_a_message_to_nobody_we_know_leaves_the_ledger_alone(company: Company) -> None:
    message = send_message(system_call(), kind="email", to="x@y.example", text="正文", purpose="follow_up")
    tried(message, FateKind.SENT)
    assert entries() == []


def test_a_number_that_opted_out_closes_sms_to_its_customers_until_it_is_lifted(
    customer: Customer, company: Company, clock: MovableClock
) -> None:
    opt_out(system_call(), "+8613800180666")
    assert ask(customer.pk, "sms", "follow_up", clock.now).code == "opted_out"
    assert ask(customer.pk, "phone", "follow_up", clock.now).code == "yes"
    lift_opt_out(company.call("service_manager"), OptOut.objects.get().pk, because="客户来电要求恢复")
    assert ask(customer.pk, "sms", "follow_up", clock.now).code == "yes"


def test_a_strangers_opt_out_is_the_numbers_alone(customer: Customer, clock: MovableClock) -> None:
    opt_out(system_call(), "+8613900000001")
    assert ask(customer.pk, "sms", "follow_up", clock.now).code == "yes"


def sms(customer: Customer, clock: MovableClock) -> str:
    return ask(customer.pk, "sms", "follow_up", clock.now).code


def test_a_number_and_its_customers_never_disagree_about_sms(
    customer: Customer, company: Company, clock: MovableClock
) -> None:
    number, call = "+8613800180666", company.call("service_manager")
    opt_out(system_call(), number)
    newcomer = register_customer(call, values={"name": "李雷", "home_store": company.stores["S01"].pk})
    assert (sms(customer, clock), sms(newcomer, clock)) == ("opted_out", "no_address")
    contact = Contact.objects.create(customer=newcomer, phone=number, is_primary=True)
    assert sms(newcomer, clock) == "opted_out"  # the number says it, whoever gets it
    Contact.objects.filter(pk=contact.pk).update(phone="+8613900000000")
    assert sms(newcomer, clock) == "yes"
    with pytest.raises(Conflict, match="asked for no more messages"):
        opt_in(call, customer.pk, way="sms")
    assert (has_opted_out(number), sms(customer, clock)) == (True, "opted_out")
    lift_opt_out(call, OptOut.objects.get().pk, because="客户来电要求恢复")
    assert (has_opted_out(number), sms(customer, clock)) == (False, "yes")


def test_lifting_a_number_leaves_what_the_customer_said_about_sms(
    customer: Customer, company: Company, clock: MovableClock
) -> None:
    call = company.call("service_manager")
    wish(call, customer.pk, way="sms", reason="电话中说不要短信")
    opt_out(system_call(), "+8613800180666")
    lift_opt_out(call, OptOut.objects.get().pk, because="客户来电要求恢复")
    assert sms(customer, clock) == "opted_out"
    assert opt_in(call, customer.pk, way="sms") is True
    assert sms(customer, clock) == "yes"


def test_a_message_that_waits_is_withheld_when_its_customer_opts_out_meanwhile(
    customer: Customer, company: Company, clock: MovableClock
) -> None:
    number = "+8613800180666"
    about = {"kind": "sms", "to": number, "customer_id": customer.pk, "template": "visits.invitation"}
    waiting, answer = (OutgoingMessage(**about, contact_purpose=purpose) for purpose in ("follow_up", "answer"))
    fates = [ready(message, clock.now) for message in (waiting, answer)]
    assert [fate.reason for fate in fates if fate] == [NO_ACCOUNT, NO_ACCOUNT]
    wish(company.call("agent"), customer.pk, way="sms")
    fates = [ready(message, clock.now) for message in (waiting, answer)]
    assert [(fate.kind, fate.reason) for fate in fates if fate] == [
        (FateKind.WITHHELD, OPTED_OUT),
        (FateKind.NOT_SET_UP, NO_ACCOUNT),
    ]
