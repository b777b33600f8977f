"""Visits by link go out by themselves, once each, say why when not, and pass to the next way (VIS-29, QST-6)."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connections
from django.test import Client

from huiyin.channels.models import Mailbox, OutgoingMessage, SmsAccount, SmsTemplate
from huiyin.contact_ledger.public import ContactEntry
from huiyin.customers.public import Contact, Customer, Purchase
from huiyin.foundation.calls import system_call
from huiyin.promises.public import Promise
from huiyin.questionnaires.public import Asking
from huiyin.questionnaires.tasks import remind_askings
from huiyin.visits.actions.start import start_visit
from huiyin.visits.models import Invitation, Visit, VisitPolicy
from huiyin.visits.public import lapse, owe_visit, plan_invitations, plan_week
from huiyin.visits.tasks import send_invitations
from tests.channels.sms_servers import Peer
from tests.conftest import Company, MovableClock
from tests.visits.conftest import policy, shanghai
from tests.visits.link_fixtures import invited as invited  # noqa: PLC0414 - fixtures, shared
from tests.visits.link_fixtures import run, token_of
from tests.visits.link_fixtures import sms as sms  # noqa: PLC0414

ALL = {"overall": "5", "recommend": "9"}


def again(visit: Visit) -> Visit:
    visit.refresh_from_db()
    return visit


def link_of(visit: Visit) -> tuple[str, str, str]:
    """Way, state and reason of the newest link."""
    one = Invitation.objects.filter(visit=visit).order_by("pk").last()
    assert one is not None
    return one.way, one.state, one.why


def entries() -> list[tuple[str, str, str]]:
    return [(each.way, each.purpose, each.outcome) for each in ContactEntry.objects.order_by("id")]


def test_a_link_goes_out_by_sms_and_its_answers_end_the_visit(
    invited: Callable[..., Visit], sms: Peer, client: Client
) -> None:
    visit = invited()
    run()
    one = sms.accepted[0]
    assert (one.number, one.template, len(sms.accepted)) == ("13800000001", "SMS_1", 1)
    assert link_of(visit) == ("sms", "sent", "")
    assert entries() == [("sms", "follow_up", "reached")]
    client.post(f"/q/{token_of(sms)}/", ALL)
    assert (again(visit).state, visit.way, visit.agent) == ("done", "self", None)
    assert link_of(visit) == ("sms", "answered", "")
    run()
    assert len(sms.accepted) == 1


def test_links_go_out_when_delay_and_hours_of_the_kind_say(
    invited: Callable[..., Visit], sms: Peer, clock: MovableClock
) -> None:
    visit = invited(numbers={"invite_delay_hours": 48, "invite_from_hour": 18}, days=7)
    assert not Invitation.objects.exists()
    clock.set("2026-09-17 00:05")
    plan_invitations(system_call())
    assert shanghai(Invitation.objects.get().send_at) == "2026-09-17 18:00"
    clock.set("2026-09-17 17:59")
    run()
    assert sms.accepted == []
    clock.set("2026-09-17 18:00")
    run()
    assert (len(sms.accepted), link_of(visit)[1]) == (1, "sent")


def test_such_a_visit_is_on_nobodys_desk_and_in_no_plan(
    visiting: Company, invited: Callable[..., Visit], sign_in: Callable[[str], Client]
) -> None:
    visit = invited()
    plan = plan_week(visiting.call("service_manager"), date(2026, 9, 14), seed=1)
    assert plan.choices.filter(visit=visit).count() == 0
    assert Visit.objects.in_pool().count() == 0
    assert (again(visit).state, visit.agent, visit.state_label) == ("due", None, "Asked by link")
    assert "链接作答中" in sign_in("service_manager").get("/visits/?tab=open").content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_link_once(invited: Callable[..., Visit], sms: Peer, clock: MovableClock) -> None:
    for _ in range(4):
        invited(plan=False, numbers={"invite_until_hour": 11})

    def work(_: int) -> None:
        try:
            plan_invitations(system_call())
            run()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert Invitation.objects.count() == 4
    first = Invitation.objects.order_by("send_at").values_list("send_at", flat=True)
    assert [shanghai(each)[-5:] for each in first] == ["10:05", "10:18", "10:32", "10:46"]
    clock.set("2026-09-15 10:47")
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert sorted(one.number[-2:] for one in sms.accepted) == ["01", "02", "03", "04"]
    assert (OutgoingMessage.objects.count(), Asking.objects.count(), len(entries())) == (4, 4, 4)


def test_a_provider_that_breaks_off_after_it_sent_does_not_make_a_second_sms(
    invited: Callable[..., Visit], sms: Peer, clock: MovableClock
) -> None:
    visit = invited()
    sms.moods = ["drop"]
    run()
    assert (len(sms.accepted), OutgoingMessage.objects.get().state) == (1, "uncertain")
    for _ in range(6):
        clock.advance(minutes=10)
        run()
    assert (len(sms.accepted), OutgoingMessage.objects.get().state) == (1, "sent")
    assert link_of(visit) == ("sms", "sent", "")


def test_an_unanswered_link_is_recalled_the_same_way_and_then_an_agent_gets_the_visit(
    visiting: Company, invited: Callable[..., Visit], sms: Peer, clock: MovableClock, sign_in: Callable[[str], Client]
) -> None:
    visit = invited(numbers={"invite_wait_hours": 96})
    run()
    clock.set("2026-09-18 10:06")
    remind_askings(0)
    remind_askings(0)
    run()
    assert [one.template for one in sms.accepted] == ["SMS_1", "SMS_2"]
    assert entries() == [("sms", "follow_up", "reached")] * 2
    assert token_of(sms) != token_of(sms, 0)
    clock.set("2026-09-19 10:06")
    run()
    assert (again(visit).state, visit.self_way, visit.state_label) == ("due", "", "To be planned")
    assert link_of(visit) == ("sms", "unanswered", "")
    card = sign_in("service_manager").get(f"/visits/{visit.pk}/").content.decode()
    assert "短信：链接已于" in card
    assert "未作答" in card


def test_an_owed_visit_is_placed_on_an_agent_as_soon_as_the_wait_is_over(
    visiting: Company, buyer: Callable[..., Purchase], sms: Peer, clock: MovableClock
) -> None:
    kind = policy("by_hand")
    VisitPolicy.objects.filter(pk=kind.pk).update(channels=["sms", "phone"], numbers={"invite_wait_hours": 24})
    customer = buyer().customer_id
    kind.refresh_from_db()
    visit = owe_visit(system_call(), kind, customer_id=customer)
    assert (visit.state, visit.agent) == ("due", None)
    assert Promise.objects.get(subject_id=visit.pk).owner is None
    plan_invitations(system_call())
    run()
    clock.advance(hours=24)
    run()
    assert (again(visit).state, visit.agent is not None) == ("planned", True)
    assert Promise.objects.get(subject_id=visit.pk).owner_id == visit.agent_id


def test_without_a_further_way_the_visit_ends_as_not_reached_and_keeps_what_was_answered(
    invited: Callable[..., Visit], sms: Peer, clock: MovableClock, client: Client
) -> None:
    silent, partly = invited("sms"), invited("sms")
    for _ in range(2):
        clock.advance(hours=6)
        run()
    mine = next(n for n, one in enumerate(sms.accepted) if one.number == "13800000002")
    client.post(f"/q/{token_of(sms, mine)}/part/", {"overall": "4"})
    clock.advance(hours=60)
    run()
    assert (again(silent).state, silent.ended_because) == ("not_reached", "link not answered")
    assert (again(partly).state, Asking.objects.get(subject_id=partly.pk).state) == ("partial", "partial")


def test_a_link_that_does_not_arrive_makes_way_for_the_next_way_at_once(
    invited: Callable[..., Visit], sms: Peer
) -> None:
    visit = invited()
    sms.moods = [("error", "isv.MOBILE_NUMBER_ILLEGAL", "bad number")]
    run()
    assert link_of(visit) == ("sms", "undelivered", "")
    assert (again(visit).self_way, visit.state) == ("", "due")


UNSENT = [
    ({"phone": ""}, {}, "no_address"),
    ({"phone": "010-88886666"}, {}, "bad_address"),
    ({}, {"do_not_contact": True, "do_not_contact_reason": "要求"}, "do_not_contact"),
]


@pytest.mark.parametrize(("contact", "customer", "why"), UNSENT)
def test_a_link_that_can_never_go_out_says_why_and_the_visit_goes_on(
    invited: Callable[..., Visit],
    sms: Peer,
    sign_in: Callable[[str], Client],
    contact: dict[str, str],
    customer: dict[str, object],
    why: str,
) -> None:
    visit = invited()
    Contact.objects.update(**contact)
    Customer.objects.update(**customer)
    run()
    assert (sms.accepted, link_of(visit)) == ([], ("sms", "unsent", why))
    ended = "not_reached" if customer else "due"
    assert (again(visit).state, visit.self_way) == (ended, "" if not customer else "sms")
    assert "短信：未发送链接：" in sign_in("service_manager").get(f"/visits/{visit.pk}/").content.decode()


def test_a_customer_contacted_a_short_while_ago_waits_or_passes_on(
    invited: Callable[..., Visit], sms: Peer, clock: MovableClock
) -> None:
    near, far = invited(numbers={"invite_wait_hours": 100}), invited(numbers={"invite_wait_hours": 100})
    for visit, days in ((near, 6), (far, 1)):
        ContactEntry.objects.create(
            customer=visit.customer,
            way="phone",
            purpose="owed",
            subject="x",
            subject_id=1,
            outcome="reached",
            at=clock.now - timedelta(days=days),
        )
    clock.set("2026-09-15 16:00")
    run()
    assert link_of(near) == ("sms", "planned", "gap")
    assert link_of(far) == ("sms", "unsent", "gap")
    clock.set("2026-09-16 10:06")
    run()
    assert link_of(near) == ("sms", "sent", "")


def test_without_a_template_links_wait_and_go_out_when_it_is_there(
    invited: Callable[..., Visit], sms: Peer, clock: MovableClock
) -> None:
    visit = invited()
    SmsAccount.objects.update(is_active=False)
    run()
    assert (link_of(visit), OutgoingMessage.objects.count()) == (("sms", "planned", "not_set_up"), 0)
    SmsAccount.objects.update(is_active=True)
    clock.advance(hours=1)
    run()
    assert (link_of(visit), len(sms.accepted)) == (("sms", "sent", ""), 1)


def test_after_the_sms_the_mail_in_the_customers_language_and_only_then_the_agent(
    invited: Callable[..., Visit], sms: Peer, clock: MovableClock, client: Client
) -> None:
    SmsTemplate.objects.all().delete()
    Mailbox.objects.create(address="service@company.example", name="客服", smtp_host="127.0.0.1", smtp_port=1)
    visit = invited("sms", "email", "phone")
    Contact.objects.update(email="li@customer.example")
    Customer.objects.update(language="en", name="Li Lei")
    for _ in range(50):
        clock.advance(hours=1)
        send_invitations()
    letter = OutgoingMessage.objects.get()
    assert (letter.kind, letter.to, letter.subject) == ("email", "li@customer.example", "One-minute feedback")
    assert letter.text.startswith("Dear Li Lei,\n\nHow satisfied are you with us?")
    link = re.search(r"/q/([\w-]+)/", letter.text)
    assert link is not None
    assert f'href="{link.string[: link.end()].split()[-1]}"' in letter.html
    assert client.get(f"/q/{link[1]}/").status_code == 200
    assert Invitation.objects.filter(visit=visit, way="sms").get().state == "unsent"
    assert link_of(visit) == ("email", "sent", "")


def test_what_is_under_way_does_not_lapse_as_not_drawn(
    invited: Callable[..., Visit], sms: Peer, clock: MovableClock
) -> None:
    visit = invited(numbers={"invite_wait_hours": 400})
    run()
    clock.set("2026-09-25 10:00")
    assert (lapse(system_call()), again(visit).state) == (0, "due")


def test_an_agent_who_takes_the_visit_stops_the_link(
    visiting: Company, invited: Callable[..., Visit], sms: Peer
) -> None:
    visit = invited()
    start_visit(visiting.call("agent"), visit.pk)
    run()
    assert (sms.accepted, link_of(visit)[1], again(visit).self_way) == ([], "dropped", "")


def test_a_thousand_links_are_planned_in_few_statements_and_spread(
    visiting: Company, invited: Callable[..., Visit], django_assert_max_num_queries: Callable
) -> None:
    first = invited()
    rows = [
        Visit(
            kind="regular",
            policy_id=first.policy_id,
            customer_id=first.customer_id,
            due_from=first.due_from,
            due_by=first.due_by,
            breach_at=first.due_by,
            sampled=True,
            self_way="sms",
            created_at=first.created_at,
        )
        for _ in range(1000)
    ]
    Visit.objects.bulk_create(rows)
    with django_assert_max_num_queries(20):
        assert plan_invitations(system_call()) == 1000
    times = sorted(Invitation.objects.values_list("send_at", flat=True))
    assert shanghai(times[-1]) == "2026-09-15 19:59"
    assert len(set(times)) >= 1000


def test_a_link_that_settings_make_impossible_is_put_off_and_holds_up_no_other(
    invited: Callable[..., Visit], sms: Peer, clock: MovableClock
) -> None:
    stuck, fine = invited(), invited()
    broken = VisitPolicy.objects.get(pk=stuck.policy_id)
    broken.pk, broken.version, broken.questionnaire = None, 99, "gone"
    broken.save(force_insert=True)
    Visit.objects.filter(pk=stuck.pk).update(policy=broken)
    run()
    assert [one.number for one in sms.accepted] == ["13800000002"]
    assert (link_of(stuck), link_of(fine)) == (("sms", "planned", ""), ("sms", "sent", ""))
    assert Invitation.objects.get(visit=stuck).step_at == clock.now + timedelta(hours=1)
