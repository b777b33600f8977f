"""Site visits from the appointment to the signed report (CAS-9, CAS-10)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from huiyin.cases.actions.arrange_stages import save_stage
from huiyin.cases.actions.parts import need_part
from huiyin.cases.models import Case, CaseStage, CaseTask
from huiyin.channels.models import OutgoingMessage, StaffNotice
from huiyin.field_service.actions.cancel_visit import cancel_visit
from huiyin.field_service.actions.log import write_down
from huiyin.field_service.actions.move_visit import ask_to_move, move_by_link, move_visit
from huiyin.field_service.actions.on_site import arrive, begin
from huiyin.field_service.actions.report import Words, save_report, sign_report
from huiyin.field_service.actions.reveal import reveal_visit
from huiyin.field_service.events import EngineerArrived
from huiyin.field_service.models import ServiceReport, SiteVisit
from huiyin.field_service.queries.offers import offers, slots_of
from huiyin.field_service.rules.checks import Answer, open_checks
from huiyin.field_service.rules.shipped import CHECKS
from huiyin.field_service.rules.slots import Slot, offered
from huiyin.field_service.signature import HEAD, signature_of
from huiyin.foundation.events import _listeners
from huiyin.foundation.models import ActEntry
from huiyin.kernel.actor import NOBODY
from huiyin.kernel.call import Call
from huiyin.kernel.refusal import Conflict, Forbidden, Invalid, NotFound
from huiyin.organisation.models import Leave
from huiyin.spare_parts.public import give_back_parts, issue_parts, use_parts
from tests.conftest import SHANGHAI
from tests.field_service.conftest import ALL_DONE, WORDS, Field, signature

pytestmark = pytest.mark.django_db


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def test_offered_times_lie_in_working_time_and_leave_the_way_between() -> None:
    day = [Slot(at("2026-09-29 09:00"), at("2026-09-29 12:00")), Slot(at("2026-09-29 13:00"), at("2026-09-29 18:00"))]
    busy = [Slot(at("2026-09-29 13:00"), at("2026-09-29 14:00"))]
    hour = timedelta(hours=1)
    found = offered(day, busy, earliest=at("2026-09-29 09:30"), length=2 * hour, step=hour, gap=timedelta(minutes=30))
    assert [f"{slot.start:%H:%M}" for slot in found] == ["10:00", "15:00", "16:00"]


def test_an_appointment_makes_a_task_and_tells_engineer_and_customer(field: Field) -> None:
    visit = field.plan(purpose="更换压缩机")
    task = CaseTask.objects.get(pk=visit.task_id)
    engineer = field.cases.company.staff["engineer"]
    assert (visit.number, visit.area, visit.told_way) == (f"{field.case.number}-1", "上海市徐汇区", "email")
    assert (task.kind, task.person_id, task.due_on) == ("site_visit", engineer.pk, date(2026, 9, 29))
    assert (visit.end_at - visit.start_at) == timedelta(minutes=120)
    told = OutgoingMessage.objects.get(about="field_service.sitevisit")
    assert "2026-09-29 10:00" in told.text
    assert f"/sv/{visit.token}/" in told.text
    assert StaffNotice.objects.filter(staff=engineer, page="site-visit").count() == 1
    assert Case.objects.visible_to(field.cases.company.actor("engineer")).filter(pk=field.case.pk).exists()


def test_nobody_is_at_two_places_at_once(field: Field) -> None:
    field.plan("2026-09-29 10:00")
    with pytest.raises(Conflict, match="already has an appointment"):
        field.plan("2026-09-29 11:00")
    later = field.plan("2026-09-29 13:00")
    with pytest.raises(Conflict):
        move_visit(field.call("agent"), later.pk, start_at=at("2026-09-29 11:30"), reason="客户要求")
    assert SiteVisit.objects.count() == 2
    assert CaseTask.objects.filter(kind="site_visit").count() == 2
    first = offers(field.case, field.clock.now, most=99)[0]
    starts = [f"{slot.start.astimezone(SHANGHAI):%m-%d %H:%M}" for slot in first.slots if slot.start.day == 29]
    assert starts == ["09-29 16:00"], "between 12:30 and 12:30 there is no two hours, from 15:30 on there is"


def test_an_engineer_on_leave_or_off_duty_is_not_booked(field: Field) -> None:
    Leave.objects.create(
        staff=field.cases.company.staff["engineer"], first_day=date(2026, 9, 29), last_day=date(2026, 9, 30)
    )
    with pytest.raises(Invalid) as refused:
        field.plan()
    assert "start_at" in refused.value.fields
    with pytest.raises(Invalid):
        field.plan("2026-09-27 10:00")
    slots = offers(field.case, field.clock.now, most=99)[0].slots
    assert {slot.start.astimezone(SHANGHAI).date() for slot in slots} == {date(2026, 9, 28)}, "then the holiday begins"


def test_arrival_is_told_and_the_work_does_not_begin_before_the_checks(field: Field) -> None:
    heard: list[Any] = []
    _listeners[EngineerArrived].append(lambda _call, event: heard.append(event))
    visit = field.plan()
    field.clock.set("2026-09-29 10:02")
    with pytest.raises(Forbidden):
        arrive(field.call("technical_head"), visit.pk)
    arrive(field.call(), visit.pk)
    _listeners[EngineerArrived].pop()
    assert [(event.case_id, event.at) for event in heard] == [(field.case.pk, at("2026-09-29 10:02"))]
    with pytest.raises(Invalid) as refused:
        begin(field.call(), visit.pk, checks={"power": Answer("yes"), "gear": Answer("na"), "site": Answer("no")})
    assert set(refused.value.fields) == {"gear", "site", "backup", "agreed"}
    begin(field.call(), visit.pk, checks=ALL_DONE | {"backup": Answer("na", "机械设备无数据"), "agreed": Answer("no")})
    visit.refresh_from_db()
    assert (visit.state, visit.checks.count()) == ("working", 5)
    assert open_checks(CHECKS, ALL_DONE) == []


def test_the_signed_report_finishes_the_case_and_stays_as_it_is(field: Field) -> None:
    visit = field.working()
    field.receive(2)
    need = need_part(field.call(), field.case.pk, part_id=field.part.pk, place_id=field.place.pk, quantity=Decimal(2))
    issue_parts(field.call(), need.pk)
    with pytest.raises(Conflict, match="YSJ-12"):
        sign_report(field.call(), visit.pk, WORDS, signature())
    use_parts(field.call(), need.pk, quantity=Decimal(1))
    give_back_parts(field.call(), need.pk)
    field.clock.set("2026-09-29 11:40")
    report = sign_report(field.call(), visit.pk, WORDS, signature())
    visit.refresh_from_db()
    case = Case.objects.get(pk=field.case.pk)
    task = CaseTask.objects.get(pk=visit.task_id)
    assert (visit.state, case.state, visit.told_way) == ("done", "done", "email")
    assert task.done_at == at("2026-09-29 11:40")
    assert task.evidence == f"{visit.number} {report.digest[:12]}"
    assert report.sheet["parts"] == [["YSJ-12", "压缩机", "件", "1", "1"]]
    stage = CaseStage.objects.filter(case=case).latest("id")
    assert (stage.verb, stage.actor_id) == ("finish", field.cases.company.staff["engineer"].pk)
    with pytest.raises(Conflict):
        sign_report(field.call(), visit.pk, WORDS, signature())
    with pytest.raises(Conflict):
        save_report(field.call(), visit.pk, Words(found="改口"))
    assert ServiceReport.objects.get().found == "压缩机卡死"


def test_a_report_says_what_is_missing_and_keeps_a_draft(field: Field) -> None:
    visit = field.working()
    save_report(field.call(), visit.pk, Words(found="还在查"))
    with pytest.raises(Invalid) as refused:
        sign_report(field.call(), visit.pk, Words(found="还在查"), signature())
    assert set(refused.value.fields) == {"done", "test", "tested_with_customer"}
    assert ServiceReport.objects.get().found == "还在查"
    for empty in ("", "data:text/html;base64,PGI+", HEAD + "iVBORw0KGgo=", HEAD + "!!"):
        with pytest.raises(Invalid):
            signature_of(empty)


def test_another_open_task_keeps_the_case_at_work(field: Field) -> None:
    from huiyin.cases.actions.tasks import add_task

    visit = field.working()
    add_task(field.call("agent"), field.case.pk, title="寄发票")
    sign_report(field.call(), visit.pk, WORDS, signature())
    assert Case.objects.get(pk=field.case.pk).state == "executing"


def test_a_new_problem_on_site_opens_a_case_of_its_own(field: Field) -> None:
    visit = field.working()
    entry = write_down(field.call(), visit.pk, kind="problem", text="排水管老化渗水", opens_case=True)
    assert entry.opened is not None
    assert (entry.opened.source, entry.opened.source_id) == ("field_service.sitevisit", visit.pk)
    assert entry.opened.customer_id == field.case.customer_id
    assert field.case.notes.filter(text=f"{visit.number} · 排水管老化渗水").count() == 1


def test_the_customer_moves_the_appointment_by_link_and_both_are_told(field: Field) -> None:
    visit = field.plan()
    free = slots_of(visit, field.clock.now)
    nobody = Call(NOBODY, field.clock.now)
    moved = move_by_link(nobody, visit.token, start_at=free[-1].start)
    assert (moved.start_at, moved.moved_times) == (free[-1].start, 1)
    assert OutgoingMessage.objects.filter(about="field_service.sitevisit").count() == 2
    told = StaffNotice.objects.filter(page="site-visit", text__contains="was moved")
    people = field.cases.company.staff
    assert {notice.staff_id for notice in told} == {people["engineer"].pk, people["agent"].pk}
    with pytest.raises(Conflict, match="no longer free"):
        move_by_link(nobody, visit.token, start_at=at("2026-09-29 03:00"))
    ask_to_move(nobody, visit.token, words="周末最好")
    visit.refresh_from_db()
    assert visit.asked_words == "周末最好"
    late = Call(NOBODY, visit.start_at - timedelta(minutes=30))
    with pytest.raises(Conflict, match="too late"):
        move_by_link(late, visit.token, start_at=free[0].start)
    with pytest.raises(Conflict, match="expired"):
        ask_to_move(Call(NOBODY, visit.link_until), visit.token, words="x")
    with pytest.raises(NotFound):
        ask_to_move(nobody, "no-such-link", words="x")


def test_calling_off_drops_the_task_and_frees_the_time(field: Field) -> None:
    visit = field.plan()
    cancel_visit(field.call("agent"), visit.pk, reason="客户已自行修好")
    assert CaseTask.objects.get(pk=visit.task_id).dropped
    assert field.plan("2026-09-29 10:00").number == f"{field.case.number}-2"


def test_address_and_phone_are_shown_on_record(field: Field) -> None:
    visit = field.plan()
    assert reveal_visit(field.call(), visit.pk, field="address") == "上海市徐汇区漕溪路 100 号 3 单元 501"
    assert reveal_visit(field.call(), visit.pk, field="phone") == "+8613800000042"
    looks = ActEntry.objects.filter(verb="field_service.reveal").order_by("id")
    assert [(look.data["field"], look.reason) for look in looks] == [
        ("address", visit.number),
        ("phone", visit.number),
    ]
    with pytest.raises(Forbidden):
        reveal_visit(field.call("quality"), visit.pk, field="phone")
    with pytest.raises(NotFound):
        reveal_visit(field.call("rnd_head"), visit.pk, field="phone")


def test_the_arrival_puts_the_case_into_the_stage_that_stands_for_it(field: Field) -> None:
    manager = field.call("service_manager")
    stage = save_stage(manager, None, code="on_site", name="已到现场", state="executing", reached_by="arrival")
    visit = field.working()
    case = Case.objects.get(pk=field.case.pk)
    assert (case.state, case.own_stage) == ("executing", stage)
    assert [(stay.since, stay.until) for stay in case.own_stays.all()] == [(at("2026-09-29 10:05"), None)]
    assert visit.state == "working"
