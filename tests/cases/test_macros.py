"""Macros run as one action; answer templates say the right thing in the customer's language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from huiyin.cases.actions.bulk import choose_cases, confirm_bulk, describe_bulk, undo_bulk
from huiyin.cases.actions.do_bulk import do_bulk
from huiyin.cases.actions.macros import drop_macro, run_macro, save_macro
from huiyin.cases.actions.save_template import save_template
from huiyin.cases.actions.send_template import send_template
from huiyin.cases.models import AnswerTemplate, Case, CaseNote, CaseRules, CaseTask, CaseWatcher, Macro
from huiyin.cases.queries.bulk import refused_reasons
from huiyin.cases.queries.macros import macros_of
from huiyin.cases.queries.templates import templates_for
from huiyin.cases.rules.templates import VARIABLES, check_text, fill
from huiyin.foundation.calls import system_call
from huiyin.kernel.refusal import Conflict, Forbidden, Invalid, NotFound
from tests.cases.conftest import Cases, traces
from tests.conftest import Company, MovableClock

SignIn = Callable[[str], Client]


def macro(company: Company, who: str, *steps: dict[str, Any], **more: Any) -> Macro:
    return save_macro(company.call(who), name="缺件流程", steps=steps, **more)


def test_a_macro_takes_all_its_steps_as_one_and_gives_away_last(cases: Cases, company: Company) -> None:
    case, engineer = cases.open(), company.staff["engineer"].pk
    made = macro(
        company, "technical_head", {"do": "assign", "staff_id": engineer}, {"do": "watch"},
        {"do": "add_task", "title": "带压缩机", "days": 1}, {"do": "note", "text": "等件"},
        {"do": "wait", "waiting_for": "part", "reason": "缺压缩机"},
    )  # fmt: skip
    run_macro(company.call("technical_head"), case.pk, macro_id=made.pk)
    case.refresh_from_db()
    assert (case.owner_id, case.state) == (engineer, "waiting")
    assert CaseTask.objects.get(case=case).title == "带压缩机"
    assert CaseNote.objects.get(case=case, kind="note").text == "等件"
    assert CaseWatcher.objects.get(case=case).staff_id == company.staff["technical_head"].pk


def test_a_macro_of_which_one_step_is_refused_does_nothing(cases: Cases, company: Company) -> None:
    case = cases.until("tell")
    made = macro(company, "agent", {"do": "note", "text": "x"}, {"do": "wait", "waiting_for": "part", "reason": "x"})
    before = traces(), CaseNote.objects.count()
    with pytest.raises(Conflict):
        run_macro(company.call("agent"), case.pk, macro_id=made.pk)
    assert (traces(), CaseNote.objects.count()) == before


def test_a_macro_gives_nobody_a_right_they_have_not(cases: Cases, company: Company) -> None:
    case = cases.open()
    made = macro(
        company, "director", {"do": "note", "text": "x"}, {"do": "cancel", "why": "spam", "reason": "x"}, everybody=True
    )
    before = traces()
    with pytest.raises(Forbidden):
        run_macro(company.call("agent"), case.pk, macro_id=made.pk)
    with pytest.raises(NotFound):
        run_macro(company.call("agent2"), case.pk, macro_id=made.pk)
    assert traces() == before


def test_own_macros_are_ones_own_a_teams_the_teams_and_shared_ones_everybodys(company: Company) -> None:
    own = macro(company, "agent")
    team = macro(company, "technical_head", department_id=company.departments["technical"].pk)
    shared = macro(company, "director", everybody=True)
    seen = {who: set(macros_of(company.actor(who))) for who in ("agent", "agent2", "engineer", "technical_head")}
    assert seen == {
        "agent": {own, shared}, "agent2": {shared}, "engineer": {team, shared}, "technical_head": {team, shared},
    }  # fmt: skip
    for who, wrong in (("agent", {"everybody": True}), ("rnd_head", {"department_id": team.department_id})):
        with pytest.raises(Forbidden):
            macro(company, who, **wrong)
    with pytest.raises(Forbidden):
        drop_macro(company.call("engineer"), team.pk)
    drop_macro(company.call("technical_head"), team.pk)
    assert set(macros_of(company.actor("engineer"))) == {shared}


def test_a_macro_over_many_cases_can_be_taken_back(cases: Cases, company: Company) -> None:
    many = [cases.open() for _n in range(3)]
    steps = [{"do": "note", "text": "等件"}, {"do": "wait", "waiting_for": "part", "reason": "缺件"}]
    work = choose_cases(company.call("agent"), ids=[case.pk for case in many])
    describe_bulk(company.call("agent"), work.pk, changes=steps)
    confirm_bulk(company.call("agent"), work.pk)
    do_bulk(system_call, work.pk)
    assert set(Case.objects.values_list("state", flat=True)) == {"waiting"}
    back = undo_bulk(company.call("agent"), work.pk)
    do_bulk(system_call, back.pk)
    assert set(Case.objects.values_list("state", flat=True)) == {"open"}
    assert CaseNote.objects.filter(kind="note").count() == 0


@given(st.text(max_size=60))
def test_filling_changes_nothing_but_known_variables(text: str) -> None:
    filled = fill(text, {})
    assert filled.text == text
    everything = fill("{客户姓名}{customer}", {"customer": text or "x"})
    assert everything.text == (text or "x") * 2


def test_an_unknown_variable_is_refused_with_those_that_are_known() -> None:
    check_text("".join(f"{{{code}}}{{{chinese}}}" for code, (chinese, _label) in VARIABLES.items()), "text")
    with pytest.raises(Invalid) as refused:
        check_text("您好 {姓名}", "text")
    assert refused.value.why.params["name"] == "姓名"
    assert "{客户姓名}" in str(refused.value.why.params["known"])


def template(company: Company, text: str, by: str = "service_manager", **more: Any) -> AnswerTemplate:
    return save_template(company.call(by), name="进度", text=text, reason="常用", **more)


def test_a_template_is_sent_in_the_customers_language_filled_in(cases: Cases, company: Company) -> None:
    case, foreign = cases.open(), cases.open()
    row = template(
        company, "{客户姓名}您好，工单 {工单号} 由{agent}处理。", text_en="Dear {customer}, {number}: {agent}"
    )
    send_template(company.call("agent"), case.pk, template=row.code)
    assert f"林悦您好，工单 {case.number} 由agent处理。" in case.notes.order_by("-id")[0].text
    type(cases.customer).objects.update(language="en")
    send_template(company.call("agent"), foreign.pk, template=row.code)
    assert f"Dear 林悦, {foreign.number}: agent" in foreign.notes.order_by("-id")[0].text


def test_a_value_that_is_missing_refuses_the_letter(cases: Cases, company: Company, clock: MovableClock) -> None:
    case, row = cases.open(), template(company, "请拨 {客服热线}")
    before = traces(), CaseNote.objects.count()
    with pytest.raises(Invalid, match=r"needs \{客服热线\}"):
        send_template(company.call("agent"), case.pk, template=row.code)
    assert (traces(), CaseNote.objects.count()) == before
    CaseRules.objects.create(kind="conduct", version=2, data={"hotline": "400-000-1234"}, effective_from=clock.now)
    send_template(company.call("agent"), case.pk, template=row.code)
    assert "请拨 400-000-1234" in case.notes.order_by("-id")[0].text


def test_templates_have_versions_that_hold_from_a_day_on(cases: Cases, company: Company, clock: MovableClock) -> None:
    case, row = cases.open(), template(company, "旧")
    tomorrow = clock.now.date() + timedelta(days=1)
    more = {"code": row.code, "expected": 1}
    template(company, "新", effective_from=tomorrow, **more)
    with pytest.raises(Conflict):
        template(company, "另一版", **more)
    with pytest.raises(Conflict, match="Nothing differs"):
        template(company, "新", **(more | {"expected": 2}))
    assert [each.text for each in templates_for(case, clock.now)] == ["旧"]
    clock.advance(days=1)
    assert [each.text for each in templates_for(case, clock.now)] == ["新"]
    template(company, "新", retired=True, **(more | {"expected": 2}))
    assert templates_for(case, clock.now) == []


def test_templates_are_offered_for_their_kind_topic_and_department(
    cases: Cases, company: Company, clock: MovableClock
) -> None:
    case = cases.open()
    template(company, "所有")
    template(company, "咨询", kind="inquiry")
    template(company, "技术投诉", kind="complaint", department_id=company.departments["technical"].pk)
    template(company, "研发", department_id=company.departments["rnd"].pk)
    assert [each.text for each in templates_for(case, clock.now)] == ["技术投诉", "所有"]
    for wrong in ({"kind": "x"}, {"topic": "x"}, {"department_id": 10**9}):
        with pytest.raises(Invalid):
            template(company, "x", **wrong)
    with pytest.raises(Forbidden):
        template(company, "x", by="agent")


def test_a_letter_to_many_cannot_be_taken_back_and_says_so(cases: Cases, company: Company) -> None:
    case, row = cases.open(), template(company, "{客户姓名}您好")
    work = choose_cases(company.call("agent"), ids=[case.pk])
    describe_bulk(company.call("agent"), work.pk, changes=[{"do": "answer", "template": row.code}])
    confirm_bulk(company.call("agent"), work.pk)
    do_bulk(system_call, work.pk)
    assert "林悦您好" in case.notes.order_by("-id")[0].text
    back = undo_bulk(company.call("agent"), work.pk)
    do_bulk(system_call, back.pk)
    assert [str(why) for why, _n in refused_reasons(back)] == ["A letter that has gone out cannot be taken back."]


def test_the_pages_of_macros_and_templates(cases: Cases, company: Company, sign_in: SignIn) -> None:
    case, client = cases.open(), sign_in("technical_head")
    made = client.post("/cases/macros/", {"name": "缺件", "whose": "all"})
    address = made.headers["Location"]
    assert client.get(f"{address}?do=note").status_code == 200
    assert client.post(address, {"do": "note", "text": ""}).status_code == 422
    assert client.post(address, {"do": "note", "text": "等件"}).status_code == 302
    assert client.post(address, {"do": "wait", "waiting_for": "part", "reason": "缺件"}).status_code == 302
    wrong = {"name": "进度", "text": "{什么}", "reason": "常用"}
    page = client.post("/cases/templates/new/", wrong)
    assert (page.status_code, "没有变量 {什么}" in page.content.decode()) == (422, True)
    client.post("/cases/templates/new/", wrong | {"text": "{客户姓名}您好"})
    row = AnswerTemplate.objects.get()
    shown = client.get(f"/cases/templates/{row.code}/?case={case.number}").content.decode()
    assert "林悦您好" in shown
    agent = sign_in("agent")
    tools = agent.get(f"/cases/{case.pk}/tools/").content.decode()
    assert ("缺件" in tools, "进度" in tools) == (True, True)
    assert ">林悦您好</textarea>" in agent.get(f"/cases/{case.pk}/?template={row.code}").content.decode()
    assert agent.get("/cases/templates/").status_code == 403
    assert agent.post(address, {"do": "note", "text": "x"}).status_code == 403
    assert agent.post(f"/cases/{case.pk}/macro/", {"macro": Macro.objects.get().pk}).status_code == 302
    case.refresh_from_db()
    assert case.state == "waiting"
    again = agent.post(f"/cases/{case.pk}/macro/", {"macro": Macro.objects.get().pk}, follow=True).content.decode()
    assert "未作任何改动。" in again


def test_two_who_change_the_steps_of_a_macro_lose_nothing(company: Company, sign_in: SignIn) -> None:
    one, other = sign_in("technical_head"), sign_in("technical_head")
    made = macro(company, "technical_head", {"do": "note", "text": "甲"}, {"do": "note", "text": "乙"})
    address = f"/cases/macros/{made.pk}/"
    shown = one.get(address).context["page"].shown
    for client, text in ((one, "丙"), (other, "丁")):
        client.post(address, {"do": "note", "text": text})
    late = one.post(f"{address}steps/0/drop/", {"shown": shown}, follow=True).content.decode()
    assert ("步骤在此期间已被他人修改，未删除任何步骤。" in late, texts_of(made)) == (True, ["甲", "乙", "丙", "丁"])
    shown = one.get(address).context["page"].shown
    for _click in range(2):
        one.post(f"{address}steps/0/drop/", {"shown": shown})
    assert texts_of(made) == ["乙", "丙", "丁"]


def texts_of(made: Macro) -> list[str]:
    made.refresh_from_db()
    return [step["text"] for step in made.steps]


def test_the_list_of_macros_opens_empty_and_with_every_kind_of_macro(
    cases: Cases, company: Company, sign_in: SignIn
) -> None:
    client = sign_in("technical_head")
    assert client.get("/cases/macros/").status_code == 200
    assert client.post("/cases/macros/", {"name": " "}).status_code == 422
    engineer, place = company.staff["engineer"].pk, company.departments["technical"].pk
    macro(company, "technical_head")
    macro(
        company, "technical_head", {"do": "triage", "level": "urgent", "reason": "x"}, {"do": "note", "text": "x"},
        {"do": "watch"}, {"do": "watch", "staff_id": engineer}, {"do": "add_task", "title": "x", "days": 1},
        {"do": "wait", "waiting_for": "part", "reason": "x"}, {"do": "answer", "template": "gone"},
        {"do": "assign", "staff_id": engineer}, everybody=True,
    )  # fmt: skip
    macro(company, "technical_head", {"do": "route", "department_id": place}, department_id=place)
    for language in ("zh-hans", "en"):
        page = client.get("/cases/macros/", headers={"Accept-Language": language})
        assert (page.status_code, page.content.decode().count("缺件流程")) == (200, 3)
    assert client.get("/cases/macros/").content.decode().count("→") == 7
