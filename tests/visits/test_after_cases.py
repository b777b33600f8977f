"""Settled cases owe a visit by somebody else; answers by link end visits (VIS-2, VIS-4, VIS-29, CAS-11)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from huiyin.cases.public import Case, CaseReopened, CaseSettled, open_case
from huiyin.foundation.calls import system_call
from huiyin.foundation.events import tell
from huiyin.kernel.actor import NOBODY
from huiyin.kernel.call import Call
from huiyin.kernel.refusal import Conflict
from huiyin.promises.public import Promise
from huiyin.questionnaires.actions.answer_asking import answer_by_link
from huiyin.questionnaires.public import ask
from huiyin.visits.actions.complete import complete_visit
from huiyin.visits.actions.log_attempt import log_attempt
from huiyin.visits.actions.start import start_visit
from huiyin.visits.models import Visit, VisitRecord
from tests.cases.conftest import Cases
from tests.conftest import Company, MovableClock
from tests.visits.conftest import GOOD, shanghai


def settled(company: Company, buyer: Callable, kind: str = "complaint", handler: str = "agent") -> Case:
    case = open_case(
        system_call(), kind=kind, topic="product", channel="phone", description="漏水", customer_id=buyer().customer_id
    )
    event = CaseSettled(case.pk, case.customer_id, kind, company.staff[handler].pk, system_call().now)
    tell(system_call(), event)
    return case


def test_a_closed_complaint_owes_a_visit_within_24_hours_by_another_agent(visiting: Company, buyer: Callable) -> None:
    case = settled(visiting, buyer)
    visit = Visit.objects.get()
    assert (visit.kind, visit.case, visit.agent, visit.not_agent) == (
        "complaint",
        case,
        visiting.staff["agent2"],
        visiting.staff["agent"],
    )
    assert (shanghai(visit.due_by), shanghai(visit.breach_at)) == ("2026-09-16 10:05", "2026-09-16 10:05")
    assert shanghai(visit.window_start) == "2026-09-15 10:05"
    promise = Promise.objects.get(kind="visit.call")
    assert (promise.due_at, promise.owner) == (visit.due_by, visiting.staff["agent2"])
    assert list(Case.objects.visible_to(visiting.actor("agent2"))) == [case]
    assert Case.objects.get().revisitor == visiting.staff["agent2"]


def test_a_solved_problem_owes_one_within_24_hours_that_breaks_after_3_working_days(
    visiting: Company, buyer: Callable
) -> None:
    settled(visiting, buyer, kind="repair")
    visit = Visit.objects.get()
    assert visit.kind == "problem_solved"
    assert (shanghai(visit.due_by), shanghai(visit.breach_at)) == ("2026-09-16 10:05", "2026-09-18 10:05")


def test_the_same_case_settled_again_while_its_visit_is_open_owes_no_second(visiting: Company, buyer: Callable) -> None:
    case = settled(visiting, buyer)
    tell(system_call(), CaseSettled(case.pk, case.customer_id, "complaint", None, system_call().now))
    assert Visit.objects.count() == 1


def test_who_handled_the_case_cannot_take_its_revisit(visiting: Company, buyer: Callable) -> None:
    settled(visiting, buyer)
    with pytest.raises(Conflict, match="leave it to a colleague"):
        start_visit(visiting.call("agent"), Visit.objects.get().pk)


def test_an_owed_visit_out_of_hours_waits_for_the_next_window_and_stays_owed(
    visiting: Company, buyer: Callable, clock: MovableClock
) -> None:
    clock.set("2026-09-18 17:00")
    settled(visiting, buyer)
    visit = Visit.objects.get()
    assert (shanghai(visit.due_by), shanghai(visit.window_start)) == ("2026-09-19 17:00", "2026-09-20 10:00")


def test_a_reopened_case_voids_its_visit(visiting: Company, buyer: Callable) -> None:
    case = settled(visiting, buyer)
    tell(system_call(), CaseReopened(case.pk))
    assert Visit.objects.get().state == "cancelled"
    assert Promise.objects.get(kind="visit.call").state == "cancelled"


@pytest.fixture
def cases(visiting: Company, buyer: Callable) -> Cases:
    """Opens cases and walks them on, for a customer who has a phone."""
    return Cases(visiting, buyer().customer)


def revisit_of(cases: Cases, clock: MovableClock) -> tuple[Case, Visit]:
    """A case that its handler ``agent`` has settled, and the visit it owes, inside a call window."""
    case = cases.until("verdict", cost=Decimal(0))
    return case, Visit.objects.get(case=case)


def test_a_content_customer_closes_the_case_with_a_second_score(
    visiting: Company, cases: Cases, clock: MovableClock
) -> None:
    case, visit = revisit_of(cases, clock)
    complete_visit(visiting.call("agent2"), visit.pk, answers=GOOD)
    case.refresh_from_db()
    assert (case.state, [(each.outcome, each.score, each.source_id) for each in case.revisits.all()]) == (
        "closed",
        [("confirmed", 5, visit.pk)],
    )


def test_an_unsettled_problem_reopens_the_case_and_opens_no_second_one(
    visiting: Company, cases: Cases, clock: MovableClock
) -> None:
    case, visit = revisit_of(cases, clock)
    complete_visit(visiting.call("agent2"), visit.pk, answers={**GOOD, "product": 1})
    case.refresh_from_db()
    visit.refresh_from_db()
    assert (case.state, visit.state, Case.objects.count()) == ("reopened", "done", 1)


def test_a_revisit_that_reaches_nobody_tells_the_case_and_is_not_replaced(
    visiting: Company, cases: Cases, clock: MovableClock
) -> None:
    case, visit = revisit_of(cases, clock)
    log_attempt(visiting.call("agent2"), visit.pk, line="powered_off")
    case.refresh_from_db()
    assert (case.state, case.revisit) == ("revisit", "unreached")
    assert not ProcrastinateJob.objects.filter(task_name="visits.draw_replacement").exists()


def test_answers_about_a_case_closed_by_hand_are_kept(visiting: Company, cases: Cases, clock: MovableClock) -> None:
    case, visit = revisit_of(cases, clock)
    Case.objects.filter(pk=case.pk).update(state="closed")
    complete_visit(visiting.call("agent2"), visit.pk, answers=GOOD)
    visit.refresh_from_db()
    assert visit.state == "done"


def link_for(visit: Visit) -> str:
    asking = ask(system_call(), questionnaire="service", subject=visit, customer=visit.customer_id)
    assert asking.token
    return asking.token


def stranger() -> Call:
    return Call(NOBODY, system_call().now)


def test_answers_by_link_end_the_visit(visiting: Company, visit_for: Callable) -> None:
    visit = visit_for()
    answer_by_link(stranger(), link_for(visit), answers={**GOOD, "emotion": "satisfied", "need": "滤芯"})
    visit.refresh_from_db()
    assert (visit.state, visit.way) == ("done", "self")
    record = VisitRecord.objects.get()
    assert (record.needs, record.emotion, record.late, record.author) == ("滤芯", "satisfied", False, None)


def test_partial_answers_by_link_keep_the_visit_open_but_a_low_score_opens_a_case_at_once(
    visiting: Company, visit_for: Callable
) -> None:
    visit = visit_for()
    answer_by_link(stranger(), link_for(visit), answers={"product": 1, "product.why": "漏水"}, partial=True)
    answer_by_link(stranger(), link_for(visit), answers={"product": 1, "product.why": "漏水"}, partial=True)
    visit.refresh_from_db()
    case = Case.objects.get()
    assert (visit.state, visit.found_case) == ("planned", case)
    assert (case.channel, case.topic) == ("questionnaire", "product")
    assert "漏水" in case.description
