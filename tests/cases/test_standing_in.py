"""Cases find another owner while theirs is away, and when he leaves (ORG-4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huiyin.cases.actions.assign import assign_case
from huiyin.cases.actions.save_routing import save_routing
from huiyin.cases.models import Case, CaseNote, CaseWatcher
from huiyin.cases.queries.absences import load_of
from huiyin.channels.models import StaffNotice
from huiyin.foundation.calls import system_call
from huiyin.kernel.refusal import Conflict
from huiyin.organisation.actions.leave import add_leave, cancel_leave
from huiyin.organisation.actions.leave_company import deactivate_person
from huiyin.organisation.actions.tell_absences import tell_absences
from huiyin.organisation.models import Leave
from huiyin.organisation.public import Staff
from huiyin.promises.public import Promise
from tests.cases.conftest import Cases
from tests.conftest import Company, MovableClock

FIRST, LAST = date(2026, 9, 28), date(2026, 10, 16)
UNSETTLED = ("open", "paused")


def away(company: Company, stand_in: str = "", who: str = "agent", first: date = FIRST) -> Leave:
    other = company.staff[stand_in].pk if stand_in else None
    call = company.call("administrator")
    return add_leave(call, company.staff[who].pk, first_day=first, last_day=LAST, stand_in_id=other)


def owned(cases: Cases, count: int = 1) -> list[Case]:
    """Cases that ``agent`` owns in the department of service."""
    made = [cases.open() for _n in range(count)]
    ids = [case.pk for case in made]
    agent, service = cases.company.staff["agent"], cases.company.departments["service"]
    Case.objects.filter(pk__in=ids).update(owner=agent, department=service)
    Promise.objects.filter(subject="cases.case", subject_id__in=ids).update(owner=agent, department=service)
    StaffNotice.objects.all().delete()
    return list(Case.objects.filter(pk__in=ids).order_by("pk"))


def owners(cases: list[Case]) -> list[str | None]:
    return list(
        Case.objects.filter(pk__in=[case.pk for case in cases]).order_by("pk").values_list("owner__name", flat=True)
    )


def owes(cases: list[Case]) -> set[str | None]:
    rows = Promise.objects.filter(subject="cases.case", subject_id__in=[case.pk for case in cases], state__in=UNSETTLED)
    return set(rows.values_list("owner__name", flat=True))


def told(who: Staff) -> list[str]:
    return [row.text % row.params for row in StaffNotice.objects.filter(staff=who).order_by("pk")]


def test_open_cases_go_to_the_stand_in_once_with_their_promises_and_one_notice(cases: Cases) -> None:
    company, mine = cases.company, owned(cases, 3)
    away(company, "agent2")
    tell_absences(system_call())
    tell_absences(system_call())
    assert (owners(mine), owes(mine)) == (["agent2"] * 3, {"agent2"})
    assert told(company.staff["agent2"]) == ["agent is away; 3 cases are yours now."]
    assert told(company.staff["service_manager"]) == [
        "agent is away until 2026-10-16; of 3 cases with colleagues, 3 fall due by then."
    ]
    assert CaseWatcher.objects.filter(staff=company.staff["agent"], why="away").count() == 3
    assert CaseNote.objects.filter(text__contains="2026-10-16").count() == 3


@pytest.mark.parametrize("stand_in", ["", "agent2"])
def test_without_a_present_stand_in_cases_wait_in_their_department(cases: Cases, stand_in: str) -> None:
    mine = owned(cases, 2)
    away(cases.company, stand_in)
    if stand_in:
        Leave.objects.create(staff=cases.company.staff[stand_in], first_day=FIRST, last_day=FIRST)
    tell_absences(system_call())
    assert (owners(mine), owes(mine)) == ([None, None], {None})
    assert told(cases.company.staff["service_manager"]) == [
        "agent is away until 2026-10-16; of 2 cases that nobody has, 2 fall due by then."
    ]


def test_what_needs_nobody_meanwhile_stays_until_the_customer_writes(cases: Cases) -> None:
    [quiet, ended] = owned(cases, 2)
    Case.objects.filter(pk=quiet.pk).update(due_at="2026-12-01T00:00:00Z", unanswered_since=None)
    Case.objects.filter(pk=ended.pk).update(state="closed")
    away(cases.company, "agent2")
    tell_absences(system_call())
    assert owners([quiet, ended]) == ["agent", "agent"]
    Case.objects.filter(pk=quiet.pk).update(unanswered_since="2026-09-28T00:00:00Z")
    tell_absences(system_call())
    assert owners([quiet, ended]) == ["agent2", "agent"]


def test_a_case_given_by_hand_stays_and_nothing_comes_back(cases: Cases, clock: MovableClock) -> None:
    [first, second] = owned(cases, 2)
    away(cases.company, "agent2")
    call = cases.company.call("service_manager")
    assign_case(call, first.pk, staff_id=cases.company.staff["quality"].pk)
    tell_absences(system_call())
    clock.set("2026-10-19 09:00")
    tell_absences(system_call())
    assert owners([first, second]) == ["quality", "agent2"]


def test_a_leave_taken_back_before_it_begins_moves_nothing(cases: Cases, clock: MovableClock) -> None:
    mine = owned(cases)
    leave = away(cases.company, "agent2", first=date(2026, 9, 30))
    tell_absences(system_call())
    cancel_leave(cases.company.call("administrator"), leave.pk)
    clock.set("2026-09-30 09:00")
    tell_absences(system_call())
    assert owners(mine) == ["agent"]


def test_who_leaves_the_company_leaves_the_cases_to_the_successor(cases: Cases) -> None:
    company, mine = cases.company, owned(cases, 2)
    Promise.objects.all().delete()
    call, agent = company.call("administrator"), company.staff["agent"]
    with pytest.raises(Conflict) as refused:
        deactivate_person(call, agent.pk)
    assert str(refused.value) == "2 cases are still open. Choose somebody who takes them over."
    agent.refresh_from_db()
    assert (agent.is_active, owners(mine)) == (True, ["agent", "agent"])
    deactivate_person(call, agent.pk, successor_id=company.staff["agent2"].pk)
    assert owners(mine) == ["agent2", "agent2"]
    assert told(company.staff["agent2"]) == ["A colleague has left; 2 cases are yours now."]


def test_many_cases_cost_as_many_statements_as_few(cases: Cases) -> None:
    def cost(count: int) -> int:
        owned(cases, count)
        with CaptureQueriesContext(connection) as caught:
            tell_absences(system_call())
        return len(caught)

    away(cases.company, "agent2")
    cost(1)
    assert cost(2) == cost(12)


def test_routing_finds_a_colleague_of_the_department_where_there_is_no_stand_in(cases: Cases) -> None:
    company, agent = cases.company, cases.company.staff["agent"]
    by_turn = {"name": "轮流", "name_en": "", "condition": {}, "department": "service", "who": "turn", "skill": ""}
    mine = owned(cases, 4)
    save_routing(company.call("director"), [by_turn], effective_from=FIRST, reason="轮流")
    away(company)
    tell_absences(system_call())
    assert owners(mine) == ["agent2"] * 4
    assert agent.name not in owes(mine)


def test_a_stand_in_who_does_not_work_on_cases_gets_none(cases: Cases) -> None:
    mine = owned(cases)
    away(cases.company, "auditor")
    tell_absences(system_call())
    assert (owners(mine), told(cases.company.staff["auditor"])) == ([None], [])


def test_a_stand_in_of_another_department_takes_the_case_and_the_department_stays(cases: Cases) -> None:
    [mine] = owned(cases)
    away(cases.company, "engineer")
    tell_absences(system_call())
    mine.refresh_from_db()
    assert (owners([mine]), mine.department) == (["engineer"], cases.company.departments["service"])
    assert Case.objects.in_area_of(cases.company.actor("engineer")).filter(pk=mine.pk).exists()


def test_the_persons_page_says_how_many_cases_need_somebody_meanwhile(
    cases: Cases, sign_in: Callable[[str], Client]
) -> None:
    [_due, later] = owned(cases, 2)
    Case.objects.filter(pk=later.pk).update(due_at="2026-12-01T00:00:00Z", unanswered_since=None)
    away(cases.company, "agent2")
    agent = cases.company.staff["agent"]
    load = load_of(agent.pk, FIRST)
    assert (load.live, [each.in_need for each in load.away]) == (2, [1])
    address = f"/organisation/people/{agent.pk}/"
    assert "1 个需要他人处理" in sign_in("director").get(address).content.decode()
    assert "需要他人处理" not in sign_in("agent").get(address).content.decode()


@pytest.mark.parametrize(("stand_in", "holder"), [("agent2", "agent2"), ("", "agent")])
def test_a_case_of_no_department_goes_to_a_stand_in_only(cases: Cases, stand_in: str, holder: str) -> None:
    mine = owned(cases)
    Case.objects.update(department=None, store=None)
    away(cases.company, stand_in)
    tell_absences(system_call())
    assert owners(mine) == [holder]
