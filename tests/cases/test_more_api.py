"""Changes to many cases, macros, templates, own stages and the tracking table over the API: the rights of the pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from huiyin.cases.actions.arrange_stages import save_stage
from huiyin.cases.actions.do_bulk import do_bulk
from huiyin.cases.actions.export_table import write_export
from huiyin.cases.actions.macros import save_macro
from huiyin.cases.actions.save_template import save_template
from huiyin.cases.models import BulkWork, CaseNote, CaseRules, OwnStage, TableExport
from huiyin.cases.queries.settings import conduct_at
from huiyin.foundation import clock as now_of
from huiyin.foundation.calls import system_call
from tests.api.conftest import Caller
from tests.api.conftest import caller as caller  # noqa: PLC0414 - the fixture
from tests.cases.conftest import Cases, traces
from tests.conftest import Company

Callers = Callable[..., Caller]
TRACKING = "/cases/tracking?first=2026-09-01&last=2026-09-30"


def test_many_cases_are_chosen_described_started_and_taken_back(
    cases: Cases, company: Company, caller: Callers
) -> None:
    head, engineer = caller("technical_head"), company.staff["engineer"]
    case = cases.open()
    chosen = head("POST", "/cases/bulk", {"ids": [case.pk, 999_999]})
    assert (chosen.status_code, chosen.json()["state"], chosen.json()["total"]) == (201, "choosing", 1)
    path = f"/cases/bulk/{chosen.json()['id']}"
    told = head("PUT", f"{path}/changes", {"changes": [{"do": "assign", "staff_id": engineer.pk}]}).json()
    assert (told["done"], told["same"], told["refused"], told["left"]) == (1, 0, 0, 1)
    twice = [head("POST", f"{path}/start", {}, **{"Idempotency-Key": "k1"}).json() for _twice in range(2)]
    assert [each["state"] for each in twice] == ["waiting", "waiting"]
    do_bulk(system_call, chosen.json()["id"])
    done = head("GET", path).json()
    assert (done["state"], done["done"], done["left"], done["may_undo"]) == ("done", 1, 0, True)
    case.refresh_from_db()
    assert case.owner_id == engineer.pk
    back = head("POST", f"{path}/undo", **{"Idempotency-Key": "k2"})
    again = head("POST", f"{path}/undo", **{"Idempotency-Key": "k2"})
    assert (back.status_code, back.json()["undoes"]) == (201, chosen.json()["id"])
    assert again.json()["id"] == back.json()["id"]
    do_bulk(system_call, back.json()["id"])
    case.refresh_from_db()
    assert case.owner_id == company.staff["agent"].pk
    assert [each["id"] for each in head("GET", "/cases/bulk").json()] == [back.json()["id"], chosen.json()["id"]]


def test_a_started_change_is_stopped_and_says_what_was_refused(cases: Cases, company: Company, caller: Callers) -> None:
    head = caller("technical_head")
    first, second = cases.open(), cases.open()
    chosen = head("POST", "/cases/bulk", {"everything": {"tab": "all"}}).json()
    assert chosen["total"] == 2
    path = f"/cases/bulk/{chosen['id']}"
    head("PUT", f"{path}/changes", {"changes": [{"do": "wait", "waiting_for": "part", "reason": "缺货"}]})
    head("POST", f"{path}/start", {})
    head("POST", f"/cases/{first.pk}/wait", {"waiting_for": "customer", "reason": "等回电"})
    do_bulk(system_call, chosen["id"])
    refused = head("GET", f"{path}/refused").json()
    assert [(each["number"], each["why"]) for each in refused] == [
        (first.number, "In the state “Waiting” this is not possible.")
    ]
    assert head("POST", f"{path}/stop").status_code == 409
    second.refresh_from_db()
    assert second.state == "waiting"
    other = head("POST", "/cases/bulk", {"ids": [first.pk]}).json()["id"]
    head("PUT", f"/cases/bulk/{other}/changes", {"changes": [{"do": "note", "text": "x"}]})
    head("POST", f"/cases/bulk/{other}/start", {})
    assert head("POST", f"/cases/bulk/{other}/stop").status_code == 200
    do_bulk(system_call, other)
    assert head("GET", f"/cases/bulk/{other}").json()["state"] == "stopped"


@pytest.mark.parametrize(
    ("who", "method", "path", "body", "status"),
    [
        ("auditor", "POST", "/cases/bulk", {"ids": [1]}, 403),
        ("agent", "POST", "/cases/bulk", {"ids": []}, 422),
        ("agent", "POST", "/cases/bulk", {"ids": [999_999]}, 422),
        ("agent", "POST", "/cases/bulk", {"everything": {"tab": "nonsense"}}, 404),
        ("director", "GET", "/cases/bulk/{work}", None, 404),
        ("director", "PUT", "/cases/bulk/{work}/changes", {"changes": [{"do": "note", "text": "x"}]}, 404),
        ("director", "POST", "/cases/bulk/{work}/start", {}, 404),
        ("agent", "PUT", "/cases/bulk/{work}/changes", {"changes": [{"do": "assign", "staff_id": 1}]}, 403),
        ("agent", "PUT", "/cases/bulk/{work}/changes", {"changes": [{"do": "fly"}]}, 422),
        ("agent", "PUT", "/cases/bulk/{work}/changes", {"changes": []}, 422),
        ("agent", "POST", "/cases/bulk/{work}/start", {}, 422),
        ("agent", "POST", "/cases/bulk/{work}/stop", None, 409),
        ("agent", "POST", "/cases/bulk/{work}/undo", None, 409),
        ("auditor", "GET", "/cases/macros", None, 403),
        ("auditor", "POST", "/cases/{case}/macro", {"macro_id": 1}, 403),
        ("agent", "POST", "/cases/{case}/macro", {"macro_id": 999_999}, 404),
        ("quality", "POST", "/cases/{case}/send-template", {"template": "x"}, 403),
        ("agent", "POST", "/cases/{case}/send-template", {"template": "nonsense"}, 404),
        ("auditor", "GET", "/cases/{case}/templates", None, 403),
        ("agent", "POST", "/cases/stages", {"code": "x", "name": "x", "state": "executing"}, 403),
        ("director", "POST", "/cases/stages", {"code": "x", "name": "x", "state": "closed"}, 422),
        ("director", "PUT", "/cases/stages/999999", {"name": "x", "state": "executing"}, 404),
        ("director", "POST", "/cases/stages/999999/retire", {}, 404),
        ("store_manager", "GET", TRACKING, None, 403),
        ("agent", "GET", "/cases/tracking?first=2026-09-30&last=2026-09-01", None, 422),
        ("agent", "GET", "/cases/tracking?first=gestern&last=2026-09-01", None, 422),
        ("agent", "GET", f"{TRACKING}&view=nonsense", None, 404),
        ("store_manager", "POST", "/cases/tracking/exports", {"first": "2026-09-01", "last": "2026-09-30"}, 403),
        ("agent", "GET", "/cases/tracking/exports/999999", None, 404),
        ("agent", "GET", "/cases/tracking/exports/999999/file", None, 404),
    ],
)
def test_what_is_refused_leaves_nothing(
    cases: Cases, company: Company, caller: Callers, who: str, method: str, path: str, body: Any, status: int
) -> None:
    case = cases.open()
    asks, other = caller("agent"), caller(who)
    work = asks("POST", "/cases/bulk", {"ids": [case.pk]}).json()["id"]
    before = traces(), BulkWork.objects.count(), OwnStage.objects.count(), TableExport.objects.count()
    answer = other(method, path.format(work=work, case=case.pk), body)
    assert answer.status_code == status
    assert answer.json()["detail"]
    after = traces(), BulkWork.objects.count(), OwnStage.objects.count(), TableExport.objects.count()
    assert after == before


def test_a_case_out_of_sight_is_not_found(cases: Cases, company: Company, caller: Callers) -> None:
    hidden = cases.open(by="director", topic="process")
    macro = save_macro(company.call("agent"), name="记", steps=[{"do": "note", "text": "已联系"}])
    agent = caller("agent")
    before = traces()
    for method, path, body in (
        ("POST", f"/cases/{hidden.pk}/macro", {"macro_id": macro.pk}),
        ("GET", f"/cases/{hidden.pk}/templates", None),
        ("POST", f"/cases/{hidden.pk}/send-template", {"template": "t"}),
    ):
        assert agent(method, path, body).status_code == 404
    numbers = {each["number"] for each in agent("GET", TRACKING).json()["items"]}
    assert hidden.number not in numbers
    assert traces() == before


def test_a_macro_is_listed_and_runs_once(cases: Cases, company: Company, caller: Callers) -> None:
    case, agent = cases.open(), caller("agent")
    own = save_macro(company.call("agent"), name="记", steps=[{"do": "note", "text": "已联系"}])
    save_macro(company.call("director"), name="别人的", steps=[{"do": "note", "text": "x"}])
    listed = agent("GET", "/cases/macros").json()
    assert [(each["id"], each["whose"], each["steps"]) for each in listed if each["whose"] == "own"] == [
        (own.pk, "own", [{"do": "note", "text": "已联系"}])
    ]
    key = {"Idempotency-Key": "k1"}
    ran = [agent("POST", f"/cases/{case.pk}/macro", {"macro_id": own.pk}, **key) for _twice in range(2)]
    assert [each.json() for each in ran] == [{"case_id": case.pk, "macro_id": own.pk}] * 2
    assert CaseNote.objects.filter(case=case, text="已联系").count() == 1


def test_a_template_is_filled_in_and_sent(cases: Cases, company: Company, caller: Callers) -> None:
    case, agent = cases.open(), caller("agent")
    save_template(company.call("director"), name="收到", text="{工单号} 已收到。", reason="常用")
    listed = agent("GET", "/cases/templates").json()
    code = next(each["code"] for each in listed if each["name"] == "收到")
    filled = agent("GET", f"/cases/{case.pk}/templates").json()
    mine = next(each for each in filled if each["code"] == code)
    assert (mine["text"], mine["missing"]) == (f"{case.number} 已收到。", [])
    sent = agent("POST", f"/cases/{case.pk}/send-template", {"template": code})
    assert sent.status_code == 200
    assert CaseNote.objects.get(pk=sent.json()["note_id"]).text.startswith(f"{case.number} 已收到。")


def test_stages_are_made_changed_and_taken_out_of_use(cases: Cases, company: Company, caller: Callers) -> None:
    director = caller("director")
    values = {"name": "返厂", "name_en": "At the factory", "state": "executing", "position": 3}
    made = director("POST", "/cases/stages", {"code": "factory", **values})
    assert (made.status_code, made.json()["code"], made.json()["in_use"]) == (201, "factory", True)
    stage = f"/cases/stages/{made.json()['id']}"
    changed = director("PUT", stage, {**values, "name": "返厂维修"}).json()
    assert (changed["name"], changed["code"], changed["cases"]) == ("返厂维修", "factory", 0)
    save_stage(company.call("director"), None, code="other", name="别处", state="executing")
    assert director("POST", f"{stage}/retire", {}).json() == {"moved": 0}
    listed = {each["code"]: each["in_use"] for each in caller("agent")("GET", "/cases/stages").json()}
    assert (listed["factory"], listed["other"]) == (False, True)


def test_the_tracking_table_is_paged_counted_and_taken_out(cases: Cases, caller: Callers) -> None:
    agent = caller("agent")
    numbers = [cases.open().number for _n in range(3)]
    first = agent("GET", f"{TRACKING}&size=2").json()
    second = agent("GET", f"{TRACKING}&size=2&after={first['next']}").json()
    assert [each["number"] for each in first["items"] + second["items"]] == numbers[::-1]
    assert second["next"] is None
    counts = agent("GET", TRACKING.replace("tracking?", "tracking/counts?")).json()
    assert (counts["total"], counts["open"], counts["finished"]) == (3, 3, 0)
    file = agent("GET", TRACKING.replace("tracking?", "tracking/file?"))
    assert (file.status_code, file.content[:2], file["Cache-Control"]) == (200, b"PK", "no-store")
    asked = {"first": "2026-09-01", "last": "2026-09-30"}
    key = {"Idempotency-Key": "k1"}
    made = [agent("POST", "/cases/tracking/exports", asked, **key).json() for _twice in range(2)]
    assert (made[0]["state"], made[0]["total"], made[1]["id"]) == ("waiting", 3, made[0]["id"])
    path = f"/cases/tracking/exports/{made[0]['id']}"
    assert agent("GET", f"{path}/file").status_code == 404
    write_export(made[0]["id"], now_of.now())
    assert agent("GET", path).json()["state"] == "done"
    assert agent("GET", f"{path}/file").content[:2] == b"PK"
    assert caller("director")("GET", path).status_code == 404


def test_a_long_table_is_for_the_worker(cases: Cases, caller: Callers, company: Company) -> None:
    cases.open()
    cases.open()
    CaseRules.objects.create(
        kind="conduct", version=2, data={"export_rows_at_once": 1}, effective_from=company.call("agent").now
    )
    assert conduct_at(company.call("agent").now).export_rows_at_once == 1
    answer = caller("agent")("GET", TRACKING.replace("tracking?", "tracking/file?"))
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
