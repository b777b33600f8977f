"""A plan as steps with their people: tasks, promises, versions, what the customer reads of it (CAS-8)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from huiyin.cases.actions.finish import finish_work
from huiyin.cases.actions.plan import plan_case
from huiyin.cases.actions.start import start_work
from huiyin.cases.actions.tasks import finish_task
from huiyin.cases.actions.wait import wait_for
from huiyin.cases.models import Case, CasePlan, CaseTask
from huiyin.cases.queries.plans import versions_told
from huiyin.cases.queries.tasks import end_of
from huiyin.cases.rules.plan import PlanStep, changes, makes_tasks, steps_in, told, total, wrong_with
from huiyin.cases.rules.plan import PlanVersion as Version
from huiyin.foundation.forms import say
from huiyin.kernel.refusal import Conflict, Invalid, NotFound
from huiyin.promises.public import Promise
from huiyin.working_time.public import calendar_of
from tests.cases.conftest import Cases, owed
from tests.conftest import SHANGHAI, Company, MovableClock

DUE = datetime(2026, 9, 30, 18, tzinfo=SHANGHAI)
TODAY, LAST = date(2026, 9, 28), date(2026, 9, 30)


def three(company: Company) -> list[PlanStep]:
    """Order the part (internal), replace it, test with the customer."""
    agent, engineer = company.staff["agent"].pk, company.staff["engineer"].pk
    return [
        PlanStep("订购压缩机", agent, due_on=date(2026, 9, 28), internal=True, risk="供货可能延迟"),
        PlanStep("上门更换压缩机", engineer, due_on=date(2026, 9, 29), cost=Decimal(300), result="恢复制冷"),
        PlanStep("与客户一起试机", engineer, cost=Decimal(80)),
    ]


def planned(cases: Cases, **more: object) -> tuple[Case, CasePlan]:
    case = cases.until("verify")
    plan = plan_case(cases.company.call("agent"), case.pk, **({"steps": three(cases.company), "due_at": DUE} | more))
    case.refresh_from_db()
    return case, plan


def started(cases: Cases) -> Case:
    case, _plan = planned(cases)
    for verb in ("send_plan", "confirm", "start"):
        cases.step(case, verb)
    return case


def test_a_plan_keeps_its_steps_adds_up_the_cost_and_tells_no_internal_step(cases: Cases, company: Company) -> None:
    case, plan = planned(cases)
    assert (plan.cost, plan.steps) == (Decimal(380), "1. 上门更换压缩机\n2. 与客户一起试机")
    rows = plan.rows.order_by("position")
    assert [(row.position, row.text, row.person, row.department, row.due_on, row.cost) for row in rows] == [
        (1, "订购压缩机", company.staff["agent"], company.departments["service"], date(2026, 9, 28), Decimal(0)),
        (2, "上门更换压缩机", company.staff["engineer"], company.departments["technical"], date(2026, 9, 29), 300),
        (3, "与客户一起试机", company.staff["engineer"], company.departments["technical"], None, Decimal(80)),
    ]
    assert (case.planned_at, case.tasks.count()) == (DUE, 0)


def test_steps_become_tasks_with_owner_and_promise_when_work_starts(cases: Cases, company: Company) -> None:
    case = started(cases)
    tasks = list(case.tasks.order_by("pk"))
    assert [(task.title, task.person, task.due_on) for task in tasks] == [
        ("订购压缩机", company.staff["agent"], date(2026, 9, 28)),
        ("上门更换压缩机", company.staff["engineer"], date(2026, 9, 29)),
        ("与客户一起试机", company.staff["engineer"], date(2026, 9, 30)),
    ]
    promised = Promise.objects.filter(subject="cases.casetask").order_by("subject_id")
    assert [
        (each.subject_id, each.owner_id, each.due_at.astimezone(SHANGHAI).strftime("%m-%d %H:%M")) for each in promised
    ] == [
        (tasks[0].pk, tasks[0].person_id, "09-28 18:00"),
        (tasks[1].pk, tasks[1].person_id, "09-29 18:00"),
        (tasks[2].pk, tasks[2].person_id, "09-30 18:00"),
    ]
    assert Case.objects.visible_to(company.actor("engineer")).filter(pk=case.pk).exists()


def test_a_step_done_keeps_its_promise_and_all_done_lets_the_work_be_finished(
    cases: Cases, company: Company, clock: MovableClock
) -> None:
    case = started(cases)
    clock.set("2026-09-28 17:00")
    first, second, third = case.tasks.order_by("pk")
    finish_task(company.call("agent"), case.pk, task_id=first.pk)
    assert Promise.objects.get(subject="cases.casetask", subject_id=first.pk).margin == timedelta(hours=1)
    with pytest.raises(Conflict, match="still open"):
        finish_work(company.call("agent"), case.pk, test="正常")
    for task in (second, third):
        finish_task(company.call("engineer"), case.pk, task_id=task.pk)
    finish_work(company.call("agent"), case.pk, test="正常")
    case.refresh_from_db()
    assert (case.state, case.finished_at) == ("done", clock.now)
    assert set(Promise.objects.filter(subject="cases.casetask").values_list("state", flat=True)) == {"kept"}


def test_one_step_by_the_handler_is_the_cases_own_work(cases: Cases) -> None:
    case = cases.until("start")
    assert (case.tasks.count(), "task" in owed(case)) == (0, False)


def test_a_new_version_keeps_the_old_drops_its_open_tasks_and_does_nothing_twice(
    cases: Cases, company: Company
) -> None:
    case = started(cases)
    first, second, _third = case.tasks.order_by("pk")
    finish_task(company.call("agent"), case.pk, task_id=first.pk)
    changed = [*three(company)[:1], PlanStep("更换整机", company.staff["engineer"].pk)]
    plan_case(company.call("agent"), case.pk, steps=changed, due_at=DUE + timedelta(days=1), reason="压缩机停产")
    second.refresh_from_db()
    assert (second.dropped, Promise.objects.get(subject="cases.casetask", subject_id=second.pk).state) == (
        True,
        "cancelled",
    )
    start_work(company.call("agent"), case.pk)
    fresh = case.tasks.filter(step__plan__version=2)
    assert list(fresh.values_list("title", flat=True)) == ["更换整机"]
    assert [plan.version for plan in case.plans.order_by("version")] == [1, 2]
    newest, oldest = versions_told(case)
    assert (newest.plan.why, oldest.changes) == ("压缩机停产", [])
    assert newest.changes == [
        "不再安排：上门更换压缩机",
        "不再安排：与客户一起试机",
        "新增：更换整机",
        "完成时间由 2026-09-30 18:00 改为 2026-10-01 18:00",
        "由您承担的费用由 380.00 元改为 0.00 元",
    ]


def test_tasks_wait_with_the_case_and_go_with_it(cases: Cases, company: Company) -> None:
    case = started(cases)
    wait_for(company.call("agent"), case.pk, waiting_for="customer", reason="等客户开门")
    about = Promise.objects.filter(subject="cases.casetask")
    assert set(about.values_list("state", flat=True)) == {"paused"}
    cases.step(case, "resume")
    assert set(about.values_list("state", flat=True)) == {"open"}
    cases.step(case, "cancel", by="technical_head")
    assert set(about.values_list("state", flat=True)) == {"cancelled"}
    assert set(CaseTask.objects.values_list("dropped", flat=True)) == {True}


WRONG = {
    "nothing": ([], "Say what will be done."),
    "no words": ([PlanStep("  ")], "Say what will be done."),
    "all internal": ([PlanStep("a", internal=True)], "at least one step"),
    "negative": ([PlanStep("a", cost=Decimal(-1))], "cannot be negative"),
    "hidden cost": ([PlanStep("a"), PlanStep("b", cost=Decimal(1), internal=True)], "cannot be internal"),
    "yesterday": ([PlanStep("a", due_on=date(2026, 9, 27))], "between today"),
    "too late": ([PlanStep("a", due_on=date(2026, 10, 1))], "between today"),
    "too many": ([PlanStep("a")] * 31, "at most 30"),
}


@pytest.mark.parametrize("case", WRONG)
def test_steps_that_make_no_sense_say_why(case: str) -> None:
    steps, why = WRONG[case]
    found = wrong_with(steps, TODAY, LAST)
    assert found is not None
    assert why in found.text % {"most": 30, "place": 1, "day": ""}


def test_a_step_for_nobody_at_work_and_a_sum_that_is_wrong_are_refused(cases: Cases, company: Company) -> None:
    case = cases.until("verify")
    call = company.call("agent")
    with pytest.raises(Invalid) as nobody:
        plan_case(call, case.pk, steps=[PlanStep("a", person_id=0)], due_at=DUE)
    with pytest.raises(Invalid) as added:
        plan_case(call, case.pk, steps=three(company), due_at=DUE, cost=Decimal(100))
    assert (set(nobody.value.fields), set(added.value.fields), CasePlan.objects.count()) == ({"steps"}, {"cost"}, 0)


steps = st.builds(
    PlanStep,
    what=st.sampled_from(["a", "b", "c", "d"]),
    cost=st.decimals(0, 1000, places=2),
    internal=st.booleans(),
)


@given(st.lists(steps, min_size=1, max_size=6))
def test_the_customer_reads_every_step_that_is_not_internal_and_no_other(rows: list[PlanStep]) -> None:
    said = told(rows)
    assert len(said.split("\n")) == max(1, sum(not row.internal for row in rows))
    assert all(row.what in said for row in rows if not row.internal)


@given(st.lists(steps, max_size=5), st.lists(steps, max_size=5))
def test_versions_differ_only_where_the_customer_reads_something_else(one: list[PlanStep], two: list[PlanStep]):
    def version(rows: list[PlanStep]) -> Version:
        return Version(tuple(rows), DUE, total(rows))

    assert changes(version(one), version(one), SHANGHAI) == []
    heard = changes(version(one), version(two), SHANGHAI)
    same = {row.what for row in one if not row.internal} == {row.what for row in two if not row.internal}
    assert (heard == []) == (same and total(one) == total(two))


@pytest.mark.django_db
def test_a_day_ends_with_its_work_and_a_day_off_at_midnight() -> None:
    hours = calendar_of("standard")
    assert end_of(hours, date(2026, 9, 28)) == datetime(2026, 9, 28, 10, tzinfo=UTC)
    assert end_of(hours, date(2026, 10, 3)) == datetime(2026, 10, 3, 16, tzinfo=UTC)


def test_text_is_one_step_a_line_with_the_cost_on_the_first() -> None:
    assert steps_in(" a \n\n b", Decimal(5)) == [PlanStep("a", cost=Decimal(5)), PlanStep("b")]
    assert (makes_tasks([PlanStep("a")], 1), makes_tasks([PlanStep("a", 2)], 1)) == (False, True)
    assert replace(PlanStep("a"), internal=True).internal


def test_the_form_plans_several_steps_and_keeps_what_was_typed_when_refused(
    cases: Cases, company: Company, sign_in: Callable[[str], Client]
) -> None:
    case, client = cases.until("verify"), sign_in("agent")
    given_ = {
        "steps": "上门更换压缩机",
        "person": company.staff["engineer"].pk,
        "due_on": "2026-09-29",
        "cost": "300",
        "steps_2": "试机",
        "cost_2": "80",
        "risk_of_2": "内部风险",
        "due_at": "2026-09-30T18:00",
    }
    refused = client.post(f"/cases/{case.pk}/plan/", {**given_, "due_on": "2026-10-09"})
    assert (refused.status_code, "上门更换压缩机" in refused.content.decode()) == (422, True)
    assert "需在今天与方案完成日之间" in refused.content.decode()
    assert client.post(f"/cases/{case.pk}/plan/", given_).status_code == 302
    plan = CasePlan.objects.get()
    assert (plan.cost, plan.rows.count(), plan.rows.get(position=2).risk) == (Decimal(380), 2, "内部风险")
    page = client.get(f"/cases/{case.pk}/").content.decode()
    assert "内部风险" in page
    again = client.get(f"/cases/{case.pk}/plan/").content.decode()
    assert "上门更换压缩机" in again
    assert 'name="reason"' in again


def test_a_task_leads_to_its_case_for_who_may_see_it(
    cases: Cases, company: Company, sign_in: Callable[[str], Client]
) -> None:
    case = started(cases)
    task = case.tasks.first()
    assert task is not None
    assert sign_in("engineer").get(f"/cases/tasks/{task.pk}/")["Location"] == f"/cases/{case.pk}/#tasks"
    assert sign_in("rnd_head").get(f"/cases/tasks/{task.pk}/").status_code == 404
    assert sign_in("rnd_head").get(f"/cases/{case.pk}/plans/").status_code == 404
    assert "第 1 版" in sign_in("auditor").get(f"/cases/{case.pk}/plans/").content.decode()
    with pytest.raises(NotFound):
        finish_task(company.call("rnd_head"), case.pk, task_id=task.pk)


def test_what_a_version_changes_is_said_in_whole_sentences() -> None:
    one = Version((PlanStep("a"),), DUE, Decimal(0))
    two = Version((PlanStep("a"),), DUE, Decimal(0), risk="停电一小时")
    assert [say(each) for each in changes(one, two, SHANGHAI)] == ["请注意：停电一小时"]
