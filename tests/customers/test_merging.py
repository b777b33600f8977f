"""A merge moves what rooms know by a plain customer id, and its way back moves exactly these rows back (CUS-4)."""

from __future__ import annotations

import pytest

from huiyin.cases.public import open_case
from huiyin.channels.public import OutgoingMessage, send_message
from huiyin.customers.actions.merge import merge_customers, suspect_pair, undo_merge
from huiyin.customers.models import Customer, MergeSuspect
from huiyin.customers.public import timeline
from huiyin.foundation.calls import system_call
from huiyin.promises.public import Promise, keep_promise, make_promise, promises_to
from huiyin.questionnaires.public import Asking, ask, ship
from huiyin.working_time.public import Span, Unit
from tests.conftest import Company
from tests.customers.conftest import Register


@pytest.fixture
def pair(company: Company, register: Register) -> MergeSuspect:
    """Two files of one customer, each with a case, a promise kept and an open one, an asking and a message."""
    ship(system_call())
    files = [register("张伟", "+8613812345678"), register("张太太", "+8613912345678")]
    for customer in files:
        _live(company, customer)
    return suspect_pair(company.call("agent"), files[0].pk, files[1].pk)


def _live(company: Company, customer: Customer) -> None:
    call = company.call("service_manager")
    for kind in ("case.verify", "case.first_response"):
        make_promise(
            call, kind=kind, subject=customer, span=Span(1, Unit.WORKING_DAYS), start=call.now,
            owner=call.actor.id, department=None, store=None, customer=customer.pk, title="t", policy="p",
        )  # fmt: skip
    keep_promise(call, kind="case.verify", subject=customer, evidence="done")
    open_case(
        call, kind="complaint", topic="product", channel="phone", description="空调不制冷", customer_id=customer.pk
    )
    ask(call, questionnaire="service", subject=customer, customer=customer.pk)
    send_message(call, kind="email", to="a@b.example", subject="s", text="t", customer=customer.pk)


def owned(customer: Customer) -> dict[str, set[int]]:
    """The keys of everything that names this customer by a plain id."""
    return {
        model._meta.label_lower: set(
            model._default_manager.filter(customer_id=customer.pk).values_list("pk", flat=True)
        )
        for model in (Promise, Asking, OutgoingMessage)
    }


def test_the_kept_file_shows_what_the_other_was_owed_asked_and_sent(company: Company, pair: MergeSuspect) -> None:
    kept, gone = pair.first, pair.second
    before, other = owned(kept), owned(gone)
    owed = {promise.pk for customer in (kept, gone) for promise in promises_to(customer.pk)}
    assert all(before.values())
    assert all(other.values())
    call = company.call("service_manager")
    merge_customers(call, pair.pk, keep_id=kept.pk)
    assert owned(kept) == {label: before[label] | other[label] for label in before}
    assert owned(gone) == {label: set() for label in before}
    assert {promise.pk for promise in promises_to(kept.pk)} == owed
    cases = [entry for entry in timeline(call.actor, kept.pk).entries if entry.kind == "case"]
    assert len(cases) == 2


def test_the_way_back_moves_exactly_what_was_moved(company: Company, pair: MergeSuspect) -> None:
    kept, gone = pair.first, pair.second
    before, other = owned(kept), owned(gone)
    call = company.call("service_manager")
    merge_customers(call, pair.pk, keep_id=kept.pk)
    later = send_message(call, kind="email", to="a@b.example", subject="s", text="t", customer=kept.pk)
    undo_merge(call, pair.pk)
    before["channels.outgoingmessage"].add(later.pk)
    assert (owned(kept), owned(gone)) == (before, other)
    pair.refresh_from_db()
    assert (pair.state, pair.moved) == ("open", {})


def test_a_merge_can_be_made_undone_and_made_again(company: Company, pair: MergeSuspect) -> None:
    call = company.call("service_manager")
    whole = {label: keys | owned(pair.second)[label] for label, keys in owned(pair.first).items()}
    merge_customers(call, pair.pk, keep_id=pair.first_id)
    undo_merge(call, pair.pk)
    merge_customers(call, pair.pk, keep_id=pair.second_id)
    assert owned(pair.second) == whole
