"""A refusal, its one later chance, and the rest after it; the company's own list of results (VIS-23, VIS-28)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from huiyin.contact_ledger.public import ContactEntry
from huiyin.foundation.calls import system_call
from huiyin.kernel.refusal import Conflict, Forbidden, Invalid
from huiyin.kernel.windows import OpenWindow
from huiyin.visits.actions.log_attempt import log_attempt
from huiyin.visits.actions.save_sub_results import save_sub_results
from huiyin.visits.models import Attempt, PlanRules, SubResult, Visit, VisitPolicy
from huiyin.visits.public import draw_due
from huiyin.visits.queries.facts import candidates_from, plan_facts
from huiyin.visits.queries.waiting import waiting_in
from huiyin.visits.rules.attempts import AttemptPolicy, Dialled, Next, outcome_of
from huiyin.visits.rules.chances import chances, first_open
from huiyin.visits.rules.planning import Mode
from huiyin.visits.rules.talking import TalkLength
from tests.conftest import Company, MovableClock
from tests.visits.conftest import shanghai
from tests.visits.planning_worlds import at

NOW = at("2026-09-15 10:05")
HOURS = [
    OpenWindow(at(f"2026-09-{day} {start}"), at(f"2026-09-{day} {end}"))
    for day in (15, 16, 17, 18, 21, 22)
    for start, end in (("10:00", "11:30"), ("14:00", "16:30"))
]


def post(client: Client, visit: Visit, do: str, **data: str):
    return client.post(reverse("visit", args=[visit.pk]), {"do": do, "once": f"{do}{data}", "way": "phone", **data})


def refused(call, visit: Visit, **more):
    log_attempt(call, visit.pk, line="connected", business="refused", **more)
    return Visit.objects.get(pk=visit.pk)


def kind_alone(days: int = 90) -> None:
    VisitPolicy.objects.filter(code="regular").update(numbers={"refusal_ends": "kind", "refusal_rest_days": days})


def test_the_later_chance_lies_in_the_customers_hours_and_the_default_comes_first() -> None:
    assert chances(HOURS, NOW, timedelta(days=3), latest=None) == (at("2026-09-18 10:05"), at("2026-09-21 10:05"))
    saturday = at("2026-09-18 16:45")
    assert chances(HOURS, saturday, timedelta(days=1), latest=None)[0] == at("2026-09-21 10:00")


def test_no_chance_is_offered_after_the_last_day() -> None:
    assert chances(HOURS, NOW, timedelta(days=3), latest=at("2026-09-19")) == (at("2026-09-18 10:05"),)
    assert chances(HOURS, NOW, timedelta(days=3), latest=at("2026-09-17")) == ()


@given(st.integers(0, 20_000))
def test_an_offered_hour_is_never_outside_the_hours_while_any_is_left(minutes: int) -> None:
    moment = NOW + timedelta(minutes=minutes)
    found = first_open(HOURS, moment)
    assert found >= moment
    assert any(window.start <= found < window.end for window in HOURS) or all(w.end <= moment for w in HOURS)


def test_a_customer_who_wants_no_later_chance_gets_none() -> None:
    dial = Dialled(NOW, "connected", "refused")
    assert outcome_of(AttemptPolicy(), [], dial, due_by=at("2026-12-01"), final=True).next is Next.REFUSED


def test_a_refusal_is_tried_again_in_a_call_window_not_on_a_weekend(
    visiting: Company, visit_for: Callable, clock: MovableClock
) -> None:
    visit = visit_for(days=7)
    clock.set("2026-09-16 10:20")  # three days later is a Saturday; the Sunday after it is a make-up workday
    again = refused(visiting.call("agent"), visit, sub_result="no_time")
    assert (again.state, shanghai(again.again_at), again.again_asked) == ("planned", "2026-09-20 10:00", False)
    assert Attempt.objects.get().sub_result == "no_time"


def test_never_again_is_respected_at_once(visiting: Company, visit_for: Callable) -> None:
    visit = refused(visiting.call("agent"), visit_for(), final=True)
    assert (visit.state, visit.ended_because) == ("refused", "The customer refused; that is respected.")
    assert ContactEntry.objects.get().outcome == "refused"


def test_our_own_hour_for_the_later_chance_must_lie_in_the_windows(
    visiting: Company, visit_for: Callable, clock: MovableClock
) -> None:
    visit = visit_for()
    with pytest.raises(Invalid, match="only in the call windows"):
        refused(visiting.call("agent"), visit, try_at=at("2026-09-17 12:30"))
    assert not Attempt.objects.exists()
    assert (
        shanghai(refused(visiting.call("agent"), visit, try_at=at("2026-09-17 14:30")).again_at) == "2026-09-17 14:30"
    )


def test_a_named_time_outside_the_windows_is_kept_only_when_that_is_meant(
    visiting: Company, visit_for: Callable
) -> None:
    visit, evening = visit_for(), at("2026-09-15 19:00")
    told = {"line": "connected", "business": "call_back", "again_at": evening}
    with pytest.raises(Invalid, match="call windows") as refusal:
        log_attempt(visiting.call("agent"), visit.pk, outside=False, **told)
    assert refusal.value.fields["again_at"].text.startswith("Choose another hour, or keep this one")
    log_attempt(visiting.call("agent"), visit.pk, outside=True, **told)
    assert Visit.objects.get(pk=visit.pk).again_at == evening


def test_no_wish_opens_the_time_of_rest(visiting: Company, visit_for: Callable) -> None:
    visit = visit_for()
    with pytest.raises(Invalid, match="time of rest"):
        log_attempt(
            visiting.call("agent"), visit.pk, line="connected", business="call_back", again_at=at("2026-09-15 22:30")
        )
    assert not Attempt.objects.exists()


def test_after_the_last_refusal_no_follow_up_is_planned_and_the_workstation_says_why(
    visiting: Company, visit_for: Callable, buyer: Callable, clock: MovableClock, sign_in: Callable
) -> None:
    visit = visit_for()
    refused(visiting.call("agent"), visit, final=True)
    other = _later_visit(visit, visiting)
    text = sign_in("agent").get(reverse("visit", args=[other.pk])).content.decode()
    assert "客户曾拒访，予以尊重。" in text
    with pytest.raises(Conflict, match="The customer refused visits"):
        log_attempt(visiting.call("agent"), other.pk, line="no_answer")


def test_a_policy_may_let_a_refusal_end_its_own_kind_only(
    visiting: Company, visit_for: Callable, clock: MovableClock
) -> None:
    kind_alone(days=90)
    visit = refused(visiting.call("agent"), visit_for(), final=True)
    assert ContactEntry.objects.get().outcome == "reached"
    clock.set("2026-10-13 10:10")
    same, other = _later_visit(visit, visiting), _later_visit(visit, visiting, kind="member")
    with pytest.raises(Conflict, match="refused visits of this kind"):
        log_attempt(visiting.call("agent"), same.pk, line="no_answer")
    log_attempt(visiting.call("agent"), other.pk, line="no_answer")
    clock.set("2026-12-15 10:10")  # 91 days after
    log_attempt(visiting.call("agent"), same.pk, line="no_answer")


def test_with_right_and_reason_a_resting_kind_is_called_all_the_same(visiting: Company, visit_for: Callable) -> None:
    kind_alone()
    visit = refused(visiting.call("agent"), visit_for(), final=True)
    same = _later_visit(visit, visiting)
    told = {"line": "no_answer", "override_reason": "客户自己来电"}
    with pytest.raises((Conflict, Forbidden)):
        log_attempt(visiting.call("agent"), same.pk, **told)
    log_attempt(visiting.call("service_manager"), same.pk, **told)


def test_the_planner_leaves_a_resting_kind_out_and_both_ways_of_reading_agree(
    visiting: Company, visit_for: Callable, buyer: Callable, clock: MovableClock
) -> None:
    kind_alone(days=90)
    visit = refused(visiting.call("agent"), visit_for(), final=True)
    clock.set("2026-10-13 10:10")
    same = _later_visit(visit, visiting, state="due")
    buyer(days=8)
    draw_due(system_call())
    rules, now = PlanRules.objects.get(), system_call().now
    week = plan_facts(rules, date(2026, 10, 19), now, Mode.ANEW).week
    visits = Visit.objects.filter(state="due")
    blocked = {each.id: each.blocked for each in candidates_from(week, visits, now)}
    assert blocked.pop(same.pk) == "refused_before"
    assert set(blocked.values()) == {""}
    columns = waiting_in(week, visits, now, keep_places=False)
    assert {int(pk): columns.blocks[code] for pk, code in zip(columns.id, columns.block, strict=True)} == {
        **blocked,
        same.pk: "refused_before",
    }


def _later_visit(like: Visit, company: Company, *, kind: str = "regular", state: str = "planned") -> Visit:
    now = system_call().now
    return Visit.objects.create(
        kind=kind,
        policy=VisitPolicy.objects.get(code=kind) if kind != "regular" else like.policy,
        customer=like.customer,
        due_from=now,
        due_by=now + timedelta(days=90),
        breach_at=now + timedelta(days=90),
        created_at=now,
        state=state,
        sampled=True,
        amount=like.amount,
        band=like.band,
        store=like.store,
        agent=company.staff["agent"] if state == "planned" else None,
        department=company.departments["service"],
    )


# The company's own list

ROWS = [
    {"result": "refused", "code": "no_time", "name_zh": "没时间", "name_en": "No time", "is_active": True},
    {"result": "wrong_number", "code": "sold", "name_zh": "号码已转让", "name_en": "", "is_active": True},
]


def test_the_own_list_is_saved_as_a_whole_and_what_is_left_out_keeps_its_name(visiting: Company) -> None:
    assert SubResult.objects.count() == 7
    assert save_sub_results(visiting.call("service_manager"), ROWS) == 7
    assert set(SubResult.objects.filter(is_active=True).values_list("code", flat=True)) == {"no_time", "sold"}
    assert SubResult.objects.get(code="hung_up").name_zh == "中途挂断"
    assert save_sub_results(visiting.call("service_manager"), ROWS) == 0


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"code": "No Time"}, "Row 1: a code begins with a small letter"),
        ({"code": "sold"}, "Row 2: the code sold stands there twice."),
        ({"result": "bought"}, "Row 1: say which result it belongs to."),
        ({"name_zh": ""}, "Row 1 needs a Chinese name"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_saved(visiting: Company, change: dict, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        save_sub_results(visiting.call("service_manager"), [{**ROWS[0], **change}, ROWS[1]])
    assert SubResult.objects.filter(is_active=True).count() == 7


def test_a_result_has_no_more_than_nine_number_keys(visiting: Company) -> None:
    rows = [{**ROWS[0], "code": f"r{n}"} for n in range(10)]
    with pytest.raises(Invalid, match="at most 9 of its own"):
        save_sub_results(visiting.call("service_manager"), rows)


def test_only_who_changes_policies_changes_the_list(visiting: Company, sign_in: Callable) -> None:
    with pytest.raises(Forbidden):
        save_sub_results(visiting.call("agent"), ROWS)
    for who, status in (("agent", 403), ("auditor", 403), ("service_manager", 200), ("director", 200)):
        assert sign_in(who).get(reverse("own-results")).status_code == status


def test_a_finer_result_belongs_to_its_result(visiting: Company, visit_for: Callable) -> None:
    visit = visit_for()
    with pytest.raises(Invalid, match="no such entry"):
        log_attempt(visiting.call("agent"), visit.pk, line="busy", sub_result="no_time")
    assert not Attempt.objects.exists()


def test_the_list_is_edited_on_its_page_and_what_was_typed_stays(visiting: Company, sign_in: Callable) -> None:
    client = sign_in("service_manager")
    entered = {f"{name}_0": value for name, value in {**ROWS[0], "is_active": "on"}.items()}
    wrong = client.post(reverse("own-results"), {**entered, "code_0": "没时间", "once": "1"})
    assert wrong.status_code == 422
    assert "第 1 行：编码以小写字母开头" in wrong.content.decode()
    assert 'value="没时间"' in wrong.content.decode()
    assert client.post(reverse("own-results"), {**entered, "once": "2"}).status_code == 302
    assert list(SubResult.objects.filter(is_active=True).values_list("code", flat=True)) == ["no_time"]


# The workstation


def test_one_button_carries_result_and_finer_result(visiting: Company, visit_for: Callable, sign_in: Callable) -> None:
    visit = visit_for()
    assert post(sign_in("agent"), visit, "partly.hung_up").status_code == 302
    dialled = Attempt.objects.get()
    assert (dialled.line, dialled.business, dialled.sub_result) == ("connected", "partly", "hung_up")


def test_the_refusal_is_logged_with_reason_and_chosen_hour(
    visiting: Company, visit_for: Callable, sign_in: Callable
) -> None:
    visit = visit_for()
    client = sign_in("agent")
    text = client.get(reverse("visit", args=[visit.pk])).content.decode()
    assert "打扰您了" in text
    assert "180 天内不再主动回访。" in text
    assert "2026-09-18T10:05" in text
    answer = post(client, visit, "refused", reason="not_interested", chance="2026-09-21T14:00:00+08:00")
    assert answer.status_code == 302
    assert shanghai(Visit.objects.get(pk=visit.pk).again_at) == "2026-09-21 14:00"
    again = client.get(reverse("visit", args=[visit.pk])).content.decode()
    assert "之后不再就回访联系您" in again, "the second time the goodbye is shown"
    assert "客户再次拒访" in again


def test_a_named_time_is_read_and_judged_while_it_is_typed(
    visiting: Company, visit_for: Callable, sign_in: Callable
) -> None:
    visit = visit_for()
    client, address = sign_in("agent"), reverse("visit-hour", args=[visit.pk])
    said = {text: client.get(address, {"again_at": text}).content.decode() for text in ("15:30", "19:00", "23:00", "x")}
    assert "此时可以致电" in said["15:30"]
    assert "只在呼叫时段内联系客户。" in said["19:00"]
    assert "is-firm" not in said["19:00"]
    assert "is-firm" in said["23:00"]
    assert "无法识别此时间" in said["x"]
    assert sign_in("engineer").get(address).status_code in (403, 404)


def test_an_hour_outside_the_windows_is_offered_to_be_kept(
    visiting: Company, visit_for: Callable, sign_in: Callable
) -> None:
    visit = visit_for()
    client = sign_in("agent")
    answer = post(client, visit, "call_back", again_at="晚上7点")
    assert answer.status_code == 422
    assert 'name="outside"' in answer.content.decode()
    assert 'value="晚上7点"' in answer.content.decode()
    assert post(client, visit, "call_back", again_at="晚上7点", outside="1").status_code == 302
    kept = Visit.objects.get(pk=visit.pk)
    assert (shanghai(kept.again_at), kept.again_asked) == ("2026-09-15 19:00", True)


@pytest.mark.parametrize(("seconds", "said"), [(None, ""), (250, "short"), (301, "long"), (600, "long"), (601, "over")])
def test_a_talk_is_measured_against_what_was_announced(seconds: int | None, said: str) -> None:
    assert TalkLength().said(seconds) == said
