"""Doing a visit: claiming, dialling, completing, correcting; what follows each (VIS-14, 23, 24, 26..28)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from procrastinate.contrib.django.models import ProcrastinateJob

from huiyin.cases.public import Case
from huiyin.contact_ledger.public import ContactEntry, ask
from huiyin.customers.public import Customer
from huiyin.foundation.calls import system_call
from huiyin.kernel.call import Call
from huiyin.kernel.refusal import Conflict, Forbidden, Invalid, NotFound, Repeated
from huiyin.promises.public import Promise
from huiyin.questionnaires.public import answers_on
from huiyin.visits.actions.cancel import cancel_visit
from huiyin.visits.actions.complete import complete_visit
from huiyin.visits.actions.correct import correct_record
from huiyin.visits.actions.log_attempt import log_attempt
from huiyin.visits.actions.owe_answer import give_answer, owe_answer
from huiyin.visits.actions.reassign import reassign_visits
from huiyin.visits.actions.replace import replace_visit
from huiyin.visits.actions.start import start_visit
from huiyin.visits.models import Attempt, OwedAnswer, Visit, VisitRecord
from huiyin.visits.public import draw_due
from tests.conftest import Company, MovableClock
from tests.visits.conftest import GOOD, shanghai


def reread(visit: Visit) -> Visit:
    return Visit.objects.get(pk=visit.pk)


def test_two_agents_on_one_visit_the_second_is_told_who_has_it(visiting: Company, visit_for: Callable) -> None:
    visit = visit_for()
    start_visit(visiting.call("agent2"), visit.pk)
    with pytest.raises(Conflict, match="agent2 has already taken this visit"):
        start_visit(visiting.call("agent"), visit.pk)
    assert (reread(visit).started_by, reread(visit).agent) == (visiting.staff["agent2"],) * 2


@pytest.mark.django_db(transaction=True)
def test_of_two_agents_at_the_same_moment_one_gets_the_visit(visiting: Company, visit_for: Callable) -> None:
    visit = visit_for()
    calls = [visiting.call("agent"), visiting.call("agent2")]

    def claim(call: Call) -> str:
        try:
            return str(start_visit(call, visit.pk).started_by_id)
        except Conflict as refusal:
            return str(refusal)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(claim, calls), key=len)
    winner = reread(visit).started_by
    assert told == [str(winner.pk), f"{winner.name} has already taken this visit."]


def test_starting_ones_own_visit_again_is_harmless(visiting: Company, visit_for: Callable, clock: MovableClock) -> None:
    visit = visit_for()
    first = start_visit(visiting.call("agent"), visit.pk).started_at
    clock.advance(minutes=3)
    assert start_visit(visiting.call("agent"), visit.pk).started_at == first


def test_a_completed_visit_keeps_answers_record_and_dial(visiting: Company, visit_for: Callable) -> None:
    visit = visit_for()
    complete_visit(
        visiting.call("agent"),
        visit.pk,
        answers={**GOOD, "need": "滤芯"},
        emotion="satisfied",
        needs="滤芯",
        suggestions="快一点",
        notes="客户很忙",
        goal_met=True,
        seconds=190,
    )
    done, record = reread(visit), VisitRecord.objects.get()
    assert (done.state, done.way, shanghai(done.contact_at)) == ("done", "phone", "2026-09-15 10:05")
    assert (record.needs, record.emotion, record.seconds, record.late) == ("滤芯", "satisfied", 190, False)
    dialled = Attempt.objects.get()
    assert (dialled.line, dialled.business, dialled.number) == ("connected", "completed", "138****0001")
    (answered,) = answers_on(done)
    assert dict(answered.scores) == GOOD
    assert (answered.asking.agent_id, answered.asking.store_id) == (visiting.staff["agent"].pk, visit.store_id)
    assert not Case.objects.exists()


def test_a_double_click_completes_once(visiting: Company, visit_for: Callable) -> None:
    visit = visit_for()
    complete_visit(visiting.call("agent", once="k"), visit.pk, answers=GOOD)
    with pytest.raises(Repeated):
        complete_visit(visiting.call("agent", once="k"), visit.pk, answers=GOOD)
    assert (Attempt.objects.count(), VisitRecord.objects.count()) == (1, 1)


def test_a_missing_answer_or_a_score_of_6_saves_nothing(visiting: Company, visit_for: Callable) -> None:
    visit = visit_for()
    with pytest.raises(Invalid) as missing:
        complete_visit(visiting.call("agent"), visit.pk, answers={"product": 5})
    assert set(missing.value.fields) == {"response", "staff", "process", "value"}
    with pytest.raises(Invalid) as six:
        complete_visit(visiting.call("agent"), visit.pk, answers={**GOOD, "product": 6})
    assert set(six.value.fields) == {"product"}
    assert (reread(visit).state, Attempt.objects.count(), VisitRecord.objects.count()) == ("planned", 0, 0)


@pytest.mark.parametrize(
    ("moment", "sentence"),
    [
        ("2026-09-15 11:45", "Customers are called only in the call windows."),
        ("2026-09-21 10:30", "Customers are called only in the call windows."),
        ("2026-09-19 10:30", "Customers are called only in the call windows."),
    ],
)
def test_no_call_outside_the_windows(
    visiting: Company, visit_for: Callable, clock: MovableClock, moment: str, sentence: str
) -> None:
    visit = visit_for()
    clock.set(moment)
    with pytest.raises(Conflict, match=sentence):
        log_attempt(visiting.call("agent"), visit.pk, line="busy")
    assert not Attempt.objects.exists()


def test_a_call_begun_in_time_may_be_logged_after_the_window(
    visiting: Company, visit_for: Callable, clock: MovableClock
) -> None:
    visit = visit_for()
    clock.set("2026-09-15 11:25")
    start_visit(visiting.call("agent"), visit.pk)
    clock.set("2026-09-15 11:40")
    complete_visit(visiting.call("agent"), visit.pk, answers=GOOD)
    assert reread(visit).state == "done"


def test_only_with_the_right_and_a_reason_a_rule_is_overridden_and_it_is_logged(
    visiting: Company, visit_for: Callable, clock: MovableClock
) -> None:
    visit = visit_for()
    clock.set("2026-09-15 12:30")
    with pytest.raises(Forbidden):
        log_attempt(visiting.call("agent"), visit.pk, line="busy", override_reason="客户要求")
    log_attempt(visiting.call("service_manager"), visit.pk, line="busy", override_reason="客户要求")
    dialled = Attempt.objects.get()
    assert (dialled.override, dialled.override_reason) == ("outside_window", "客户要求")


def test_do_not_contact_cannot_be_overridden(visiting: Company, visit_for: Callable) -> None:
    visit = visit_for()
    Customer.objects.update(do_not_contact=True)
    with pytest.raises(Conflict, match="does not want to be contacted"):
        log_attempt(visiting.call("director"), visit.pk, line="busy", override_reason="很急")


def test_two_unanswered_calls_end_the_visit_and_the_third_dial_is_refused(
    visiting: Company, visit_for: Callable, clock: MovableClock
) -> None:
    visit = visit_for()
    log_attempt(visiting.call("agent"), visit.pk, line="no_answer")
    assert (reread(visit).state, shanghai(reread(visit).again_at)) == ("planned", "2026-09-15 11:05")
    with pytest.raises(Conflict, match="0 minutes ago"):
        log_attempt(visiting.call("agent"), visit.pk, line="busy")
    clock.set("2026-09-15 14:10")
    log_attempt(visiting.call("agent"), visit.pk, line="busy")
    ended = reread(visit)
    assert (ended.state, ended.ended_because) == (
        "not_reached",
        "2 calls went unanswered; another customer is drawn instead.",
    )
    clock.set("2026-09-15 15:30")
    with pytest.raises(Conflict):
        log_attempt(visiting.call("agent"), visit.pk, line="no_answer")
    assert Attempt.objects.count() == 2


def test_a_failed_visit_is_replaced_once_from_its_own_stratum(
    visiting: Company, visit_for: Callable, buyer: Callable
) -> None:
    visit = visit_for(amount=4000, store="S02")
    near = buyer(amount=4200, store="S02")
    buyer(amount=9000, store="S02")
    draw_due(system_call())
    log_attempt(visiting.call("agent"), visit.pk, line="powered_off")
    job = ProcrastinateJob.objects.get(task_name="visits.draw_replacement")
    assert job.args == {"visit_id": visit.pk}
    newcomer = replace_visit(system_call(), visit.pk)
    assert newcomer is not None
    assert (newcomer.purchase, newcomer.replaces, newcomer.state) == (near, reread(visit), "planned")
    assert Promise.objects.filter(kind="visit.call", subject_id=newcomer.pk, state="open").count() == 1
    assert replace_visit(system_call(), visit.pk) is None


def test_the_customers_own_time_opens_the_evening(visiting: Company, visit_for: Callable, clock: MovableClock) -> None:
    visit = visit_for()
    evening = clock.now + timedelta(hours=9)
    log_attempt(visiting.call("agent"), visit.pk, line="connected", business="call_back", again_at=evening)
    waiting = reread(visit)
    assert (waiting.state, waiting.again_asked, shanghai(waiting.window_start)) == (
        "planned",
        True,
        "2026-09-15 19:05",
    )
    promise = Promise.objects.get(kind="visit.call", subject_id=visit.pk, state="open")
    assert promise.due_at == evening
    with pytest.raises(Conflict, match="asked to be called later"):
        complete_visit(visiting.call("agent"), visit.pk, answers=GOOD)
    clock.set("2026-09-15 19:10")
    complete_visit(visiting.call("agent"), visit.pk, answers=GOOD)
    assert reread(visit).state == "done"


def test_part_of_the_answers_is_kept_when_the_customer_breaks_off(visiting: Company, visit_for: Callable) -> None:
    visit = visit_for()
    log_attempt(visiting.call("agent"), visit.pk, line="connected", business="partly", answers={"product": 4})
    (answered,) = answers_on(visit)
    assert (reread(visit).state, dict(answered.scores)) == ("partial", {"product": 4})


def test_a_refusal_has_one_later_chance_and_then_rests_for_half_a_year(
    visiting: Company, visit_for: Callable, clock: MovableClock
) -> None:
    visit = visit_for()
    log_attempt(visiting.call("agent"), visit.pk, line="connected", business="refused")
    assert (reread(visit).state, shanghai(reread(visit).again_at)) == ("planned", "2026-09-18 10:05")
    clock.set("2026-09-18 10:30")
    log_attempt(visiting.call("agent"), visit.pk, line="connected", business="refused")
    assert reread(visit).state == "refused"
    assert [(each.outcome, shanghai(each.at)) for each in ContactEntry.objects.order_by("at")] == [
        ("reached", "2026-09-15 10:05"),
        ("refused", "2026-09-18 10:30"),
    ]
    clock.set("2027-03-11 10:05")
    assert ask(visit.customer_id, "phone", "follow_up", clock.now).code == "refused_before"
    clock.set("2027-03-18 10:31")
    assert ask(visit.customer_id, "phone", "follow_up", clock.now).code == "yes"


def test_a_record_a_day_late_is_late_for_ever(visiting: Company, visit_for: Callable, clock: MovableClock) -> None:
    visit = visit_for()
    log_attempt(visiting.call("agent"), visit.pk, line="connected", business="completed")
    promise = Promise.objects.get(kind="visit.record", state="open")
    assert shanghai(promise.due_at) == "2026-09-16 10:05"
    clock.set("2026-09-16 10:06")
    complete_visit(visiting.call("agent"), visit.pk, answers=GOOD)
    promise.refresh_from_db()
    assert (promise.state, promise.broken_at == promise.due_at) == ("kept", True)
    correct_record(visiting.call("agent"), visit.pk, notes="补充", reason="漏写")
    assert [(each.version, each.late, each.current) for each in VisitRecord.objects.order_by("version")] == [
        (1, True, False),
        (2, True, True),
    ]
    assert Attempt.objects.count() == 1


def test_a_correction_needs_a_reason_and_leaves_the_first_version(visiting: Company, visit_for: Callable) -> None:
    visit = visit_for()
    complete_visit(visiting.call("agent"), visit.pk, answers=GOOD, notes="甲")
    with pytest.raises(Invalid):
        correct_record(visiting.call("agent"), visit.pk, notes="乙", reason=" ")
    correct_record(visiting.call("agent"), visit.pk, notes="乙", reason="写错了")
    correct_record(visiting.call("agent"), visit.pk, notes="乙", reason="写错了")
    assert list(VisitRecord.objects.values_list("notes", "reason", "current")) == [
        ("甲", "", False),
        ("乙", "写错了", True),
    ]


@pytest.mark.parametrize(
    ("more", "emotion", "topic"),
    [
        ({"product": 2, "product.why": "漏水"}, "", "product"),
        ({"staff": 1, "product": 2}, "dissatisfied", "attitude"),
        ({}, "angry", "process"),
        ({"problem": "噪音太大"}, "", "product"),
    ],
)
def test_low_score_anger_or_a_named_problem_opens_one_case_at_once(
    visiting: Company, visit_for: Callable, more: dict, emotion: str, topic: str
) -> None:
    visit = visit_for()
    complete_visit(visiting.call("agent"), visit.pk, answers={**GOOD, **more}, emotion=emotion or None)
    case = Case.objects.get()
    assert (case.topic, case.source, case.source_id, case.customer) == (
        topic,
        "visits.visit",
        visit.pk,
        visit.customer,
    )
    assert reread(visit).found_case == case
    assert reread(visit).state == "done"


def test_a_question_beyond_ones_competence_becomes_an_owed_answer(
    visiting: Company, visit_for: Callable, clock: MovableClock
) -> None:
    visit = visit_for()
    engineer = visiting.staff["engineer"]
    owed = owe_answer(
        visiting.call("agent"),
        visit.pk,
        question="能接地暖吗？",
        owner_id=engineer.pk,
        due_at=clock.now + timedelta(hours=5),
    )
    promise = Promise.objects.get(kind="visit.answer_owed")
    assert (promise.owner, shanghai(promise.due_at), promise.state) == (engineer, "2026-09-15 15:05", "open")
    with pytest.raises(NotFound):
        give_answer(visiting.call("rnd_head"), owed.pk, answer="能")
    give_answer(visiting.call("engineer"), owed.pk, answer="可以，需要转接头")
    give_answer(visiting.call("engineer"), owed.pk, answer="别的")
    promise.refresh_from_db()
    assert (promise.state, OwedAnswer.objects.get().answer) == ("kept", "可以，需要转接头")
    with pytest.raises(Invalid) as refusal:
        owe_answer(visiting.call("agent"), visit.pk, question="", owner_id=0, due_at=clock.now)
    assert set(refusal.value.fields) == {"question", "owner", "due_at"}


def test_a_manager_hands_visits_over_but_not_one_that_is_being_made(visiting: Company, visit_for: Callable) -> None:
    first, second = visit_for(), visit_for()
    agent2 = visiting.staff["agent2"]
    assert reassign_visits(visiting.call("service_manager"), [first.pk, second.pk], agent_id=agent2.pk) == 2
    assert reassign_visits(visiting.call("service_manager"), [first.pk, second.pk], agent_id=agent2.pk) == 0
    start_visit(visiting.call("agent2"), first.pk)
    with pytest.raises(Conflict, match="agent2 has already"):
        reassign_visits(visiting.call("service_manager"), [first.pk], agent_id=visiting.staff["agent"].pk)
    with pytest.raises(Forbidden):
        reassign_visits(visiting.call("agent"), [second.pk], agent_id=visiting.staff["agent"].pk)
    with pytest.raises(Invalid):
        reassign_visits(visiting.call("service_manager"), [second.pk], agent_id=visiting.staff["quality"].pk)


def test_a_cancelled_visit_owes_nothing_and_is_not_replaced(visiting: Company, visit_for: Callable) -> None:
    visit = visit_for()
    with pytest.raises(Invalid):
        cancel_visit(visiting.call("service_manager"), visit.pk, reason="")
    cancel_visit(visiting.call("service_manager"), visit.pk, reason="客户已注销")
    assert (reread(visit).state, reread(visit).ended_because) == ("cancelled", "客户已注销")
    assert not ProcrastinateJob.objects.filter(task_name="visits.draw_replacement").exists()


@pytest.mark.parametrize(
    ("who", "sees_open", "sees_done"),
    [
        ("agent", True, True),
        ("agent2", True, False),
        ("service_manager", True, True),
        ("store_manager", True, True),
        ("rnd_head", False, False),
        ("engineer", False, False),
        ("auditor", True, True),
        ("director", True, True),
    ],
)
def test_who_sees_which_visit(
    visiting: Company, visit_for: Callable, who: str, sees_open: bool, sees_done: bool
) -> None:
    visit = visit_for()
    assert Visit.objects.visible_to(visiting.actor(who)).exists() == sees_open
    complete_visit(visiting.call("agent"), visit.pk, answers=GOOD)
    assert Visit.objects.visible_to(visiting.actor(who)).exists() == sees_done


@pytest.mark.parametrize("who", ["auditor", "engineer", "store_manager", "quality"])
def test_who_may_not_make_visits_changes_nothing(visiting: Company, visit_for: Callable, who: str) -> None:
    visit = visit_for()
    with pytest.raises(Forbidden):
        log_attempt(visiting.call(who), visit.pk, line="busy")
    assert not Attempt.objects.exists()
