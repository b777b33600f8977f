"""Clocks that end with a stage of the company: in policies, their trial, files and the API, and on cases (SLA-2)."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from huiyin.cases.actions.arrange_stages import retire_stage, save_stage
from huiyin.cases.actions.import_sla import import_sla
from huiyin.cases.actions.put_in_stage import put_in_stage
from huiyin.cases.actions.save_sla import save_sla
from huiyin.cases.actions.stage_reached import stage_reached
from huiyin.cases.actions.triage import triage_case
from huiyin.cases.models import OwnStage, SlaPolicy
from huiyin.cases.queries.sla_contents import content_of, exported
from huiyin.cases.queries.sla_preview import preview_of
from huiyin.foundation.calls import system_call
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.promises.models import Promise
from huiyin.promises.public import kind_words, sweep_all
from tests.api.conftest import Caller
from tests.api.conftest import caller as caller  # noqa: PLC0414 - the fixture
from tests.cases.conftest import Cases, owed
from tests.cases.test_finding import on_site as on_site  # noqa: PLC0414 - the fixture
from tests.cases.test_pages import text
from tests.cases.test_reckoning import PLAIN, TODAY
from tests.conftest import Company, MovableClock

pytestmark = pytest.mark.django_db
GOAL = {"level": "*", "start": "received", "goal": "stage:on_site", "amount": 4, "unit": "working_hours"}


def with_stage(company: Company, *, goal: dict[str, Any] = GOAL, **more: Any) -> SlaPolicy:
    """The standard policy with a clock more, as a new version."""
    row = SlaPolicy.objects.filter(code="standard").latest("version")
    content = content_of(row)
    content["clocks"] = [*content["clocks"], goal]
    call = company.call("director")
    return save_sla(call, content | more, effective_from=TODAY, reason="到场时限", expected=row.version)


def arrival(case_id: int) -> Promise:
    return Promise.objects.get(subject="cases.case", subject_id=case_id, kind="case.stage:on_site")


def test_the_editor_offers_the_stages_and_the_list_says_them(
    company: Company, on_site: OwnStage, sign_in: Callable[[str], Client]
) -> None:
    client = sign_in("director")
    assert '<option value="stage:on_site">到达“已到现场”</option>' in text(client, "/cases/clocks/standard/")
    with_stage(company)
    listed = text(client, "/cases/clocks/")
    assert "到达“已到现场” <b" in listed
    assert '<option value="stage:on_site" selected>' in text(client, "/cases/clocks/standard/")
    versions = text(client, "/cases/clocks/standard/versions/")
    assert "全部级别 · 收到工单 → 到达“已到现场” · 4 个工作小时" in versions


def test_the_trial_says_when_the_stage_would_be_due(cases: Cases, company: Company, on_site: OwnStage) -> None:
    case = cases.open(**PLAIN)
    content = content_of(SlaPolicy.objects.get(code="standard"))
    content["clocks"] = [*content["clocks"], GOAL]
    (tried,) = preview_of(company.actor("director"), content, company.call("director").now).cases
    assert tried.pk == case.pk
    with override("en"):
        said = [(each.words, each.before, each.after.isoformat() if each.after else "") for each in tried.moved]
    assert said == [("Reach “Arrived on site”", None, "2026-09-28T06:00:00+00:00")]


def test_a_case_owes_the_stage_is_late_or_keeps_it_and_says_so(
    cases: Cases, company: Company, on_site: OwnStage, clock: MovableClock, sign_in: Callable[[str], Client]
) -> None:
    with_stage(company)
    late, kept = cases.open(**PLAIN), cases.open(**PLAIN)
    assert owed(late)["stage:on_site"] == owed(kept)["stage:on_site"] == "09-28 14:00"
    clock.set("2026-09-28T13:00")
    cases.until("start", kept)
    put_in_stage(company.call("agent"), kept.pk, stage="on_site")
    clock.set("2026-09-28T14:00:01")
    sweep_all()
    first, second = arrival(late.pk), arrival(kept.pk)
    assert (first.state, first.broken_at) == ("open", first.due_at)
    assert (second.state, second.broken_at, second.evidence) == ("kept", None, "已到现场")
    page = text(sign_in("agent"), f"/cases/{late.pk}/")
    assert "到达“已到现场”" in page
    why = text(sign_in("agent"), f"/promises/{first.pk}/")
    assert "到达“已到现场”" in why
    assert "适用时限政策" in why
    with override("en"):
        assert kind_words(first.kind) == "Reach “Arrived on site”"
    wall = text(sign_in("director"), "/wall/?kind=case.stage")
    assert late.number in wall
    assert kept.number not in wall


def test_finished_work_lets_go_of_a_stage_it_never_reached(cases: Cases, company: Company, on_site: OwnStage) -> None:
    with_stage(company, goal=GOAL | {"amount": 400})
    case = cases.until("finish", cases.open(**PLAIN))
    assert arrival(case.pk).state == "cancelled"
    assert "stage:on_site" not in owed(case)


def test_a_stage_reached_is_not_owed_again_by_another_level_or_version(
    cases: Cases, company: Company, on_site: OwnStage
) -> None:
    case = cases.until("start", cases.open(**PLAIN))
    put_in_stage(company.call("agent"), case.pk, stage="on_site")
    put_in_stage(company.call("agent"), case.pk, stage="")
    with_stage(company, moves_running=True)
    from tests.cases.test_reckoning import all_done

    all_done()
    case.refresh_from_db()
    assert case.policy_version == 2
    assert not Promise.objects.filter(kind="case.stage:on_site").exists()
    triage_case(company.call("service_manager"), case.pk, level="urgent", reason="停业")
    assert not Promise.objects.filter(kind="case.stage:on_site").exists()


@pytest.mark.parametrize("stage", ["nowhere", "lab", ""])
def test_a_clock_ends_only_with_a_stage_in_use(company: Company, on_site: OwnStage, stage: str) -> None:
    OwnStage.objects.create(code="lab", name="送检", state="executing", in_use=False)
    with pytest.raises(Invalid) as refused:
        with_stage(company, goal=GOAL | {"goal": f"stage:{stage}"})
    with override("en"):
        said = str(refused.value.fields["clocks"])
    assert said == f"There is no stage {stage} in use. Choose another goal, or make the stage first."
    assert SlaPolicy.objects.filter(code="standard").count() == 1


def test_stage_goals_go_out_and_come_in_by_file_and_by_the_api(
    company: Company, on_site: OwnStage, caller: Callable[..., Caller]
) -> None:
    with_stage(company)
    file = exported()
    assert {**GOAL} in next(each for each in json.loads(file)["policies"] if each["code"] == "standard")["clocks"]
    data = json.loads(file)
    standard = next(each for each in data["policies"] if each["code"] == "standard")
    standard["clocks"][-1]["amount"] = 6
    changed = json.dumps(data, ensure_ascii=False)
    assert import_sla(company.call("director"), changed, reason="改为 6 小时") == 1
    latest = SlaPolicy.objects.filter(code="standard").latest("version")
    assert (latest.version, latest.clocks[-1]["amount"]) == (3, 6)
    with pytest.raises(Invalid):
        import_sla(company.call("director"), changed.replace("stage:on_site", "stage:gone"), reason="错")
    content = content_of(latest) | {"clocks": [GOAL | {"goal": "stage:gone"}]}
    body = {"content": content, "effective_from": "2026-09-28", "reason": "试", "expected": 3}
    assert caller("director")("PUT", "/cases/clocks/policies/standard", body).status_code == 422


def test_a_stage_that_clocks_end_with_stays_in_use_until_they_do_not(
    cases: Cases, company: Company, on_site: OwnStage
) -> None:
    row = with_stage(company)
    case = cases.open(**PLAIN)
    manager = company.call("service_manager")
    with pytest.raises(Conflict, match="begin or end with this stage"):
        retire_stage(manager, on_site.pk, into="")
    content = content_of(row)
    content["clocks"] = content["clocks"][:-1]
    save_sla(company.call("director"), content, effective_from=TODAY, reason="不再承诺到场", expected=row.version)
    assert "stage:on_site" in owed(case), "its own version still owes it"
    assert retire_stage(manager, on_site.pk, into="") == 0
    assert arrival(case.pk).state == "cancelled"
    case.refresh_from_db()
    assert "stage:on_site" not in owed(case)


def test_an_arrival_keeps_the_clock_before_the_state_has_the_stage(
    cases: Cases, company: Company, on_site: OwnStage
) -> None:
    with_stage(company)
    save_stage(
        company.call("service_manager"),
        on_site.pk,
        code="on_site",
        name="已到现场",
        state="executing",
        reached_by="arrival",
    )
    case = cases.until("verify", cases.open(**PLAIN))
    for _twice in range(2):
        stage_reached(system_call(), case.pk, by="arrival", evidence="SM20260928-0001")
    kept = arrival(case.pk)
    assert (kept.state, kept.evidence) == ("kept", "SM20260928-0001")
    case.refresh_from_db()
    assert case.own_stage is None
    for verb in ("plan", "send_plan", "confirm", "start"):
        cases.step(case, verb)
    for _twice in range(2):
        stage_reached(system_call(), case.pk, by="arrival", evidence="SM20260928-0001")
    case.refresh_from_db()
    assert case.own_stage == on_site
    assert case.own_stays.count() == 1
    with pytest.raises(Invalid):
        save_stage(company.call("service_manager"), None, code="lab", name="送检", state="executing", reached_by="moon")
