"""Views, policies and routing ask for a stage of the company's own: counted, listed, chosen case by case (CAS-15)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils.translation import override

from huiyin.cases.actions.arrange_stages import retire_stage, save_stage
from huiyin.cases.actions.put_in_stage import put_in_stage
from huiyin.cases.actions.route import route_case
from huiyin.cases.actions.save_routing import save_routing
from huiyin.cases.actions.save_sla import save_sla, save_sla_list
from huiyin.cases.actions.save_view import save_view
from huiyin.cases.models import Case, CaseView, OwnStage, SlaPolicy
from huiyin.cases.pages.cases import SHOWN
from huiyin.cases.queries.case_facts import case_fields
from huiyin.cases.queries.first_page import first_page
from huiyin.cases.queries.queue import CaseFilter
from huiyin.cases.queries.sla_contents import content_of
from huiyin.cases.queries.sla_preview import preview_of
from huiyin.cases.queries.views import counted, fault_of, rows_of_view, view_from
from huiyin.cases.rules.shipped import STANDARD
from huiyin.foundation.conditions import in_words, read_condition
from huiyin.foundation.forms import say
from huiyin.kernel.refusal import Invalid
from huiyin.organisation.public import Staff
from huiyin.promises.models import Promise
from tests.api.conftest import Caller
from tests.api.conftest import caller as caller  # noqa: PLC0414 - the fixture
from tests.cases.conftest import Cases, owed
from tests.cases.test_finding import on_site as on_site  # noqa: PLC0414 - the fixture
from tests.cases.test_pages import text
from tests.cases.test_reckoning import PLAIN, TODAY
from tests.conftest import Company

pytestmark = pytest.mark.django_db
AT_SITE = {"all": [{"field": "own_stage", "is": "in", "value": ["on_site"]}]}
ELSEWHERE = {"all": [{"field": "own_stage", "is": "not_in", "value": ["on_site"]}]}
EITHER = {"all": [{"field": "own_stage", "is": "in", "value": ["on_site", "lab"]}]}
NOWHERE = {"all": [{"field": "own_stage", "is": "empty"}]}


@pytest.fixture
def lab(company: Company) -> OwnStage:
    """A second stage within the same state."""
    call = company.call("service_manager")
    return save_stage(call, None, code="lab", name="样品在检", name_en="Sample at the lab", state="executing")


@pytest.fixture
def three(cases: Cases, company: Company, on_site: OwnStage, lab: OwnStage) -> list[Case]:
    """One case on site, one at the lab, one in no stage."""
    found = [cases.until("start", cases.open(**PLAIN)) for _each in range(3)]
    for case, stage in zip(found, ("on_site", "lab"), strict=False):
        put_in_stage(company.call("agent"), case.pk, stage=stage)
    return found


def view(company: Company, condition: dict[str, Any], by: str = "director") -> CaseView:
    return save_view(company.call(by), name="到场的", condition=condition)


def shown(company: Company, row: CaseView) -> list[int]:
    rows = rows_of_view(company.actor("director"), view_from(row), company.call("director").now)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def first(company: Company, row: CaseView) -> list[int]:
    now = company.call("director").now
    page = first_page(company.actor("director"), CaseFilter(), view_from(row), now, names=SHOWN, size=30)
    assert page is not None
    return sorted(each.id for each in page.rows)


@pytest.mark.parametrize(
    ("condition", "wanted"), [(AT_SITE, [0]), (ELSEWHERE, [1, 2]), (EITHER, [0, 1]), (NOWHERE, [2])]
)
def test_a_view_shows_counts_and_prepares_the_cases_of_a_stage(
    company: Company, three: list[Case], condition: dict[str, Any], wanted: list[int]
) -> None:
    row = view(company, condition)
    keys = [three[place].pk for place in wanted]
    assert shown(company, row) == first(company, row) == keys
    found = counted(company.actor("director"), [view_from(row)], company.call("director").now)
    assert found[row.pk].number == len(keys)


def test_the_index_of_stages_gives_the_list_in_its_order(company: Company, three: list[Case]) -> None:
    plain = {each.attname: getattr(three[2], each.attname) for each in Case._meta.concrete_fields}
    plain |= {"id": None, "own_stage_id": None}
    Case.objects.bulk_create(Case(**plain | {"number": f"X{n}"}) for n in range(2000))
    row = view(company, AT_SITE)
    rows = rows_of_view(company.actor("director"), view_from(row), company.call("director").now)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE cases_case")
    plan = rows.order_by("level_rank", "due_at", "id")[:31].explain()
    assert "case_in_own_stage" in plan
    assert "Sort" not in plan


def test_a_view_of_a_retired_stage_says_so_by_name_and_shows_nothing(
    company: Company, three: list[Case], on_site: OwnStage, sign_in: Callable[[str], Client]
) -> None:
    one, either = view(company, AT_SITE), view(company, EITHER)
    assert fault_of(view_from(one)) is None
    retire_stage(company.call("service_manager"), on_site.pk, into="")
    assert (shown(company, one), first(company, one)) == ([], [])
    assert shown(company, either) == [three[1].pk], "the other stage of the view goes on"
    said = []
    for language in ("en", "zh-hans"):
        with override(language):
            fault = fault_of(view_from(one))
            said.append(say(fault) if fault else "")
    assert said == ["“Stage of our own” no longer has Arrived on site.", "“自定义阶段”已没有 已到现场。"]
    page = text(sign_in("director"), f"/cases/?tab={one.pk}")
    assert "“自定义阶段”已没有 已到现场。" in page
    edited = text(sign_in("director"), f"/cases/views/{one.pk}/")
    assert "已到现场（已不存在）" in edited
    with pytest.raises(Invalid) as refused:
        save_view(company.call("director"), one.pk, name="仍要")
    assert list(refused.value.fields) == ["condition"]
    assert CaseView.objects.get(pk=one.pk).name == "到场的"


def test_a_retired_stage_taken_into_use_again_makes_its_views_whole(
    company: Company, three: list[Case], on_site: OwnStage
) -> None:
    row = view(company, AT_SITE)
    manager = company.call("service_manager")
    retire_stage(manager, on_site.pk, into="")
    save_stage(manager, on_site.pk, code="on_site", name="已到现场", state="executing")
    put_in_stage(company.call("agent"), three[2].pk, stage="on_site")
    assert fault_of(view_from(row)) is None
    assert shown(company, row) == first(company, row) == [three[2].pk]


def test_what_is_prepared_knows_a_stage_that_comes_later(company: Company, cases: Cases, on_site: OwnStage) -> None:
    row = view(company, AT_SITE)
    CaseView.objects.filter(pk=row.pk).update(condition=EITHER)
    row.refresh_from_db()
    assert first(company, row) == [], "a code nobody knows finds nothing"
    call = company.call("service_manager")
    save_stage(call, None, code="lab", name="样品在检", state="executing")
    case = cases.until("start", cases.open(**PLAIN))
    put_in_stage(company.call("agent"), case.pk, stage="lab")
    assert first(company, row) == shown(company, row) == [case.pk]


@pytest.mark.parametrize("value", [["nowhere"], [], "on_site", [7]])
def test_a_view_asks_only_for_stages_there_are(company: Company, on_site: OwnStage, value: Any) -> None:
    with pytest.raises(Invalid) as refused:
        view(company, {"all": [{"field": "own_stage", "is": "in", "value": value}]})
    assert list(refused.value.fields) == ["condition"]
    assert not CaseView.objects.filter(name="到场的").exists()


def test_the_builder_offers_the_stages_and_counts_at_once_in_both_languages(
    company: Company, three: list[Case], sign_in: Callable[[str], Client]
) -> None:
    client = sign_in("director")
    typed = {
        "condition-groups": "1",
        "condition-0-mode": "all",
        "condition-0-rows": "1",
        "condition-0-0-field": "own_stage",
        "condition-0-0-is": "in",
        "condition-0-0-value": ["on_site", "lab"],
    }
    count = client.post("/cases/count/", typed).content.decode()
    assert "目前有 2 张工单符合条件。" in count
    added = client.post(
        "/cases/views/new/", {"condition-groups": "1", "condition-0-rows": "0", "condition-0-new": "own_stage"}
    ).content.decode()
    assert "自定义阶段" in added
    assert "已到现场" in added
    Staff.objects.filter(pk=company.staff["director"].pk).update(language="en")
    english = client.post(
        "/cases/views/new/", {"condition-groups": "1", "condition-0-rows": "0", "condition-0-new": "own_stage"}
    ).content.decode()
    assert "Stage of our own" in english
    assert "Sample at the lab" in english


def test_the_api_keeps_and_counts_a_view_of_a_stage_and_refuses_one_that_is_gone(
    company: Company, three: list[Case], lab: OwnStage, caller: Callable[..., Caller]
) -> None:
    ask = caller("director")
    body = {"name": "到场的", "condition": EITHER}
    made = ask("POST", "/cases/views", body)
    assert made.status_code == 201
    key = made.json()["key"]
    counts = {each["key"]: each["number"] for each in ask("GET", "/cases/views/counts").json()}
    assert counts[key] == 2
    retire_stage(company.call("service_manager"), lab.pk, into="on_site")
    counts = {each["key"]: each["number"] for each in ask("GET", "/cases/views/counts").json()}
    assert counts[key] == 2, "both are on site now"
    assert ask("POST", "/cases/views", body).status_code == 422


def test_a_rule_of_routing_asks_for_the_stage_when_a_case_is_routed_again(
    company: Company, three: list[Case], on_site: OwnStage
) -> None:
    rules = [
        {"name": "在现场", "condition": AT_SITE, "department": "technical", "who": "nobody"},
        {"name": "其余", "condition": {}, "department": "rnd", "who": "nobody"},
    ]
    save_routing(company.call("director"), rules, effective_from=TODAY, reason="按阶段")
    for case in three[:2]:
        route_case(company.call("director"), case.pk, topic="other")
    found = [Case.objects.get(pk=case.pk).department for case in three[:2]]
    assert [each.code if each else "" for each in found] == ["technical", "rnd"]


def policy_of_stage(company: Company) -> None:
    """Cases on site come under a policy of their own, from now on."""
    call = company.call("director")
    solve = {"level": "*", "start": "received", "goal": "solve", "amount": 6, "unit": "working_hours"}
    content = {**STANDARD, "code": "site", "name": "现场", "filter": AT_SITE, "clocks": [solve]}
    save_sla(
        call, {k: v for k, v in content.items() if k != "version"}, effective_from=TODAY, reason="现场", expected=0
    )
    save_sla_list(call, ["site", "standard"], effective_from=TODAY, reason="现场在前")


def test_a_policy_that_asks_for_a_stage_is_chosen_on_entering_and_left_on_leaving(
    cases: Cases, company: Company, on_site: OwnStage
) -> None:
    policy_of_stage(company)
    case = cases.until("start", cases.open(**PLAIN))
    assert (case.policy, owed(case)["solve"]) == ("standard", "10-10 09:00")
    agent = company.call("agent")
    for _twice in range(2):
        put_in_stage(agent, case.pk, stage="on_site")
    case.refresh_from_db()
    assert (case.policy, owed(case)["solve"]) == ("site", "09-28 16:00")
    put_in_stage(agent, case.pk, stage="")
    case.refresh_from_db()
    assert (case.policy, owed(case)["solve"]) == ("standard", "10-10 09:00")
    put_in_stage(agent, case.pk, stage="on_site")
    cases.step(case, "finish")
    case.refresh_from_db()
    assert case.policy == "standard", "its work is done, it left the stage with it"
    assert Promise.objects.filter(subject_id=case.pk, kind="case.solve", state="kept").count() == 1
    assert "solve" not in owed(case)


def test_a_trial_and_the_words_of_a_policy_know_the_stage(company: Company, three: list[Case]) -> None:
    policy_of_stage(company)
    director = company.call("director")
    content = content_of(SlaPolicy.objects.get(code="site"))
    tried = preview_of(company.actor("director"), content, director.now)
    assert (tried.meet, tried.own, [each.pk for each in tried.cases]) == (1, 1, [three[0].pk])
    with override("en"):
        fields = case_fields()
        said = [say(each) for each in in_words(read_condition(AT_SITE, fields), fields)]
    assert said == ["Stage of our own: Arrived on site"]
    gone = {**content, "filter": {"all": [{"field": "own_stage", "is": "in", "value": ["moon"]}]}}
    with pytest.raises(Invalid) as refused:
        save_sla(director, gone, effective_from=TODAY, reason="错", expected=1)
    assert list(refused.value.fields) == ["filter"]
