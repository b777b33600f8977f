"""Saved views: whose they are, who may change them, what they show and count, and what stays when they go wrong."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huiyin.cases.actions.note import answer_customer, log_contact
from huiyin.cases.actions.receive_message import receive_message
from huiyin.cases.actions.save_view import delete_view, save_view
from huiyin.cases.models import Case, CaseView
from huiyin.cases.queries.next_case import next_case
from huiyin.cases.queries.views import COUNTED_TO, Counted, counted, fault_of, rows_of_view, view_named, views_of
from huiyin.cases.rules.views import SHIPPED_VIEWS, View
from huiyin.foundation.calls import system_call
from huiyin.foundation.models import ActEntry
from huiyin.kernel.refusal import Conflict, Forbidden, Invalid, NotFound
from tests.cases.conftest import Cases
from tests.conftest import Company, MovableClock

URGENT = {"all": [{"field": "level", "is": "in", "value": ["urgent"]}]}
SHIPPED = [view["code"] for view in SHIPPED_VIEWS]
SignIn = Callable[[str], Client]


def made(company: Company, by: str, **values: Any) -> CaseView:
    return save_view(company.call(by), **({"name": "紧急的", "condition": URGENT} | values))


def keys(company: Company, who: str) -> list[str]:
    return [view.key for view in views_of(company.actor(who))]


def shown(company: Company, who: str, key: str) -> list[int]:
    actor = company.actor(who)
    view = view_named(actor, key)
    rows = rows_of_view(actor, view, company.call(who).now)
    return list(rows.order_by(*view.keys).values_list("pk", flat=True))


def test_everybody_has_the_views_that_ship(company: Company) -> None:
    for who in company.staff:
        assert keys(company, who) == SHIPPED


def test_an_own_view_is_ones_own_and_shared_ones_reach_whom_they_are_for(company: Company) -> None:
    own = made(company, "agent")
    team = made(company, "technical_head", audience="team", department_id=company.departments["technical"].pk)
    every = made(company, "service_manager", audience="all")
    assert keys(company, "agent") == [*SHIPPED, str(every.pk), str(own.pk)]
    assert keys(company, "engineer") == [*SHIPPED, str(every.pk), str(team.pk)]
    assert keys(company, "agent2") == [*SHIPPED, str(every.pk)]


def test_a_view_made_for_another_department_stays_in_sight_of_who_made_it(company: Company) -> None:
    team = made(company, "director", audience="team", department_id=company.departments["technical"].pk)
    assert keys(company, "director") == keys(company, "technical_head") == [*SHIPPED, str(team.pk)]
    assert keys(company, "agent") == SHIPPED
    save_view(company.call("technical_head"), team.pk, name="技术部急修")
    assert keys(company, "director") == SHIPPED


@pytest.mark.parametrize(
    ("by", "values"),
    [
        ("agent", {"audience": "team", "department_id": "service"}),
        ("agent", {"audience": "all"}),
        ("technical_head", {"audience": "team", "department_id": "rnd"}),
        ("technical_head", {"audience": "all"}),
        ("auditor", {"audience": "all"}),
    ],
)
def test_sharing_needs_the_right_for_it(company: Company, by: str, values: dict[str, Any]) -> None:
    if "department_id" in values:
        values = values | {"department_id": company.departments[values["department_id"]].pk}
    with pytest.raises(Forbidden):
        made(company, by, **values)
    assert CaseView.objects.count() == len(SHIPPED)


def test_a_view_of_somebody_else_is_not_there_and_a_shared_one_may_only_be_used(company: Company) -> None:
    own, every = made(company, "agent"), made(company, "service_manager", audience="all")
    with pytest.raises(NotFound):
        save_view(company.call("agent2"), own.pk, name="meins")
    with pytest.raises(NotFound):
        save_view(company.call("director"), own.pk, name="meins")
    with pytest.raises(Forbidden):
        save_view(company.call("agent"), every.pk, name="meins")
    with pytest.raises(Forbidden):
        delete_view(company.call("agent"), every.pk)
    with pytest.raises(Forbidden):
        save_view(company.call("agent"), own.pk, audience="all")
    assert sorted(CaseView.objects.filter(code=None).values_list("name", "audience")) == [
        ("紧急的", "all"),
        ("紧急的", "own"),
    ]


def test_two_who_change_a_view_at_once_do_not_overwrite_each_other(company: Company) -> None:
    view = made(company, "service_manager", audience="all")
    save_view(company.call("director"), view.pk, name="总监的", expected=1)
    with pytest.raises(Conflict) as refusal:
        save_view(company.call("service_manager"), view.pk, name="经理的", expected=1)
    assert str(refusal.value).startswith("director changed this view in the meantime.")
    assert CaseView.objects.get(pk=view.pk).name == "总监的"
    save_view(company.call("service_manager"), view.pk, name="经理的", expected=2)
    assert CaseView.objects.get(pk=view.pk).name == "经理的"
    verbs = ActEntry.objects.filter(subject="cases.caseview", subject_id=view.pk).values_list("verb", "actor_name")
    assert list(verbs.order_by("pk")) == [
        ("cases.save_view", "service_manager"),
        ("cases.save_view", "director"),
        ("cases.save_view", "service_manager"),
    ]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "字" * 61}, "name"),
        ({"audience": "world"}, "audience"),
        ({"audience": "team"}, "department_id"),
        ({"order": "random"}, "order"),
        ({"columns": []}, "columns"),
        ({"columns": ["colour"]}, "columns"),
        ({"columns": ["level", "level"]}, "columns"),
        ({"condition": {"all": [{"field": "colour", "is": "in", "value": ["red"]}]}}, "condition"),
        ({"condition": {"all": [{"field": "owner", "is": "in", "value": [999999]}]}}, "condition"),
    ],
)
def test_a_view_that_makes_no_sense_is_refused_by_field(company: Company, values: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        made(company, "service_manager", **values)
    assert list(refusal.value.fields) == [field]


def test_one_shared_view_shows_everybody_their_own_cases(company: Company, cases: Cases) -> None:
    mine = cases.open(by="agent")
    hers = cases.open(by="agent2")
    assert shown(company, "agent", "mine") == [mine.pk]
    assert shown(company, "agent2", "mine") == [hers.pk]


def test_the_views_that_ship_show_what_they_say(company: Company, cases: Cases, clock: MovableClock) -> None:
    angry = cases.open(emotion="angry", level="urgent")
    waiting = cases.until("verify", level="general")
    Case.objects.filter(pk=waiting.pk).update(state="waiting", waiting_for="customer")
    ended = cases.open(level="general", kind="inquiry")
    Case.objects.filter(pk=ended.pk).update(state="closed", owner=None)
    nobodys = cases.open(level="important", kind="inquiry", topic="technical")
    Case.objects.filter(pk=nobodys.pk).update(owner=None)
    head = "technical_head"
    assert set(shown(company, head, "department")) == {angry.pk, waiting.pk, nobodys.pk}
    assert shown(company, head, "unassigned") == [nobodys.pk]
    assert shown(company, head, "urgent") == [angry.pk]
    assert angry.pk in shown(company, head, "senior")
    assert nobodys.pk not in shown(company, head, "senior")
    assert shown(company, head, "waiting") == [waiting.pk]
    assert angry.pk in shown(company, head, "today"), "two hours"
    assert shown(company, head, "late") == []
    clock.set("2026-09-28 20:00")
    assert angry.pk in shown(company, head, "late")
    assert set(shown(company, head, "all")) == {angry.pk, waiting.pk, ended.pk, nobodys.pk}


def test_counts_are_one_statement_and_end_at_a_limit(company: Company, cases: Cases, clock: MovableClock) -> None:
    first = cases.open(level="urgent")
    rows = [Case(**_copied(first, n)) for n in range(COUNTED_TO + 5)]
    Case.objects.bulk_create(rows)
    actor = company.actor("director")
    views = views_of(actor)
    with CaptureQueriesContext(connection) as queries:
        found = {view.key: found for view in views for found in [counted(actor, views, clock.now)[view.pk]]}
    assert len(queries) == len(views)
    assert found["urgent"] == Counted(COUNTED_TO, more=True)
    assert found["mine"] == Counted(0)
    assert found["late"] == Counted(0)


def _copied(case: Case, n: int) -> dict[str, Any]:
    values = {field.attname: getattr(case, field.attname) for field in Case._meta.concrete_fields}
    return values | {"id": None, "number": f"X{n}", "imported_as": None}


def test_a_view_that_names_who_has_left_says_so_and_loses_nothing(
    company: Company, cases: Cases, sign_in: SignIn
) -> None:
    gone = company.staff["agent2"]
    condition = {"all": [{"field": "owner", "is": "in", "value": [gone.pk]}]}
    view = made(company, "service_manager", name="小二的", condition=condition)
    case = cases.open(by="agent2", topic="other")
    gone.is_active = False
    gone.save()
    client = sign_in("service_manager")
    page = client.get(f"/cases/?tab={view.pk}").content.decode()
    assert "这个视图的条件已不适用。" in page
    assert f"“负责人”已没有 {gone.pk}。" in page
    assert case.number in page, "what still can be shown is shown"
    assert CaseView.objects.get(pk=view.pk).condition == condition
    edit = client.get(f"/cases/views/{view.pk}/").content.decode()
    assert f"{gone.pk}（已不存在）" in edit


def test_a_condition_that_can_no_longer_be_read_shows_no_cases_but_why(
    company: Company, cases: Cases, sign_in: SignIn, clock: MovableClock
) -> None:
    view = made(company, "service_manager")
    cases.open(level="urgent")
    CaseView.objects.filter(pk=view.pk).update(condition={"all": [{"field": "colour", "is": "in", "value": ["red"]}]})
    row = CaseView.objects.get(pk=view.pk)
    row.save()
    actor = company.actor("service_manager")
    assert str(fault_of(view_named(actor, str(view.pk)))) == "There is no field “colour” to ask about."
    assert counted(actor, views_of(actor), clock.now)[view.pk] == Counted(None)
    client = sign_in("service_manager")
    page = client.get(f"/cases/?tab={view.pk}").content.decode()
    assert "没有可以查询的字段“colour”。" in page
    assert "GD2026" not in page
    assert "colour" in client.get(f"/cases/views/{view.pk}/").content.decode()
    assert "没有可以查询的字段“colour”。" in client.get("/cases/views/").content.decode()
    assert client.get(f"/cases/views/counts/?tab={view.pk}").status_code == 200
    assert client.get(f"/cases/next/?tab={view.pk}").status_code == 302


def test_words_of_a_customer_wait_in_the_inbox_until_a_person_answers(
    company: Company, cases: Cases, clock: MovableClock
) -> None:
    case = cases.open()
    noted = cases.open(kind="inquiry")
    assert shown(company, "technical_head", "inbox") == [], "what we noted down is no letter"
    _heard(case, 1)
    first = clock.now
    clock.advance(hours=1)
    _heard(case, 2)
    case.refresh_from_db()
    assert case.unanswered_since == first, "the first words count"
    assert shown(company, "technical_head", "inbox") == [case.pk]
    log_contact(company.call("agent"), case.pk, reached=False)
    assert shown(company, "technical_head", "inbox") == [case.pk], "nobody was reached"
    answer_customer(company.call("agent"), case.pk, text="配件明天到")
    assert shown(company, "technical_head", "inbox") == []
    _heard(noted, 3)
    log_contact(company.call("agent"), noted.pk, reached=True)
    assert shown(company, "technical_head", "inbox") == []


def test_a_case_that_begins_with_a_letter_is_in_the_inbox_of_all_channels(company: Company, cases: Cases) -> None:
    mail = {"sender": "new@customer.example", "subject": "门坏了", "text": "门关不上", "thread_of": None}
    receive_message(system_call(), message_id=7, channel="email", **mail)
    case = Case.objects.get()
    assert case.unanswered_since == case.received_at
    head = next(key for key in ("service_manager", "rnd_head") if case.department.head_id == company.staff[key].pk)
    assert shown(company, head, "inbox") == [case.pk]


def _heard(case: Case, message_id: int) -> None:
    receive_message(
        system_call(),
        message_id=message_id,
        channel="email",
        sender="lin@customer.example",
        subject="Re",
        text="还没好",
        thread_of=("cases.case", case.pk),
    )


def test_the_next_case_follows_the_order_of_the_view_and_begins_again(
    company: Company, cases: Cases, clock: MovableClock
) -> None:
    opened = [cases.open(level=level).pk for level in ("general", "urgent", "important")]
    general, urgent, important = opened
    actor, view = company.actor("agent"), view_named(company.actor("agent"), "mine")
    assert next_case(actor, view, None, clock.now) == urgent
    assert next_case(actor, view, urgent, clock.now) == important
    assert next_case(actor, view, important, clock.now) == general
    assert next_case(actor, view, general, clock.now) == urgent
    assert next_case(actor, View(condition=URGENT), urgent, clock.now) is None
    assert next_case(actor, view, 10**15, clock.now) == urgent


def test_next_leads_on_and_says_when_there_is_nothing(cases: Cases, sign_in: SignIn) -> None:
    case = cases.open()
    client = sign_in("agent")
    assert client.get("/cases/next/")["Location"] == f"/cases/{case.pk}/?tab=mine"
    assert client.get(f"/cases/next/?after={case.pk}")["Location"] == "/cases/?tab=mine"
    assert "这个视图里没有其他工单了。" in client.get("/cases/?tab=mine").content.decode()
    assert client.get("/cases/next/?after=x%00&tab=%27").status_code == 302


def typed(**values: Any) -> dict[str, Any]:
    return {
        "name": "我的紧急",
        "name_en": "",
        "audience": "own",
        "version": "0",
        "order": "due",
        "columns": ["level", "due", "store"],
        "condition-groups": "1",
        "condition-0-mode": "all",
        "condition-0-rows": "1",
        "condition-0-0-field": "level",
        "condition-0-0-is": "in",
        "condition-0-0-value": ["urgent"],
    } | values


def test_a_view_is_made_in_the_page_without_javascript(company: Company, cases: Cases, sign_in: SignIn) -> None:
    urgent, general = cases.open(level="urgent"), cases.open(level="general")
    client = sign_in("agent")
    assert "新建视图" in client.get("/cases/views/new/").content.decode()
    more = client.post("/cases/views/new/", typed(**{"condition-0-new": "emotion"}))
    assert more.status_code == 200
    assert more.content.decode().count("condition-field") == 2
    assert CaseView.objects.filter(owner=company.staff["agent"]).count() == 0
    answer = client.post("/cases/views/new/", typed(once="a"))
    view = CaseView.objects.get(owner=company.staff["agent"])
    assert answer["Location"] == f"/cases/?tab={view.pk}"
    assert client.post("/cases/views/new/", typed(once="a"))["Location"] == f"/cases/?tab={view.pk}", "once is once"
    assert (view.condition, view.order, view.columns) == (URGENT, "due", ["level", "due", "store"])
    page = client.get(f"/cases/?tab={view.pk}").content.decode()
    assert urgent.number in page
    assert general.number not in page
    assert "<th>门店</th>" in page


def test_a_list_is_kept_as_a_view_with_its_filters(cases: Cases, sign_in: SignIn) -> None:
    page = sign_in("agent").get("/cases/views/new/?tab=mine&level=urgent&text=停机").content.decode()
    assert page.count("condition-field") == 3
    assert 'value="停机"' in page


def test_who_was_slower_sees_the_words_typed_and_may_save_once_more(company: Company, sign_in: SignIn) -> None:
    view = made(company, "service_manager", audience="all")
    client = sign_in("service_manager")
    save_view(company.call("director"), view.pk, name="总监的")
    late = client.post(f"/cases/views/{view.pk}/", typed(name="经理的", audience="all", version="1"))
    assert late.status_code == 422
    page = late.content.decode()
    assert "director 刚刚改过这个视图。请先看一下，再次保存会用您的内容替换。" in page
    assert 'value="经理的"' in page
    assert 'name="version" value="2"' in page
    again = client.post(f"/cases/views/{view.pk}/", typed(name="经理的", audience="all", version="2"))
    assert again.status_code == 302
    assert CaseView.objects.get(pk=view.pk).name == "经理的"


def test_a_view_is_removed_and_cases_stay(company: Company, cases: Cases, sign_in: SignIn) -> None:
    view, case = made(company, "agent"), cases.open()
    assert sign_in("agent2").post(f"/cases/views/{view.pk}/delete/").status_code == 404
    assert sign_in("agent").post(f"/cases/views/{view.pk}/delete/").status_code == 302
    assert not CaseView.objects.filter(pk=view.pk).exists()
    assert Case.objects.get() == case


@pytest.mark.parametrize("who", ["agent", "auditor", "store_manager"])
def test_shared_views_are_changed_by_nobody_without_the_right(company: Company, sign_in: SignIn, who: str) -> None:
    shared = CaseView.objects.get(code="urgent")
    client = sign_in(who)
    assert client.get(f"/cases/views/{shared.pk}/").status_code == 403
    assert client.post(f"/cases/views/{shared.pk}/delete/").status_code == 403
    assert f"/cases/views/{shared.pk}/" not in client.get("/cases/?tab=urgent").content.decode()


def test_what_a_condition_lets_through_is_counted_in_words(cases: Cases, sign_in: SignIn) -> None:
    client = sign_in("agent")
    assert "目前没有符合条件的工单。" in client.post("/cases/count/", typed()).content.decode()
    cases.open(level="urgent")
    assert "目前全部 1 张工单都符合条件。" in client.post("/cases/count/", typed()).content.decode()
    cases.open(level="general")
    assert "目前有 1 张工单符合条件。" in client.post("/cases/count/", typed()).content.decode()
    unfinished = typed(**{"condition-0-0-value": []})
    assert "未统计" in client.post("/cases/count/", unfinished).content.decode()
    assert client.get("/cases/count/").status_code == 200


def test_a_row_that_was_put_right_takes_its_message_away_before_the_form_is_sent(cases: Cases, sign_in: SignIn) -> None:
    client, wrong = sign_in("agent"), typed(**{"condition-0-0-value": []})
    place = re.compile(r'<div class="field-errors" id="(\w+)">(.*?)</div>')
    assert place.findall(client.get("/cases/views/new/").content.decode()) == [("id_condition_error", "")]
    [(name, said)] = place.findall(client.post("/cases/views/new/", wrong).content.decode())
    assert (name, "field-error" in said) == ("id_condition_error", True)
    gone = f'<div id="{name}" hx-swap-oob="innerHTML"></div>'
    assert gone not in client.post("/cases/count/", wrong).content.decode()
    assert gone in client.post("/cases/count/", typed()).content.decode()


@pytest.mark.django_db(transaction=True)
def test_of_many_who_save_the_same_version_one_wins(company: Company) -> None:
    view = made(company, "service_manager", audience="all")
    calls = [company.call(who) for who in ("service_manager", "director", "administrator")] * 4

    def save(number: int) -> bool:
        try:
            save_view(calls[number], view.pk, name=f"v{number}", expected=1)
        except Conflict:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(save, range(12))) == [False] * 11 + [True]
    assert CaseView.objects.get(pk=view.pk).version == 2
