"""Spare parts of a case: reserved, missing and waited for, used or given back before the work is finished (CAS-9)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from huiyin.cases.actions.parts import need_part
from huiyin.cases.actions.tasks import add_task, finish_task
from huiyin.cases.actions.wait import wait_for
from huiyin.cases.models import Case, CaseStage, CaseTask
from huiyin.kernel.refusal import Conflict, NotFound
from huiyin.promises.public import Promise
from huiyin.spare_parts.public import (
    Need,
    Part,
    Place,
    give_back_parts,
    issue_parts,
    receive_parts,
    save_part,
    save_place,
    use_parts,
)
from tests.cases.conftest import Cases

pytestmark = pytest.mark.django_db


@pytest.fixture
def part(cases: Cases) -> tuple[Part, Place]:
    call = cases.company.call("director")
    return save_part(call, number="YSJ-12", name="压缩机"), save_place(call, code="W1", name="中心库")


def come_in(cases: Cases, part: tuple[Part, Place], quantity: int) -> None:
    receive_parts(
        cases.company.call("service_manager"), place_id=part[1].pk, part_id=part[0].pk, quantity=Decimal(quantity)
    )


def want(cases: Cases, case: Case, part: tuple[Part, Place], quantity: int, by: str = "agent") -> Need:
    return need_part(
        cases.company.call(by), case.pk, part_id=part[0].pk, place_id=part[1].pk, quantity=Decimal(quantity)
    )


def test_a_case_waits_for_a_missing_part_and_goes_on_when_all_are_there(cases: Cases, part: tuple[Part, Place]) -> None:
    case = cases.open()
    cases.until("start", case)
    come_in(cases, part, 1)
    want(cases, case, part, 3)
    case.refresh_from_db()
    assert (case.state, case.waiting_for, case.returns_to) == ("waiting", "part", "executing")
    owed = Promise.objects.get(kind="spare_parts.bring")
    assert owed.title == f"YSJ-12 压缩机 × 2 · {case.number}"
    come_in(cases, part, 1)
    case.refresh_from_db()
    assert case.state == "waiting", "one is still missing"
    come_in(cases, part, 1)
    case.refresh_from_db()
    owed.refresh_from_db()
    assert (case.state, case.waiting_for, owed.state) == ("executing", "", "kept")
    assert list(CaseStage.objects.filter(case=case).order_by("-id").values_list("verb", "reason")[:2]) == [
        ("resume", "YSJ-12"),
        ("wait", "YSJ-12 压缩机"),
    ]


def test_before_the_customer_agreed_a_missing_part_holds_nothing_up(cases: Cases, part: tuple[Part, Place]) -> None:
    case = cases.open()
    cases.until("plan", case)
    want(cases, case, part, 1)
    case.refresh_from_db()
    assert case.state == "planned"
    assert Promise.objects.filter(kind="spare_parts.bring", state="open").count() == 1


def test_a_wait_for_the_customer_is_not_ended_by_a_part(cases: Cases, part: tuple[Part, Place]) -> None:
    case = cases.open()
    cases.until("start", case)
    wait_for(cases.company.call("agent"), case.pk, waiting_for="customer", reason="客户外出")
    want(cases, case, part, 1)
    come_in(cases, part, 1)
    case.refresh_from_db()
    assert (case.state, case.waiting_for) == ("waiting", "customer")


def test_work_is_not_finished_while_a_part_is_out(cases: Cases, part: tuple[Part, Place]) -> None:
    case = cases.open()
    cases.until("start", case)
    come_in(cases, part, 2)
    need = want(cases, case, part, 2)
    for step in (lambda: None, lambda: issue_parts(cases.company.call("service_manager"), need.pk)):
        step()
        with pytest.raises(Conflict, match="1 spare parts are not accounted for"):
            cases.step(case, "finish")
    use_parts(cases.company.call("service_manager"), need.pk, quantity=Decimal(1))
    with pytest.raises(Conflict):
        cases.step(case, "finish")
    give_back_parts(cases.company.call("service_manager"), need.pk)
    cases.step(case, "finish")
    case.refresh_from_db()
    assert case.state == "done"
    with pytest.raises(Conflict):
        want(cases, case, part, 1)


def test_parts_are_reserved_for_cases_of_the_own_area(cases: Cases, part: tuple[Part, Place]) -> None:
    case = cases.open()
    with pytest.raises(NotFound):
        want(cases, case, part, 1, by="agent2")
    assert Need.objects.count() == 0


def test_a_task_is_done_with_what_shows_it(cases: Cases) -> None:
    case = cases.open()
    task = add_task(cases.company.call("agent"), case.pk, title="寄回旧件", kind="papers")
    finish_task(cases.company.call("agent"), case.pk, task_id=task.pk, evidence="快递单 SF1234")
    done = CaseTask.objects.get(pk=task.pk)
    assert (done.kind, done.evidence, done.done_by_id) == (
        "papers",
        "快递单 SF1234",
        cases.company.staff["agent"].pk,
    )
