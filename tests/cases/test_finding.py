"""Diagnosed and handed over, split into parts, put into stages of the company's own (CAS-4, CAS-7, CAS-15)."""

from __future__ import annotations

import pytest

from huiyin.cases.actions.arrange_stages import retire_stage, save_stage
from huiyin.cases.actions.diagnose import diagnose_case
from huiyin.cases.actions.note import add_note
from huiyin.cases.actions.put_in_stage import put_in_stage
from huiyin.cases.actions.resume import resume_case
from huiyin.cases.actions.split import split_case
from huiyin.cases.actions.wait import wait_for
from huiyin.cases.models import Attachment, Case, CaseTie, OwnStage, OwnStageStay, SlaPolicy
from huiyin.cases.queries.own_stages import every_stage, stages_in
from huiyin.cases.queries.ties import ties_of
from huiyin.foundation.models import ActEntry
from huiyin.kernel.refusal import Conflict, Forbidden, Invalid
from huiyin.promises.public import Promise
from tests.cases.conftest import Cases, owed
from tests.cases.test_pages import SignIn
from tests.conftest import Company, MovableClock

pytestmark = pytest.mark.django_db


@pytest.fixture
def on_site(company: Company) -> OwnStage:
    """A stage while work is carried out."""
    call = company.call("service_manager")
    return save_stage(call, None, code="on_site", name="已到现场", name_en="Arrived on site", state="executing")


def test_a_diagnosis_names_cause_guidance_knowledge_and_past_cases(cases: Cases, company: Company) -> None:
    past, case = cases.open(), cases.open()
    made = diagnose_case(
        company.call("agent"),
        case.pk,
        cause="压缩机过热保护",
        guidance="断电十分钟后重启",
        helped=False,
        knowledge="KB-12",
        past_cases=f"参考 {past.number.lower()}",
    )
    assert (made.cause, made.helped, made.past_cases, made.handed_to) == ("压缩机过热保护", False, [past.number], None)
    case.refresh_from_db()
    assert (case.state, case.owner) == ("open", company.staff["agent"])


def test_handing_over_takes_the_case_along_with_all_details_and_who_had_it_keeps_seeing_it(
    cases: Cases, company: Company
) -> None:
    case = cases.open(topic="product")
    assert case.department == company.departments["rnd"]
    engineer = company.staff["engineer"]
    diagnose_case(company.call("agent"), case.pk, cause="需上门检修", person_id=engineer.pk)
    case.refresh_from_db()
    assert (case.owner, case.department_id) == (engineer, engineer.department_id)
    assert case.involved == [company.departments["rnd"].pk]
    assert owed(case)["first_response"]
    assert Case.objects.visible_to(company.actor("agent")).filter(pk=case.pk).exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"cause": " "}, "cause"),
        ({"past_cases": "GD20200101-0001"}, "past_cases"),
        ({"person_id": 0x7FFF}, "person_id"),
    ],
)
def test_a_diagnosis_that_makes_no_sense_is_refused(
    cases: Cases, company: Company, values: dict[str, object], field: str
) -> None:
    case = cases.open()
    with pytest.raises(Invalid) as refused:
        diagnose_case(company.call("agent"), case.pk, **({"cause": "过热"} | values))  # type: ignore[arg-type]
    assert list(refused.value.fields) == [field]
    assert not case.diagnoses.exists()


def test_parts_of_one_message_become_cases_of_their_own_with_what_was_chosen(
    cases: Cases, company: Company, clock: MovableClock
) -> None:
    case = cases.open(description="空调停机;另外安装师傅态度差")
    kept, note = (
        add_note(company.call("agent"), case.pk, text="停机照片"),
        add_note(company.call("agent"), case.pk, text="态度"),
    )
    values = {"media_type": "image/png", "size": 1, "file": "x", "at": clock.now}
    file = Attachment.objects.create(case=case, name="a.png", digest="a", **values)
    clock.advance(hours=1)
    part = split_case(
        company.call("agent"),
        case.pk,
        description="安装师傅态度差",
        kind="complaint",
        topic="attitude",
        notes=[note.pk],
        attachments=[file.pk],
    )
    note.refresh_from_db()
    kept.refresh_from_db()
    file.refresh_from_db()
    assert (note.case, kept.case, file.case) == (part, case, part)
    assert (part.customer, part.topic, part.received_at) == (case.customer, "attitude", case.received_at)
    assert (part.department, part.owner) == (company.departments["service"], company.staff["service_manager"])
    tie = CaseTie.objects.get()
    assert (tie.case, tie.other, tie.kind) == (part, case, "split")
    assert [tied.how for tied in ties_of(company.actor("director"), case.pk)] == ["Split off into"]
    assert part.number in part.notes.get(kind="told").text
    with pytest.raises(Invalid):
        split_case(company.call("agent"), case.pk, description="x", kind="other", topic="other", notes=[note.pk])


def test_a_case_is_in_a_stage_within_its_state_and_leaves_it_when_the_state_does(
    cases: Cases, company: Company, on_site: OwnStage, clock: MovableClock
) -> None:
    case = cases.open()
    with pytest.raises(Invalid):
        put_in_stage(company.call("agent"), case.pk, stage="on_site")
    cases.until("start", case)
    began = clock.now
    put_in_stage(company.call("agent"), case.pk, stage="on_site")
    put_in_stage(company.call("agent"), case.pk, stage="on_site")
    clock.advance(hours=1)
    wait_for(company.call("agent"), case.pk, waiting_for="part", reason="缺件")
    resume_case(company.call("agent"), case.pk)
    case.refresh_from_db()
    assert case.own_stage == on_site
    clock.advance(hours=1)
    cases.step(case, "finish")
    assert case.own_stage is None
    stay = OwnStageStay.objects.get()
    assert (stay.since, stay.until) == (began, clock.now)


def test_a_stage_is_the_goal_of_a_clock_as_well_as_any_step(cases: Cases, company: Company, on_site: OwnStage) -> None:
    policy = SlaPolicy.objects.get(code="standard")
    goal = {"level": "*", "start": "received", "goal": "stage:on_site", "amount": 2, "unit": "working_days"}
    policy.clocks = [*policy.clocks, goal]
    policy.save()
    case = cases.open()
    assert owed(case)["stage:on_site"] == "09-30 09:00"
    cases.until("start", case)
    put_in_stage(company.call("agent"), case.pk, stage="on_site")
    promise = Promise.objects.get(kind="case.stage:on_site")
    assert (promise.state, promise.evidence) == ("kept", "已到现场")


def test_a_stage_that_is_taken_out_of_use_asks_where_its_cases_go_and_loses_nothing(
    cases: Cases, company: Company, on_site: OwnStage
) -> None:
    manager = company.call("service_manager")
    lab = save_stage(manager, None, code="lab", name="样品送检", state="executing")
    inside = [cases.until("start") for _n in range(3)]
    for case in inside:
        put_in_stage(company.call("agent"), case.pk, stage="on_site")
    with pytest.raises(Invalid) as refused:
        retire_stage(manager, on_site.pk)
    assert str(refused.value.fields["into"]) == "3 cases are in this stage. Say where they go."
    with pytest.raises(Invalid):
        retire_stage(manager, on_site.pk, into="on_site")
    with pytest.raises(Conflict):
        save_stage(manager, on_site.pk, code="on_site", name="已到现场", state="open")
    assert retire_stage(manager, on_site.pk, into="lab") == 3
    assert list(Case.objects.filter(own_stage=lab).order_by("pk")) == inside
    assert OwnStageStay.objects.filter(stage=on_site, until__isnull=False).count() == 3
    assert [stage.code for stage in stages_in("executing")] == ["lab"]
    assert {stage.code: stage.cases for stage in every_stage()} == {"on_site": 0, "lab": 3}
    assert ActEntry.objects.filter(subject="cases.case", verb="cases.retire_stage").count() == 3


def test_a_stage_saved_on_an_old_page_is_looked_at_first(company: Company, on_site: OwnStage, sign_in: SignIn) -> None:
    address, client = f"/cases/stages/{on_site.pk}/", sign_in("director")
    shown = client.get(address).context["page"].shown
    save_stage(company.call("service_manager"), on_site.pk, code="on_site", name="工程师已到", state="executing")
    typed = {"name": "到场", "state": "executing", "position": "0"}
    late = client.post(address, typed | {"shown": shown})
    page = late.content.decode()
    assert (late.status_code, "此内容在此期间已被修改" in page, 'value="到场"' in page) == (422, True, True)
    on_site.refresh_from_db()
    assert on_site.name == "工程师已到"
    assert client.post(address, typed | {"shown": late.context["page"].shown}).status_code == 302
    on_site.refresh_from_db()
    assert on_site.name == "到场"


def test_stages_are_arranged_by_leads_of_service_alone(company: Company) -> None:
    for who in ("agent", "engineer", "administrator", "store_manager"):
        with pytest.raises(Forbidden):
            save_stage(company.call(who), None, code="lab", name="送检", state="executing")
    for wrong, field in (({"code": "Lab 1"}, "code"), ({"name": ""}, "name"), ({"state": "closed"}, "state")):
        with pytest.raises(Invalid) as refused:
            save_stage(company.call("director"), None, **({"code": "lab", "name": "送检", "state": "open"} | wrong))  # type: ignore[arg-type]
        assert list(refused.value.fields) == [field]
    assert not OwnStage.objects.exists()


def test_the_pages_of_stages_show_change_and_retire(
    cases: Cases, company: Company, sign_in: SignIn, on_site: OwnStage
) -> None:
    case = cases.until("start")
    put_in_stage(company.call("agent"), case.pk, stage="on_site")
    manager = sign_in("service_manager")
    assert "已到现场" in manager.get("/cases/stages/").content.decode()
    address = f"/cases/stages/{on_site.pk}/"
    asked = manager.post(address, {"retire": "1", "into": "-"})
    assert asked.status_code == 422
    assert "1 张工单" in asked.content.decode()
    assert manager.post(address, {"retire": "1", "into": ""}).status_code == 302
    on_site.refresh_from_db()
    assert not on_site.in_use
    agent = sign_in("agent")
    assert agent.get("/cases/stages/").status_code == 200
    assert agent.get(address).status_code == 403
