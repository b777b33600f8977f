"""Clocks that begin with a stage of the company's own: in policies, trial, files and the API, and on cases (SLA-2)."""

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
from huiyin.cases.actions.resume import resume_case
from huiyin.cases.actions.save_sla import save_sla
from huiyin.cases.actions.stage_reached import stage_reached
from huiyin.cases.actions.triage import triage_case
from huiyin.cases.actions.wait import wait_for
from huiyin.cases.models import Case, OwnStage, SlaPolicy
from huiyin.cases.queries.sla_contents import content_of, exported
from huiyin.cases.queries.sla_preview import preview_of
from huiyin.cases.rules.sla import EVERY, Policy, read_clock, stages_that_begin
from huiyin.cases.rules.sla import owed as owed_by
from huiyin.foundation.calls import system_call
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.organisation.public import Staff
from huiyin.promises.models import Promise
from huiyin.promises.public import sweep_all
from tests.api.conftest import Caller
from tests.api.conftest import caller as caller  # noqa: PLC0414 - the fixture
from tests.cases.conftest import Cases, owed
from tests.cases.test_finding import on_site as on_site  # noqa: PLC0414 - the fixture
from tests.cases.test_pages import text
from tests.cases.test_reckoning import PLAIN, TODAY, all_done
from tests.cases.test_stage_conditions import lab as lab  # noqa: PLC0414 - the fixture
from tests.cases.test_stage_goals import with_stage
from tests.conftest import Company, MovableClock

pytestmark = pytest.mark.django_db
CLOCK = {"level": "*", "start": "stage:on_site", "goal": "tell_result", "amount": 4, "unit": "working_hours"}
TO_LAB = CLOCK | {"goal": "stage:lab", "amount": 2}
KIND = "case.tell_result"


def working(cases: Cases) -> Case:
    return cases.until("start", cases.open(**PLAIN))


def put(company: Company, case: Case, stage: str) -> None:
    put_in_stage(company.call("agent"), case.pk, stage=stage)


def ledger(case: Case, kind: str = KIND) -> list[tuple[str, bool]]:
    """The promises of the kind, oldest first: state, and whether it broke."""
    rows = Promise.objects.filter(subject="cases.case", subject_id=case.pk, kind=kind).order_by("pk")
    return [(each.state, each.broken_at is not None) for each in rows]


@pytest.mark.parametrize(
    ("level", "department", "amounts"),
    [("general", "", [4]), ("urgent", "", [1]), ("general", "rnd", [2]), ("urgent", "rnd", [2])],
)
def test_the_clock_of_the_level_and_of_the_department_begins(level: str, department: str, amounts: list[int]) -> None:
    more = [{}, {"level": "urgent", "amount": 1}, {"department": "rnd", "amount": 2}]
    clocks = tuple(read_clock(CLOCK | each) for each in more)
    policy = Policy("p", 1, "standard", clocks)
    assert [each.amount for each in owed_by(policy, level, "stage:on_site", department)] == amounts
    assert owed_by(policy, level, "received", department) == []
    assert (stages_that_begin(policy), clocks[0].level) == ({"stage:on_site"}, EVERY)


def test_entering_the_stage_begins_the_clock_and_its_goal_ends_it(
    cases: Cases, company: Company, on_site: OwnStage, lab: OwnStage, clock: MovableClock
) -> None:
    with_stage(company, goal=TO_LAB)
    case = working(cases)
    assert "stage:lab" not in owed(case)
    clock.set("2026-09-28T13:00")
    put(company, case, "on_site")
    assert owed(case)["stage:lab"] == "09-28 15:00"
    case.refresh_from_db()
    assert case.due_at == clock.set("2026-09-28T15:00")
    clock.set("2026-09-28T14:30")
    put(company, case, "lab")
    assert ledger(case, "case.stage:lab") == [("kept", False)]
    assert "stage:lab" not in owed(case)


def test_the_same_stage_again_and_coming_back_leave_a_running_clock_as_it_is(
    cases: Cases, company: Company, on_site: OwnStage, clock: MovableClock
) -> None:
    with_stage(company, goal=CLOCK)
    case = working(cases)
    put(company, case, "on_site")
    first = owed(case)["tell_result"]
    clock.set("2026-09-28T11:00")
    put(company, case, "on_site")
    put(company, case, "")
    assert owed(case)["tell_result"] == first, "it runs on when the case leaves"
    put(company, case, "on_site")
    assert owed(case)["tell_result"] == first
    assert ledger(case) == [("open", False)]
    assert case.own_stays.count() == 2


def test_a_goal_that_was_reached_is_owed_again_when_the_case_enters_again(
    cases: Cases, company: Company, on_site: OwnStage, lab: OwnStage, clock: MovableClock
) -> None:
    with_stage(company, goal=TO_LAB)
    case = working(cases)
    for moment in ("2026-09-28T13:00", "2026-09-29T13:00"):
        clock.set(moment)
        put(company, case, "on_site")
        put(company, case, "lab")
    clock.set("2026-09-30T09:00")
    put(company, case, "on_site")
    assert ledger(case, "case.stage:lab") == [("kept", False), ("kept", False), ("open", False)]
    assert owed(case)["stage:lab"] == "09-30 11:00"


def test_sla_5_a_breach_stays_when_the_stage_is_left_entered_again_or_the_goal_reached(
    cases: Cases, company: Company, on_site: OwnStage, lab: OwnStage, clock: MovableClock
) -> None:
    with_stage(company, goal=TO_LAB)
    case = working(cases)
    clock.set("2026-09-28T13:00")
    put(company, case, "on_site")
    clock.set("2026-09-28T15:00:01")
    sweep_all()
    for stage in ("", "on_site", "lab"):
        put(company, case, stage)
    assert ledger(case, "case.stage:lab") == [("kept", True)]
    put(company, case, "on_site")
    assert ledger(case, "case.stage:lab") == [("kept", True), ("open", False)]


def test_a_clock_of_a_stage_stands_still_while_the_case_waits(
    cases: Cases, company: Company, on_site: OwnStage, clock: MovableClock
) -> None:
    with_stage(company, goal=CLOCK)
    case = working(cases)
    clock.set("2026-09-28T13:00")
    put(company, case, "on_site")
    wait_for(company.call("agent"), case.pk, waiting_for="customer", reason="等客户")
    clock.set("2026-09-28T14:00")
    resume_case(company.call("agent"), case.pk)
    assert owed(case)["tell_result"] == "09-28 18:00"


def test_a_stage_entered_while_the_case_waits_begins_a_clock_that_stands(
    cases: Cases, company: Company, clock: MovableClock
) -> None:
    manager = company.call("service_manager")
    save_stage(manager, None, code="sample", name="等样品", state="waiting")
    with_stage(company, goal=CLOCK | {"start": "stage:sample"})
    case = working(cases)
    wait_for(company.call("agent"), case.pk, waiting_for="customer", reason="等样品")
    clock.set("2026-09-28T13:00")
    put(company, case, "sample")
    assert ledger(case) == [("paused", False)]
    clock.set("2026-09-28T15:00")
    resume_case(company.call("agent"), case.pk)
    assert owed(case)["tell_result"] == "09-29 10:00"


def test_an_arrival_begins_the_clock_once(
    cases: Cases, company: Company, on_site: OwnStage, clock: MovableClock
) -> None:
    save_stage(
        company.call("service_manager"),
        on_site.pk,
        code="on_site",
        name="已到现场",
        state="executing",
        reached_by="arrival",
    )
    with_stage(company, goal=CLOCK)
    case = working(cases)
    clock.set("2026-09-28T13:00")
    for _twice in range(2):
        stage_reached(system_call(), case.pk, by="arrival", evidence="SM1")
    assert ledger(case) == [("open", False)]
    assert owed(case)["tell_result"] == "09-28 17:00"


def test_a_stage_that_clocks_begin_with_stays_in_use_and_what_began_runs_on(
    cases: Cases, company: Company, on_site: OwnStage, lab: OwnStage, clock: MovableClock
) -> None:
    row = with_stage(company, goal=CLOCK)
    case = working(cases)
    put(company, case, "on_site")
    manager = company.call("service_manager")
    with pytest.raises(Conflict, match="begin or end with this stage"):
        retire_stage(manager, on_site.pk, into="lab")
    assert OwnStage.objects.get(pk=on_site.pk).in_use
    content = content_of(row)
    content["clocks"] = [*content["clocks"][:-1], CLOCK | {"start": "stage:lab"}]
    save_sla(company.call("director"), content, effective_from=TODAY, reason="改起点", expected=row.version)
    assert retire_stage(manager, on_site.pk, into="lab") == 1
    case.refresh_from_db()
    assert case.own_stage == lab
    assert ledger(case) == [("open", False)], "begun under the earlier version, it is still owed"
    later = working(cases)
    put(company, later, "lab")
    assert ledger(later) == [("open", False)]


def moved(company: Company, row: SlaPolicy, clocks: list[dict[str, Any]]) -> None:
    """A version with these clocks beside the standard ones that running cases come under."""
    content = content_of(row) | {"moves_running": True}
    content["clocks"] = [*content["clocks"][:-1], *clocks]
    save_sla(company.call("director"), content, effective_from=TODAY, reason="新版", expected=row.version)
    all_done()


def test_sla_6_running_clocks_of_a_stage_keep_their_version_or_get_the_new_spans(
    cases: Cases, company: Company, on_site: OwnStage
) -> None:
    row = with_stage(company, goal=CLOCK)
    inside, left, late = (working(cases) for _each in range(3))
    for case in (inside, left, late):
        put(company, case, "on_site")
    put(company, left, "")
    Promise.objects.filter(subject_id=late.pk, kind=KIND).update(broken_at="2026-09-28T01:00:00Z")
    kept = SlaPolicy.objects.get(pk=row.pk)
    content = content_of(kept)
    content["clocks"] = [*content["clocks"][:-1], CLOCK | {"amount": 6}]
    save_sla(company.call("director"), content, effective_from=TODAY, reason="只管新单", expected=kept.version)
    assert [owed(case)["tell_result"] for case in (inside, left)] == ["09-28 14:00"] * 2
    moved(company, SlaPolicy.objects.filter(code="standard").latest("version"), [CLOCK | {"amount": 7}])
    assert [owed(case)["tell_result"] for case in (inside, left)] == ["09-28 17:00"] * 2
    assert ledger(late) == [("open", True)]
    assert owed(late)["tell_result"] == "09-28 14:00"


def test_sla_6_a_version_begins_its_clock_for_who_is_in_the_stage_and_for_nobody_else(
    cases: Cases, company: Company, on_site: OwnStage, clock: MovableClock
) -> None:
    inside, left, never = (working(cases) for _each in range(3))
    for case in (inside, left):
        put(company, case, "on_site")
    put(company, left, "")
    row = with_stage(company)
    clock.set("2026-09-28T11:00")
    moved(company, row, [CLOCK])
    assert owed(inside)["tell_result"] == "09-28 14:00", "from the moment it entered"
    assert [ledger(case) for case in (left, never)] == [[], []]


def test_sla_6_a_version_without_the_clock_lets_go_of_it_in_the_stage(
    cases: Cases, company: Company, on_site: OwnStage
) -> None:
    row = with_stage(company, goal=CLOCK)
    inside, left = working(cases), working(cases)
    for case in (inside, left):
        put(company, case, "on_site")
    put(company, left, "")
    moved(company, row, [])
    assert ledger(inside) == [("cancelled", False)]
    assert ledger(left) == [("open", False)], "what began before runs to its goal"


def test_another_level_gives_the_clock_of_the_stage_its_span(
    cases: Cases, company: Company, on_site: OwnStage, lab: OwnStage
) -> None:
    row = with_stage(company, goal=TO_LAB)
    content = content_of(row)
    content["clocks"] = [*content["clocks"], TO_LAB | {"level": "urgent", "amount": 1}]
    save_sla(company.call("director"), content, effective_from=TODAY, reason="紧急更快", expected=row.version)
    case, reached = working(cases), working(cases)
    for each in (case, reached):
        put(company, each, "on_site")
    put(company, reached, "lab")
    for each in (case, reached):
        triage_case(company.call("service_manager"), each.pk, level="urgent", reason="停业")
    assert owed(case)["stage:lab"] == "09-28 10:00"
    assert ledger(reached, "case.stage:lab") == [("kept", False)]


def test_the_deadline_explains_the_stage_it_began_with_in_both_languages(
    cases: Cases, company: Company, on_site: OwnStage, sign_in: Callable[[str], Client]
) -> None:
    with_stage(company, goal=CLOCK)
    case = working(cases)
    put(company, case, "on_site")
    promise = Promise.objects.get(subject_id=case.pk, kind=KIND)
    client = sign_in("agent")
    assert "自工单进入“已到现场”时开始计时。" in text(client, f"/promises/{promise.pk}/")
    received = Promise.objects.get(subject_id=case.pk, kind="case.solve")
    assert "时开始计时" not in text(client, f"/promises/{received.pk}/")
    Staff.objects.filter(pk=company.staff["agent"].pk).update(language="en")
    assert "It began when the case entered “Arrived on site”." in text(client, f"/promises/{promise.pk}/")


def test_the_editor_offers_the_stages_as_beginnings_in_both_languages(
    company: Company, on_site: OwnStage, sign_in: Callable[[str], Client]
) -> None:
    client = sign_in("director")
    assert '<option value="stage:on_site">工单进入“已到现场”</option>' in text(client, "/cases/clocks/standard/")
    with_stage(company, goal=CLOCK)
    page = text(client, "/cases/clocks/standard/")
    assert '<option value="stage:on_site" selected>工单进入“已到现场”</option>' in page
    said = "全部级别 · 工单进入“已到现场” → 告知结果 · 4 个工作小时"
    assert said in text(client, "/cases/clocks/standard/versions/")
    Staff.objects.filter(pk=company.staff["director"].pk).update(language="en")
    assert "The case enters “Arrived on site”" in text(client, "/cases/clocks/standard/")


def test_the_trial_says_when_the_clock_of_a_stage_would_be_due(
    cases: Cases, company: Company, on_site: OwnStage, lab: OwnStage, clock: MovableClock
) -> None:
    case = working(cases)
    working(cases)
    clock.set("2026-09-28T13:00")
    put(company, case, "on_site")
    content = content_of(SlaPolicy.objects.get(code="standard"))
    content["clocks"] = [*content["clocks"], TO_LAB]
    tried = preview_of(company.actor("director"), content, company.call("director").now).cases
    with override("en"):
        said = [(each.pk, moved.words, f"{moved.after:%H:%M}") for each in tried for moved in each.moved]
    assert said == [(case.pk, "Reach “Sample at the lab”", "07:00")]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (
            {"start": "stage:nowhere"},
            "There is no stage nowhere in use. Choose another beginning, or make the stage first.",
        ),
        ({"start": "stage:"}, "There is no stage  in use. Choose another beginning, or make the stage first."),
        ({"goal": "stage:on_site"}, "A clock cannot end with the stage it begins with: on_site"),
    ],
)
def test_a_clock_that_could_never_begin_is_refused_and_nothing_is_saved(
    company: Company, on_site: OwnStage, wrong: dict[str, Any], said: str
) -> None:
    with pytest.raises(Invalid) as refused:
        with_stage(company, goal=CLOCK | wrong)
    with override("en"):
        assert str(refused.value.fields["clocks"]) == said
    assert SlaPolicy.objects.filter(code="standard").count() == 1


def test_stage_starts_go_out_and_come_in_by_file_and_by_the_api(
    company: Company, on_site: OwnStage, caller: Callable[..., Caller]
) -> None:
    with_stage(company, goal=CLOCK)
    file = exported()
    standard = next(each for each in json.loads(file)["policies"] if each["code"] == "standard")
    assert standard["clocks"][-1] == CLOCK
    changed = file.replace('"start": "stage:on_site"', '"start": "stage:gone"')
    with pytest.raises(Invalid):
        import_sla(company.call("director"), changed, reason="错")
    latest = SlaPolicy.objects.filter(code="standard").latest("version")
    content = content_of(latest)
    content["clocks"] = [*content["clocks"][:-1], CLOCK | {"amount": 6}]
    body = {"content": content, "effective_from": "2026-09-28", "reason": "试", "expected": latest.version}
    saved = caller("director")("PUT", "/cases/clocks/policies/standard", body)
    assert (saved.status_code, SlaPolicy.objects.filter(code="standard").latest("version").clocks[-1]["amount"]) == (
        200,
        6,
    )
    assert import_sla(company.call("director"), file, reason="回到 4 小时") == 1
    assert SlaPolicy.objects.filter(code="standard").latest("version").clocks[-1] == CLOCK
