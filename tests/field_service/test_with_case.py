"""Site visits go the way of their case: nobody drives to a cancelled one, and a merged one leaves no dead end."""

from __future__ import annotations

import pytest

from huiyin.cases.actions.bulk import choose_cases, confirm_bulk, describe_bulk
from huiyin.cases.actions.cancel import cancel_case
from huiyin.cases.actions.do_bulk import do_bulk
from huiyin.cases.actions.merge import merge_case, unmerge_case
from huiyin.cases.actions.receive_message import receive_message
from huiyin.cases.models import Case, CaseTask
from huiyin.channels.models import OutgoingMessage, StaffNotice
from huiyin.field_service.actions.cancel_visit import cancel_visit
from huiyin.field_service.actions.on_site import set_out
from huiyin.field_service.actions.report import sign_report
from huiyin.field_service.models import SiteVisit
from huiyin.foundation.calls import system_call
from tests.field_service.conftest import WORDS, Field, signature

pytestmark = pytest.mark.django_db


def called_off(field: Field, visit: SiteVisit) -> tuple[str, str, int, int]:
    """State and reason, and how often customer and engineer were told."""
    visit.refresh_from_db()
    letters = OutgoingMessage.objects.filter(about_id=visit.pk, subject__contains="取消").count()
    heard = StaffNotice.objects.filter(staff=field.cases.company.staff["engineer"], text__contains="is called off")
    return visit.state, visit.why_cancelled, letters, heard.count()


def merged(field: Field, *, left_behind: bool = False) -> Case:
    """The field's case goes into another one that is being carried out, with or without its visits."""
    into = field.cases.until("start")
    merge_case(field.call("agent"), field.case.pk, into=into.number, reason="同一件事")
    if left_behind:
        SiteVisit.objects.update(case=field.case)
    return into


@pytest.mark.parametrize("on_the_way", [False, True])
def test_cancelling_a_case_calls_its_appointment_off_and_frees_the_time(field: Field, on_the_way: bool) -> None:
    visit = field.plan()
    if on_the_way:
        field.clock.set("2026-09-29 09:30")
        set_out(field.call(), visit.pk)
    cancel_case(field.call("technical_head"), field.case.pk, why="withdrawn", reason="客户已自行修好")
    assert called_off(field, visit) == ("cancelled", "客户已自行修好", 1, 1)
    field.case = field.cases.until("start")
    assert field.plan("2026-09-29 10:00").state == "planned"


def test_cancelling_many_calls_their_appointments_off(field: Field) -> None:
    visit, call = field.plan(), field.call("director")
    work = choose_cases(call, ids=[field.case.pk])
    describe_bulk(call, work.pk, changes=[{"do": "cancel", "why": "withdrawn", "reason": "客户撤回"}])
    confirm_bulk(call, work.pk)
    do_bulk(system_call, work.pk)
    assert called_off(field, visit) == ("cancelled", "客户撤回", 1, 1)


def test_who_is_at_work_on_site_when_the_case_is_cancelled_can_still_end_there(field: Field) -> None:
    visit = field.working()
    cancel_case(field.call("technical_head"), field.case.pk, why="withdrawn", reason="客户撤回")
    visit.refresh_from_db()
    assert visit.state == "working"
    sign_report(field.call(), visit.pk, WORDS, signature())
    visit.refresh_from_db()
    assert (visit.state, Case.objects.get(pk=field.case.pk).state) == ("done", "cancelled")


def test_an_appointment_left_standing_in_an_ended_case_can_be_called_off(field: Field) -> None:
    visit = field.plan()
    Case.objects.filter(pk=field.case.pk).update(state="cancelled")
    cancel_visit(field.call("agent"), visit.pk, reason="已不需要")
    visit.refresh_from_db()
    assert visit.state == "cancelled"


@pytest.mark.parametrize("left_behind", [False, True])
def test_the_visit_of_a_merged_case_ends_the_work_where_its_task_went(field: Field, left_behind: bool) -> None:
    visit = field.working()
    into = merged(field, left_behind=left_behind)
    visit.refresh_from_db()
    assert visit.case_id == (field.case if left_behind else into).pk
    sign_report(field.call(), visit.pk, WORDS, signature())
    into.refresh_from_db()
    assert (into.state, CaseTask.objects.get(pk=visit.task_id).done_at is not None) == ("done", True)


@pytest.mark.parametrize("left_behind", [False, True])
def test_the_visit_of_a_merged_case_can_be_called_off(field: Field, left_behind: bool) -> None:
    visit = field.plan()
    into = merged(field, left_behind=left_behind)
    cancel_visit(field.call("agent"), visit.pk, reason="已不需要")
    visit.refresh_from_db()
    task = CaseTask.objects.get(pk=visit.task_id)
    assert (visit.state, task.case_id, task.dropped) == ("cancelled", into.pk, True)


def test_a_visit_comes_back_when_the_merge_is_undone_and_numbers_stay_apart(field: Field) -> None:
    visit, mine = field.plan(), field.case
    into = merged(field)
    unmerge_case(field.call("agent"), mine.pk, reason="不是同一件事")
    visit.refresh_from_db()
    assert visit.case_id == mine.pk
    assert field.plan("2026-09-30 10:00").number == f"{mine.number}-2"
    field.case = into
    assert field.plan("2026-09-30 14:00").number == f"{into.number}-1"


@pytest.mark.parametrize("channel", ["sms", "email_in"])
def test_who_answers_the_message_about_an_appointment_speaks_of_its_case(field: Field, channel: str) -> None:
    visit = field.plan()
    call, words = system_call(), "明天不在家，改后天"
    about, sender = ("field_service.sitevisit", visit.pk), "13900000099"
    stands = receive_message(
        call, message_id=1, channel=channel, sender=sender, subject="", text=words, thread_of=about
    )
    assert stands == field.case
    assert [note.text for note in field.case.notes.filter(kind="said")] == [words]
    assert Case.objects.count() == 1
    visit.refresh_from_db()
    assert visit.state == "planned"
    owner = StaffNotice.objects.filter(staff=field.case.owner, text__contains="has written about")
    assert owner.count() == 1
