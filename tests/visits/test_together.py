"""Kinds that fall together for one customer are made in one call, and each keeps what is its own (VIS-15, VIS-22)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connections
from procrastinate.contrib.django.models import ProcrastinateJob

from huiyin.cases.public import Case
from huiyin.contact_ledger.public import ContactEntry
from huiyin.foundation.calls import system_call
from huiyin.kernel.call import Call
from huiyin.kernel.refusal import Conflict, Invalid, NotFound, Repeated
from huiyin.promises.public import Promise
from huiyin.questionnaires.public import Asking, answers_on
from huiyin.visits.actions.cancel import cancel_visit
from huiyin.visits.actions.complete import complete_visit
from huiyin.visits.actions.keep_apart import keep_apart
from huiyin.visits.actions.log_attempt import log_attempt
from huiyin.visits.actions.merging import merge_due
from huiyin.visits.actions.reassign import reassign_visits
from huiyin.visits.actions.start import start_visit
from huiyin.visits.models import Attempt, Visit, VisitPolicy, VisitRecord
from huiyin.visits.public import draw_due, lapse, owe_visit, plan_week, publish_plan, rules_in_force
from huiyin.visits.queries.choices import why_of
from huiyin.visits.queries.facts import plan_facts
from huiyin.visits.rules.planning import Mode
from tests.conftest import Company, MovableClock
from tests.visits.conftest import GOOD, policy, shanghai

QUICK = {"overall": 4, "recommend": 9}


def reread(visit: Visit) -> Visit:
    return Visit.objects.get(pk=visit.pk)


def told(*visits: Visit) -> list[tuple[str, int | None]]:
    return [(reread(visit).state, reread(visit).made_with_id) for visit in visits]


def test_what_is_owed_leads_and_what_was_drawn_joins_its_call(visiting: Company, pair: tuple[Visit, Visit]) -> None:
    owed, regular = pair
    assert told(owed, regular) == [("planned", None), ("due", owed.pk)]
    assert (owed.leads, owed.agent_id, shanghai(owed.window_start)) == (True, regular.agent_id, "2026-09-15 10:05")
    assert (regular.planned_on, regular.window_start) == (None, None), "its own place is free again"
    promises = Promise.objects.filter(kind="visit.call", state="open").order_by("subject_id")
    assert [(each.subject_id, shanghai(each.due_at)) for each in promises] == [
        (regular.pk, "2026-09-15 11:30"),
        (owed.pk, "2026-09-18 10:05"),
    ]
    assert {each.owner_id for each in promises} == {owed.agent_id}


def test_one_call_completes_every_visit_with_a_record_and_answers_of_its_own(
    visiting: Company, pair: tuple[Visit, Visit]
) -> None:
    owed, regular = pair
    complete_visit(
        visiting.call("agent"),
        owed.pk,
        answers={**QUICK, **GOOD, "need": "滤芯", "suggestion": "快一点"},
        emotion="satisfied",
        needs="滤芯",
        suggestions="快一点",
        goal_met=True,
        goals_met={regular.pk: False},
        seconds=200,
    )
    assert told(owed, regular) == [("done", None), ("done", owed.pk)]
    dialled = Attempt.objects.get()
    assert (dialled.visit_id, dialled.also_for) == (owed.pk, [regular.pk])
    assert ContactEntry.objects.count() == 1
    first, second = answers_on(owed)[0], answers_on(regular)[0]
    assert (dict(first.scores), first.text("suggestion")) == (QUICK, "快一点")
    assert (dict(second.scores), second.text("suggestion"), second.text("need")) == (GOOD, "快一点", "滤芯")
    assert (first.asking.emotion, second.asking.emotion) == ("", "satisfied")
    records = {each.visit_id: each for each in VisitRecord.objects.all()}
    assert [(records[each.pk].goal_met, records[each.pk].needs) for each in pair] == [(True, "滤芯"), (False, "滤芯")]
    assert not Promise.objects.filter(state="open").exists()
    assert set(Promise.objects.filter(kind="visit.call", state="kept").values_list("subject_id", flat=True)) == {
        owed.pk,
        regular.pk,
    }
    done = reread(regular)
    assert (done.planned_on.isoformat(), done.place_band, done.agent_id) == ("2026-09-15", regular.band, owed.agent_id)


def test_what_is_asked_once_says_so_where_it_is_counted_for_a_second_visit(
    visiting: Company, visit_for: Callable
) -> None:
    regular = visit_for()
    owed = owe_visit(system_call(), policy("by_hand"), customer_id=regular.customer_id)
    complete_visit(visiting.call("agent"), owed.pk, answers=GOOD)
    attributions = {each.subject_id: each.attribution for each in Asking.objects.all()}
    assert "repeats" not in attributions[owed.pk]
    assert attributions[regular.pk]["repeats"] == sorted(GOOD)
    assert attributions[regular.pk]["made_with"] == owed.pk


def test_a_missing_answer_of_any_visit_is_named_and_nothing_is_saved(
    visiting: Company, pair: tuple[Visit, Visit]
) -> None:
    owed, regular = pair
    with pytest.raises(Invalid) as refusal:
        complete_visit(visiting.call("agent"), owed.pk, answers={"overall": 4, "product": 5, "staff": 6})
    assert set(refusal.value.fields) == {"recommend", "staff"} or set(refusal.value.fields) == {
        "recommend",
        "response",
        "staff",
        "process",
        "value",
    }
    assert told(owed, regular) == [("planned", None), ("due", owed.pk)]
    assert (Attempt.objects.count(), VisitRecord.objects.count(), Asking.objects.count()) == (0, 0, 0)


def test_a_double_click_completes_once(visiting: Company, pair: tuple[Visit, Visit]) -> None:
    complete_visit(visiting.call("agent", once="k"), pair[0].pk, answers={**QUICK, **GOOD})
    with pytest.raises(Repeated):
        complete_visit(visiting.call("agent", once="k"), pair[0].pk, answers={**QUICK, **GOOD})
    assert (Attempt.objects.count(), VisitRecord.objects.count()) == (1, 2)


def test_a_visit_of_a_call_is_not_made_by_itself(visiting: Company, pair: tuple[Visit, Visit]) -> None:
    for refused in (start_visit, complete_visit, log_attempt):
        more = {"complete_visit": {"answers": GOOD}, "log_attempt": {"line": "busy"}}.get(refused.__name__, {})
        with pytest.raises(Conflict, match="made in one call with another"):
            refused(visiting.call("agent"), pair[1].pk, **more)


def test_low_scores_of_several_visits_open_one_case_linked_with_all(
    visiting: Company, pair: tuple[Visit, Visit]
) -> None:
    owed = pair[0]
    answers = {**QUICK, **GOOD, "overall": 2, "overall.why": "态度差", "product": 1, "product.why": "漏水"}
    complete_visit(visiting.call("agent"), owed.pk, answers=answers, emotion="dissatisfied")
    case = Case.objects.get()
    assert {reread(each).found_case_id for each in pair} == {case.pk}
    assert (case.topic, case.source_id) == ("product", owed.pk)
    assert "漏水" in case.description
    assert "态度差" in case.description


def test_each_visit_ends_or_goes_on_by_its_own_policy(
    visiting: Company, pair: tuple[Visit, Visit], clock: MovableClock
) -> None:
    owed, regular = pair
    VisitPolicy.objects.filter(code="by_hand").update(numbers={"unanswered_limit": 1})
    log_attempt(visiting.call("agent"), owed.pk, line="no_answer")
    assert told(owed, regular) == [("not_reached", None), ("planned", None)]
    assert (reread(regular).agent_id, shanghai(reread(regular).again_at)) == (owed.agent_id, "2026-09-15 11:05")
    clock.set("2026-09-15 11:06")
    log_attempt(visiting.call("agent"), regular.pk, line="busy")
    assert reread(regular).state == "not_reached", "the dial of the call counted for it as well"
    assert [job.args for job in ProcrastinateJob.objects.filter(task_name="visits.draw_replacement")] == [
        {"visit_id": regular.pk}
    ]


def test_what_both_policies_try_again_is_tried_again_together(
    visiting: Company, pair: tuple[Visit, Visit], clock: MovableClock
) -> None:
    owed, regular = pair
    log_attempt(visiting.call("agent"), owed.pk, line="no_answer")
    assert told(owed, regular) == [("planned", None), ("due", owed.pk)]
    merge_due(system_call())
    assert told(owed, regular) == [("planned", None), ("due", owed.pk)]
    clock.set("2026-09-15 14:10")
    log_attempt(visiting.call("agent"), owed.pk, line="busy")
    assert told(owed, regular) == [("not_reached", None)] * 2
    assert Attempt.objects.count() == 2


def test_a_refusal_counts_for_all_and_each_ends_by_its_own_policy(visiting: Company, pair: tuple[Visit, Visit]) -> None:
    owed, regular = pair
    VisitPolicy.objects.filter(code="regular").update(numbers={"refusals_limit": 1})
    log_attempt(visiting.call("agent"), owed.pk, line="connected", business="refused")
    assert told(owed, regular) == [("planned", None), ("refused", None)]
    assert shanghai(reread(owed).again_at) == "2026-09-18 10:05"


def test_who_names_an_hour_is_called_then_about_everything(
    visiting: Company, pair: tuple[Visit, Visit], clock: MovableClock
) -> None:
    owed, regular = pair
    log_attempt(
        visiting.call("agent"),
        owed.pk,
        line="connected",
        business="call_back",
        again_at=clock.now + timedelta(hours=5),
        answers={"overall": 4, "product": 5},
    )
    assert told(owed, regular) == [("planned", None), ("due", owed.pk)]
    assert [dict(answers_on(each)[0].scores) for each in pair] == [{"overall": 4}, {"product": 5}]
    clock.set("2026-09-15 15:10")
    complete_visit(visiting.call("agent"), owed.pk, answers={**QUICK, **GOOD})
    assert told(owed, regular) == [("done", None), ("done", owed.pk)]


def test_a_talk_that_breaks_off_leaves_due_what_nobody_asked(visiting: Company, pair: tuple[Visit, Visit]) -> None:
    owed, regular = pair
    log_attempt(visiting.call("agent"), owed.pk, line="connected", business="partly", answers={"overall": 4})
    assert told(owed, regular) == [("partial", None), ("due", None)]
    assert not answers_on(regular)


def test_the_record_may_follow_later_for_all(visiting: Company, pair: tuple[Visit, Visit], clock: MovableClock) -> None:
    owed, regular = pair
    log_attempt(visiting.call("agent"), owed.pk, line="connected", business="completed")
    assert Promise.objects.filter(kind="visit.record", state="open").count() == 2
    clock.set("2026-09-16 10:06")
    complete_visit(visiting.call("agent"), owed.pk, answers={**QUICK, **GOOD})
    assert [(each.late, each.visit_id) for each in VisitRecord.objects.order_by("visit")] == [
        (True, regular.pk),
        (True, owed.pk),
    ]
    assert not Promise.objects.filter(state="open").exists()


def test_the_handler_of_a_case_in_the_call_does_not_make_it(visiting: Company, pair: tuple[Visit, Visit]) -> None:
    Visit.objects.filter(pk=pair[1].pk).update(not_agent=visiting.staff["agent"])
    Visit.objects.filter(pk__in=[each.pk for each in pair]).update(agent=visiting.staff["agent2"])
    with pytest.raises(Conflict, match="Who handled the case"):
        start_visit(visiting.call("agent"), pair[0].pk)
    with pytest.raises(Invalid, match="Who handled the case"):
        reassign_visits(visiting.call("service_manager"), [pair[0].pk], agent_id=visiting.staff["agent"].pk)


def test_a_call_changes_hands_as_a_whole(visiting: Company, pair: tuple[Visit, Visit]) -> None:
    other = visiting.staff["agent2"]
    other = other if pair[0].agent_id != other.pk else visiting.staff["agent"]
    assert reassign_visits(visiting.call("service_manager"), [pair[1].pk], agent_id=other.pk) == 1
    assert {reread(each).agent_id for each in pair} == {other.pk}
    assert set(Promise.objects.filter(state="open").values_list("owner_id", flat=True)) == {other.pk}


def test_taken_out_by_hand_it_stays_out(visiting: Company, pair: tuple[Visit, Visit]) -> None:
    owed, regular = pair
    keep_apart(visiting.call("agent"), regular.pk)
    keep_apart(visiting.call("agent"), regular.pk)
    assert merge_due(system_call()) == 0
    assert told(owed, regular) == [("planned", None), ("due", None)]
    assert Promise.objects.filter(kind="visit.call", state="open").get().subject_id == owed.pk


def test_a_leader_taken_out_leaves_the_others_together(visiting: Company, visit_for: Callable) -> None:
    regular = visit_for()
    agreed = owe_visit(system_call(), policy("agreed"), customer_id=regular.customer_id)
    owed = owe_visit(system_call(), policy("by_hand"), customer_id=regular.customer_id)
    assert told(agreed, owed, regular) == [("planned", None), ("due", agreed.pk), ("due", agreed.pk)]
    keep_apart(visiting.call("agent"), agreed.pk)
    assert told(agreed, owed, regular) == [("planned", None), ("planned", None), ("due", owed.pk)]


def test_when_the_leader_is_cancelled_the_others_are_made_otherwise(
    visiting: Company, pair: tuple[Visit, Visit]
) -> None:
    owed, regular = pair
    cancel_visit(visiting.call("service_manager"), owed.pk, reason="不需要了")
    assert told(owed, regular) == [("cancelled", None), ("due", None)]
    assert not Promise.objects.filter(state="open").exists()


def test_what_falls_due_by_itself_is_merged_by_the_hourly_run(visiting: Company, buyer: Callable) -> None:
    bought = buyer()
    VisitPolicy.objects.filter(code="member").update(
        is_active=True, sampled=True, effective_from="2026-09-01", numbers={"every_count": 6, "every_unit": "months"}
    )
    draw_due(system_call())
    regular, member = Visit.objects.get(kind="regular"), Visit.objects.get(kind="member")
    assert (member.customer_id, told(regular, member)) == (bought.customer_id, [("due", None), ("due", regular.pk)])
    assert merge_due(system_call()) == 0


def test_a_policy_that_forbids_it_keeps_its_visits_apart(visiting: Company, visit_for: Callable) -> None:
    VisitPolicy.objects.filter(code="by_hand").update(numbers={"merges": False})
    regular = visit_for()
    owed = owe_visit(system_call(), policy("by_hand"), customer_id=regular.customer_id)
    assert told(owed, regular) == [("planned", None), ("planned", None)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("rounds", range(4))
def test_a_new_kind_that_joins_while_the_call_is_saved_is_asked_or_stays_due(
    visiting: Company, visit_for: Callable, rounds: int
) -> None:
    regular = visit_for()
    owed = owe_visit(system_call(), policy("by_hand"), customer_id=regular.customer_id)
    agreed = policy("agreed")
    shown = [regular.pk]

    def complete() -> str:
        return complete_visit(visiting.call("agent"), owed.pk, answers=GOOD, together=shown).state

    def join() -> str:
        return str(owe_visit(system_call(), agreed, customer_id=regular.customer_id).state)

    def run(each: Callable[[], str]) -> str:
        try:
            return each()
        finally:
            connections.close_all()

    tasks = [complete, join] if rounds % 2 else [join, complete]
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(run, tasks))
    newcomer = Visit.objects.get(kind="agreed")
    merge_due(system_call())
    assert len(results) == 2
    assert Attempt.objects.count() == 1
    assert reread(regular).state == "done"
    assert reread(owed).state == "done"
    assert (reread(newcomer).state, reread(newcomer).made_with_id) == ("planned", None)
    assert Promise.objects.filter(state="open").get().subject_id == newcomer.pk


@pytest.mark.django_db(transaction=True)
def test_of_many_hands_at_once_one_call_is_written_down(visiting: Company, pair: tuple[Visit, Visit]) -> None:
    def hand(number: int) -> str:
        try:
            call = visiting.call("agent" if number % 2 else "agent2")
            return str(complete_visit(Call(call.actor, call.now), pair[0].pk, answers={**QUICK, **GOOD}).state)
        except (Conflict, NotFound):  # a colleague's done visit is out of sight
            return "refused"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        results = sorted(pool.map(hand, range(50)))
    assert results == ["done", *["refused"] * 49]
    assert (Attempt.objects.count(), VisitRecord.objects.count(), Asking.objects.count()) == (1, 2, 2)


@pytest.fixture
def drawn_pair(visiting: Company, buyer: Callable) -> tuple[Visit, Visit]:
    """A regular and a member visit of one customer, merged and not yet planned; both are drawn by quota."""
    VisitPolicy.objects.filter(code="member").update(
        is_active=True, sampled=True, effective_from="2026-09-01", numbers={"every_count": 6, "every_unit": "months"}
    )
    buyer(days=9)
    draw_due(system_call())
    return Visit.objects.get(kind="regular"), Visit.objects.get(kind="member")


def test_a_call_for_several_takes_one_place_in_the_plan_which_says_what_is_merged(
    visiting: Company, drawn_pair: tuple[Visit, Visit]
) -> None:
    regular, member = drawn_pair
    plan = plan_week(visiting.call("service_manager"), date(2026, 9, 14), seed=7)
    assert (plan.candidates, plan.chosen, plan.passed) == (1, 1, {"together": 1})
    actor = visiting.actor("service_manager")
    assert why_of(plan, actor, regular.pk).sentences[-1] == "合并通话：会员回访。"
    assert why_of(plan, actor, member.pk).sentences == (
        "不单独占用名额：与该客户的另一项回访合并在一次通话中完成。",
        "合并通话：常规回访。",
    )
    publish_plan(visiting.call("service_manager"), plan.pk)
    assert told(regular, member) == [("planned", None), ("due", regular.pk)]
    placed, along = reread(regular), reread(member)
    assert (along.agent_id, along.window_start) == (placed.agent_id, None)
    due = dict(Promise.objects.filter(kind="visit.call", state="open").values_list("subject_id", "due_at"))
    assert due == {regular.pk: placed.window_end, member.pk: placed.window_end}
    again = plan_week(visiting.call("service_manager"), date(2026, 9, 14), seed=8)
    assert (again.candidates, again.chosen) == (1, 1)


def test_a_drawn_call_is_planned_into_the_time_of_all_its_visits(
    visiting: Company, drawn_pair: tuple[Visit, Visit], clock: MovableClock
) -> None:
    regular, member = drawn_pair
    Visit.objects.filter(pk=member.pk).update(due_from=clock.now + timedelta(days=2))
    plan = plan_week(visiting.call("service_manager"), date(2026, 9, 14), seed=7)
    assert shanghai(plan.choices.get(visit=regular).window_start) >= "2026-09-17 14:00"


def test_when_the_call_is_not_drawn_and_lapses_the_others_are_due_again(
    visiting: Company, drawn_pair: tuple[Visit, Visit], clock: MovableClock
) -> None:
    regular, member = drawn_pair
    clock.advance(days=9)
    lapse(system_call())
    draw_due(system_call())
    assert told(regular, member) == [("lapsed", None), ("due", None)]


def test_two_made_in_one_call_take_the_room_of_one(visiting: Company, pair: tuple[Visit, Visit]) -> None:
    complete_visit(visiting.call("agent"), pair[0].pk, answers={**QUICK, **GOOD})
    rules = rules_in_force(date(2026, 9, 15))
    facts = plan_facts(rules, date(2026, 9, 14), system_call().now, Mode.FILL_UP)
    assert sorted((each.agent, each.sampled) for each in facts.kept) == [
        (0, True),
        (visiting.staff["agent"].pk, False),
    ]
