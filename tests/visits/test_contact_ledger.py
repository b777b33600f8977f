"""Visits ask the contact ledger before they call, hold the contact while they call, and say how it went (VIS-15)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connections

from huiyin.contact_ledger.public import ContactEntry, note_contact, opt_out
from huiyin.foundation.calls import system_call
from huiyin.foundation.models import ActEntry
from huiyin.kernel.refusal import Conflict
from huiyin.visits.actions.cancel import cancel_visit
from huiyin.visits.actions.complete import complete_visit
from huiyin.visits.actions.log_attempt import log_attempt
from huiyin.visits.actions.start import start_visit
from huiyin.visits.models import Attempt, Visit
from huiyin.visits.queries.contacts import may_call_now
from tests.conftest import Company, MovableClock
from tests.visits.conftest import GOOD, shanghai


def entries() -> list[tuple[str, str, str]]:
    return [(each.way, each.purpose, each.outcome) for each in ContactEntry.objects.order_by("id")]


def second_visit(first: Visit, number: int = 1) -> Visit:
    """Another visit to the same customer, of another kind."""
    return Visit.objects.create(
        kind=f"more{number}",
        policy=first.policy,
        customer=first.customer,
        department=first.department,
        agent=first.agent,
        state="planned",
        sampled=True,
        due_from=first.due_from,
        due_by=first.due_by,
        breach_at=first.due_by,
        created_at=first.created_at,
    )


def test_taking_a_visit_holds_its_contact_until_the_call_is_logged(visiting: Company, visit_for: Callable) -> None:
    visit = visit_for()
    start_visit(visiting.call("agent"), visit.pk)
    held = ContactEntry.objects.get()
    assert (held.way, held.purpose, held.outcome, held.by_id) == (
        "phone",
        "follow_up",
        "claimed",
        visiting.staff["agent"].pk,
    )
    assert (held.subject, held.subject_id, shanghai(held.holds_until)) == ("visits.visit", visit.pk, "2026-09-15 10:50")
    complete_visit(visiting.call("agent"), visit.pk, answers=GOOD)
    assert entries() == [("phone", "follow_up", "reached")]


def test_a_visit_that_may_not_call_is_taken_without_a_contact(
    visiting: Company, visit_for: Callable, clock: MovableClock
) -> None:
    visit = visit_for()
    clock.set("2026-09-15 11:45")
    assert start_visit(visiting.call("agent"), visit.pk).state == "in_progress"
    assert entries() == []
    with pytest.raises(Conflict, match="only in the call windows"):
        log_attempt(visiting.call("agent"), visit.pk, line="busy")


def test_a_claimed_call_may_be_logged_for_45_minutes_whatever_the_hour(
    visiting: Company, visit_for: Callable, clock: MovableClock
) -> None:
    first, second = visit_for(), visit_for()
    clock.set("2026-09-15 11:25")
    start_visit(visiting.call("agent"), first.pk)
    start_visit(visiting.call("agent2"), second.pk)
    clock.set("2026-09-15 12:09")
    log_attempt(visiting.call("agent"), first.pk, line="busy")
    clock.set("2026-09-15 12:10")
    with pytest.raises(Conflict, match="only in the call windows"):
        log_attempt(visiting.call("agent2"), second.pk, line="busy")
    assert Attempt.objects.get().visit == first


def test_one_customers_second_visit_is_taken_but_not_called(visiting: Company, visit_for: Callable) -> None:
    first = visit_for()
    second = second_visit(first)
    start_visit(visiting.call("agent"), first.pk)
    start_visit(visiting.call("agent2"), second.pk)
    with pytest.raises(Conflict, match="a short while ago"):
        log_attempt(visiting.call("agent2"), second.pk, line="connected", business="completed")
    log_attempt(visiting.call("agent"), first.pk, line="no_answer")
    log_attempt(visiting.call("agent2"), second.pk, line="connected", business="completed")
    assert entries() == [("phone", "follow_up", "not_reached"), ("phone", "follow_up", "reached")]


def test_a_call_back_after_an_answered_call_is_owed(
    visiting: Company, visit_for: Callable, clock: MovableClock
) -> None:
    visit = visit_for()
    later = clock.now + timedelta(days=1)
    log_attempt(visiting.call("agent"), visit.pk, line="connected", business="call_back", again_at=later)
    clock.set(later)
    complete_visit(visiting.call("agent"), visit.pk, answers=GOOD)
    assert entries() == [("phone", "follow_up", "reached"), ("phone", "owed", "reached")]


def test_a_revisit_after_a_case_is_owed_in_spite_of_the_gap(visiting: Company, visit_for: Callable) -> None:
    visit = visit_for()
    about = ("cases.case", 1)
    note_contact(
        system_call(), customer=visit.customer_id, way="email", purpose="answer", about=about, outcome="reached"
    )
    now = system_call().now
    assert may_call_now(visit, now, spoken=False).code == "gap"
    visit.sampled = False
    assert may_call_now(visit, now, spoken=False).code == "yes"


def test_who_opted_out_of_calls_is_not_called_not_even_with_a_reason(visiting: Company, visit_for: Callable) -> None:
    visit = visit_for()
    opt_out(system_call(), visit.customer_id, way="phone")
    with pytest.raises(Conflict, match="opted out"):
        log_attempt(visiting.call("director"), visit.pk, line="busy", override_reason="很急")


def test_an_overridden_rule_is_on_the_entry_the_dial_and_in_the_history(
    visiting: Company, visit_for: Callable, clock: MovableClock
) -> None:
    visit = visit_for()
    clock.set("2026-09-15 12:30")
    log_attempt(visiting.call("service_manager"), visit.pk, line="busy", override_reason="客户要求")
    entry, dialled = ContactEntry.objects.get(), Attempt.objects.get()
    assert (entry.override, entry.override_reason, entry.outcome) == ("outside_window", "客户要求", "not_reached")
    assert (dialled.override, dialled.override_reason) == ("outside_window", "客户要求")
    assert ActEntry.objects.get(verb="contacts.make").data == {"rule": "outside_window", "way": "phone"}


def test_a_cancelled_visit_gives_its_contact_back(visiting: Company, visit_for: Callable) -> None:
    visit = visit_for()
    second = second_visit(visit)
    start_visit(visiting.call("agent"), visit.pk)
    cancel_visit(visiting.call("service_manager"), visit.pk, reason="重复")
    assert entries() == [("phone", "follow_up", "released")]
    assert may_call_now(second, system_call().now, spoken=False).code == "yes"


@pytest.mark.parametrize(("way", "noted"), [("face", ("in_person", "follow_up", "reached")), ("other", ("other",))])
def test_a_visit_made_another_way_is_a_contact_and_frees_the_call(
    visiting: Company, visit_for: Callable, way: str, noted: tuple[str, ...]
) -> None:
    visit = visit_for()
    start_visit(visiting.call("agent"), visit.pk)
    complete_visit(visiting.call("agent"), visit.pk, answers=GOOD, way=way)
    released, made = entries()
    assert (released, made[: len(noted)]) == (("phone", "follow_up", "released"), noted)


def test_the_page_says_why_a_taken_visit_may_not_be_called(
    visiting: Company, visit_for: Callable, sign_in: Callable
) -> None:
    first = visit_for()
    second = second_visit(first)
    start_visit(visiting.call("agent2"), first.pk)
    answer = sign_in("agent").post(f"/visits/{second.pk}/", {"do": "start", "once": "1"})
    assert "最近刚联系过该客户。" in answer.content.decode()
    assert Visit.objects.get(pk=second.pk).state == "in_progress"


@pytest.mark.django_db(transaction=True)
def test_fifty_hands_take_fifty_visits_of_one_customer_and_one_may_call(visiting: Company, visit_for: Callable) -> None:
    first = visit_for()
    visits = [first.pk, *(second_visit(first, number).pk for number in range(49))]
    start = Barrier(50)
    calls = [visiting.call("agent" if number % 2 else "agent2") for number in range(50)]

    def hand(number: int) -> str:
        try:
            start.wait(timeout=30)
            return start_visit(calls[number], visits[number]).state
        finally:
            connections.close_all()

    with ThreadPoolExecutor(50) as pool:
        taken = list(pool.map(hand, range(50)))
    assert taken == ["in_progress"] * 50
    holder = ContactEntry.objects.get()
    assert (holder.outcome, holder.subject_id in visits) == ("claimed", True)
    refused = 0
    for number, visit in enumerate(visits):
        try:
            log_attempt(calls[number], visit, line="connected", business="completed")
        except Conflict as refusal:
            refused += "a short while ago" in str(refusal)
    assert (refused, entries()) == (49, [("phone", "follow_up", "reached")])
