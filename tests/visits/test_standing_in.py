"""Work finds other hands while its owner is away, and stays there (ORG-4); plans keep to shifts (VIS-16)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from huiyin.channels.models import StaffNotice
from huiyin.foundation.calls import system_call
from huiyin.organisation.actions.leave import add_leave
from huiyin.organisation.actions.shifts import save_week
from huiyin.organisation.actions.tell_absences import tell_absences
from huiyin.organisation.public import Staff
from huiyin.promises.public import Promise, make_promise
from huiyin.visits.actions.agree_visit import agree_visit
from huiyin.visits.models import PlanChoice, Visit
from huiyin.visits.public import draw_due, plan_week
from huiyin.working_time.public import Span, Unit
from tests.conftest import Company, MovableClock
from tests.visits.conftest import shanghai

TODAY, FRIDAY = date(2026, 9, 15), date(2026, 9, 18)


def away(company: Company, stand_in: str = "") -> None:
    """``agent`` is ill until Friday."""
    other = company.staff[stand_in].pk if stand_in else None
    call = company.call("administrator")
    add_leave(call, company.staff["agent"].pk, first_day=TODAY, last_day=FRIDAY, stand_in_id=other)


def told(who: Staff) -> list[str]:
    return [row.text % row.params for row in StaffNotice.objects.filter(staff=who).order_by("pk")]


@pytest.fixture
def owed(visiting: Company, buyer: Callable[..., Any]) -> Visit:
    """A visit agreed for tomorrow that ``agent`` has."""
    visit = agree_visit(visiting.call("agent"), buyer(days=40).customer_id, kind="agreed", on=date(2026, 9, 16))
    visit.agent = visiting.staff["agent"]
    visit.save()
    Promise.objects.filter(subject_id=visit.pk, kind="visit.call").update(owner=visit.agent)
    return visit


def test_owed_and_planned_visits_go_to_the_stand_in_and_stay(
    visiting: Company, owed: Visit, visit_for: Callable[..., Visit], clock: MovableClock
) -> None:
    drawn = visit_for("agent")
    begun = visit_for("agent")
    Visit.objects.filter(pk=begun.pk).update(state="in_progress")
    window = owed.window_start
    away(visiting, "agent2")
    tell_absences(system_call())
    tell_absences(system_call())
    for visit in (owed, drawn, begun):
        visit.refresh_from_db()
    assert [visit.agent.name for visit in (owed, drawn, begun) if visit.agent] == ["agent2", "agent2", "agent"]
    assert (owed.window_start, owed.state) == (window, "planned")
    assert Promise.objects.get(subject_id=owed.pk, kind="visit.call").owner == visiting.staff["agent2"]
    assert told(visiting.staff["agent2"]) == ["agent is away; 2 visits are yours now."]
    clock.set("2026-09-21 09:00")
    tell_absences(system_call())
    owed.refresh_from_db()
    assert owed.agent == visiting.staff["agent2"], "whoever took it keeps it"


def test_without_a_stand_in_owed_visits_go_back_to_the_pool_and_drawn_ones_wait_for_the_plan(
    visiting: Company, owed: Visit, visit_for: Callable[..., Visit]
) -> None:
    drawn = visit_for("agent")
    away(visiting)
    tell_absences(system_call())
    owed.refresh_from_db()
    drawn.refresh_from_db()
    assert (owed.agent, owed.state, owed.window_start) == (None, "due", None)
    assert (drawn.agent, drawn.state) == (visiting.staff["agent"], "planned")
    assert Visit.objects.in_pool().get() == owed  # type: ignore[attr-defined]
    assert Promise.objects.get(subject_id=owed.pk, kind="visit.call").owner is None
    assert told(visiting.staff["service_manager"]) == ["agent is away; 1 visits are back in the pool."]


def test_who_handled_the_case_does_not_stand_in_for_its_revisit(visiting: Company, owed: Visit) -> None:
    owed.not_agent = visiting.staff["agent2"]
    owed.save()
    away(visiting, "agent2")
    tell_absences(system_call())
    owed.refresh_from_db()
    assert owed.agent is None


def test_other_promises_due_meanwhile_change_hands_and_later_ones_do_not(
    visiting: Company, buyer: Callable[..., Any]
) -> None:
    subject, service = buyer(days=3), visiting.departments["service"].pk

    def owes(kind: str, days: int, department: int | None = service) -> Promise:
        owner = visiting.staff["agent"].pk
        return make_promise(
            system_call(),
            kind=kind,
            subject=subject,
            span=Span(days, Unit.DAYS),
            title=kind,
            owner=owner,
            department=department,
        )

    now, later, own = owes("case.task", 2), owes("spare_parts.bring", 9), owes("visit.answer_owed", 2, None)
    away(visiting)
    tell_absences(system_call())
    owners = [Promise.objects.get(pk=each.pk).owner for each in (now, later, own)]
    assert owners == [None, visiting.staff["agent"], visiting.staff["agent"]]
    assert told(visiting.staff["service_manager"]) == ["agent is away; 1 promises are yours now."]
    Promise.objects.filter(pk=now.pk).update(owner=visiting.staff["agent"])
    visiting.staff["agent"].leave.update(stand_in=visiting.staff["quality"])
    tell_absences(system_call())
    owners = [Promise.objects.get(pk=each.pk).owner for each in (now, later, own)]
    assert owners == [visiting.staff["quality"], visiting.staff["agent"], visiting.staff["quality"]]


def test_the_plan_keeps_to_shifts(visiting: Company, buyer: Callable[..., Any]) -> None:
    for _count in range(30):
        buyer(days=8)
    draw_due(system_call())
    call = visiting.call("director")
    save_week(call, visiting.staff["agent"].pk, week=["8:30-12:00"] * 5 + ["", ""])
    save_week(call, visiting.staff["agent2"].pk, week=["", "", "13:00-18:00", "13:00-16:00", "", "", ""])
    drawn = plan_week(system_call(), date(2026, 9, 14), seed=1)
    chosen = PlanChoice.objects.filter(plan=drawn, chosen=True).select_related("agent")
    spots = {(each.agent.name if each.agent else "", shanghai(each.window_start)[:13]) for each in chosen}
    assert spots, "somebody is planned"
    assert {hour[-2:] for who, hour in spots if who == "agent"} == {"10"}
    assert {hour for who, hour in spots if who == "agent2"} <= {"2026-09-16 14"}
