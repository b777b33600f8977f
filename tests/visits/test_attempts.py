"""Dialling: what each result means, the two-attempts rule, refusal, call-backs and late records (VIS-23, 26, 28)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.visits.rules.attempts import (
    AttemptPolicy,
    Dialled,
    Next,
    check_may_dial,
    check_result,
    is_late,
    outcome_of,
    record_due,
)
from tests.visits.planning_worlds import at

POLICY = AttemptPolicy()
NOW = at("2026-09-28 14:05")
DUE = at("2026-10-06")


def dial(line: str, business: str = "", when: datetime = NOW) -> Dialled:
    return Dialled(when, line, business)


def outcome(*dials: Dialled, again_at: datetime | None = None, due_by: datetime = DUE, owed: bool = False):
    *earlier, last = dials
    return outcome_of(POLICY, earlier, last, due_by=due_by, again_at=again_at, owed=owed)


@pytest.mark.parametrize("line", ["no_answer", "busy"])
def test_one_unanswered_call_may_be_tried_again_after_an_hour(line: str) -> None:
    result = outcome(dial(line))
    assert (result.next, result.again_at, result.replace) == (Next.AGAIN, NOW + timedelta(hours=1), False)


@pytest.mark.parametrize(("first", "second"), [("no_answer", "busy"), ("busy", "no_answer"), ("busy", "busy")])
def test_two_unanswered_calls_end_the_visit_and_draw_a_replacement(first: str, second: str) -> None:
    result = outcome(dial(first, when=NOW - timedelta(days=1)), dial(second))
    assert (result.next, result.replace, result.success) == (Next.NOT_REACHED, True, False)


@pytest.mark.parametrize("line", ["powered_off", "out_of_service", "wrong_number"])
def test_a_dead_or_wrong_number_is_no_success_and_draws_a_replacement_at_once(line: str) -> None:
    assert (outcome(dial(line)).next, outcome(dial(line)).replace) == (Next.NOT_REACHED, True)


def test_only_a_connected_call_with_all_answers_is_a_success() -> None:
    assert (outcome(dial("connected", "completed")).next, outcome(dial("connected", "completed")).success) == (
        Next.DONE,
        True,
    )
    partly = outcome(dial("connected", "partly"))
    assert (partly.next, partly.success, partly.replace) == (Next.PARTIAL, False, True)


def test_a_refusal_has_one_later_chance_and_is_then_respected() -> None:
    first = outcome(dial("connected", "refused"))
    assert (first.next, first.again_at) == (Next.AGAIN, NOW + timedelta(days=3))
    second = outcome(dial("connected", "refused", NOW - timedelta(days=3)), dial("connected", "refused"))
    assert (second.next, second.replace) == (Next.REFUSED, True)


def test_a_refusal_without_time_left_for_a_later_chance_is_final() -> None:
    assert outcome(dial("connected", "refused"), due_by=NOW + timedelta(days=2)).next is Next.REFUSED


def test_a_customers_own_time_is_kept() -> None:
    evening = at("2026-09-28 19:30")
    result = outcome(dial("connected", "call_back"), again_at=evening)
    assert (result.next, result.again_at) == (Next.AGAIN, evening)


def test_owed_visits_are_never_replaced() -> None:
    assert not outcome(dial("powered_off"), owed=True).replace
    assert not outcome(dial("busy"), dial("busy"), owed=True).replace


def test_a_third_dial_is_refused_with_the_reason() -> None:
    tried = [dial("no_answer", when=NOW - timedelta(days=2)), dial("busy", when=NOW - timedelta(days=1))]
    with pytest.raises(Conflict, match="2 calls went unanswered"):
        check_may_dial(POLICY, tried, NOW)


def test_right_after_an_unanswered_call_the_customer_is_left_alone() -> None:
    tried = [dial("no_answer", when=NOW - timedelta(minutes=20))]
    with pytest.raises(Conflict, match="20 minutes ago"):
        check_may_dial(POLICY, tried, NOW)
    check_may_dial(POLICY, tried, NOW + timedelta(minutes=40))


@pytest.mark.parametrize(
    ("line", "business", "again_at", "field"),
    [
        ("connected", "", None, "business"),
        ("busy", "completed", None, "business"),
        ("engaged", "", None, "line"),
        ("connected", "bought", None, "business"),
        ("connected", "call_back", None, "again_at"),
        ("connected", "call_back", NOW, "again_at"),
    ],
)
def test_the_two_layers_must_go_together(line: str, business: str, again_at: datetime | None, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        check_result(line, business, again_at, NOW)
    assert list(refusal.value.fields) == [field]


def test_a_record_is_late_from_24_hours_after_the_contact() -> None:
    assert record_due(NOW, POLICY) == at("2026-09-29 14:05")
    assert not is_late(NOW, at("2026-09-29 14:05"), POLICY)
    assert is_late(NOW, at("2026-09-29 14:06"), POLICY)


results = st.sampled_from(
    [("connected", "completed"), ("connected", "partly"), ("connected", "refused"), ("connected", "call_back")]
    + [(line, "") for line in ("no_answer", "busy", "powered_off", "out_of_service", "wrong_number")]
)


@given(st.lists(st.tuples(results, st.integers(1, 48)), max_size=12), st.booleans())
def test_no_customer_is_ever_dialled_after_two_unanswered_calls_or_two_refusals(dials: list, owed: bool) -> None:
    made: list[Dialled] = []
    now = NOW
    for (line, business), hours in dials:
        now += timedelta(hours=hours)
        try:
            check_may_dial(POLICY, made, now)
        except Conflict:
            continue
        made.append(Dialled(now, line, business))
        again = now + timedelta(hours=1) if business == "call_back" else None
        result = outcome_of(POLICY, made[:-1], made[-1], due_by=DUE, again_at=again, owed=owed)
        assert result.success == (business == "completed")
        assert (result.next is Next.AGAIN) == (result.again_at is not None)
        if result.next is not Next.AGAIN:
            break
    assert sum(each.line in ("no_answer", "busy") for each in made) <= 2
    assert sum(each.business == "refused" for each in made) <= 2
