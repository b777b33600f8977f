"""The pages, the API and the command line of reports."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
from click.testing import CliRunner
from django.test import Client

from huiyin.reports.commands import report as report_command
from huiyin.reports.public import Report
from tests.api.conftest import Caller, caller
from tests.insights.lifelike import Week

__all__ = ["caller"]


def test_a_report_walks_its_way_on_the_page(due_full: Report, sign_in: Callable[[str], Client]) -> None:
    address = f"/reports/{due_full.pk}/"
    quality, manager = sign_in("quality"), sign_in("service_manager")
    draft = quality.get(address).content.decode()
    assert "《9月第4周客户回访记录单》" in draft
    assert 'value="submit"' in draft
    assert 'value="approve"' not in draft
    wrong = quality.post(address, {"verb": "submit", "name": "别的名字"})
    assert wrong.status_code == 422
    assert "9月第4周客户回访记录单" in wrong.content.decode()
    assert quality.post(address, {"verb": "submit", "name": due_full.name, "once": "1"}).status_code == 302
    assert quality.post(address, {"verb": "submit", "name": due_full.name, "once": "1"}).status_code == 302
    assert manager.post(address, {"verb": "return", "reason": ""}).status_code == 422
    for verb in ("approve", "publish"):
        assert manager.post(address, {"verb": verb, "name": due_full.name}).status_code == 302
    due_full.refresh_from_db()
    assert due_full.state == "published"
    listed = sign_in("store_manager").get("/reports/").content.decode()
    assert f"/reports/{due_full.pk}/file/" in listed


def test_the_download_has_its_exact_name(due_full: Report, sign_in: Callable[[str], Client]) -> None:
    answer = sign_in("quality").get(f"/reports/{due_full.pk}/file/")
    assert "%E5%AE%A2%E6%88%B7%E5%9B%9E%E8%AE%BF" in answer["Content-Disposition"]
    assert openpyxl.load_workbook(io.BytesIO(answer.content)).sheetnames[0] == "本周指标"


def test_a_draft_is_hidden_from_stores(due_full: Report, sign_in: Callable[[str], Client]) -> None:
    assert sign_in("store_manager").get(f"/reports/{due_full.pk}/").status_code == 404
    assert sign_in("store_manager").get(f"/reports/{due_full.pk}/file/").status_code == 404


def test_an_unknown_step_is_refused(due_full: Report, sign_in: Callable[[str], Client]) -> None:
    assert sign_in("quality").post(f"/reports/{due_full.pk}/", {"verb": "x", "name": "x"}).status_code == 422


def test_the_api_walks_the_same_way(due_full: Report, caller: Callable[..., Caller]) -> None:
    quality, manager = caller("quality"), caller("service_manager")
    assert quality("POST", f"/reports/{due_full.pk}/submit", {"name": "x"}).status_code == 422
    sent = quality("POST", f"/reports/{due_full.pk}/submit", {"name": due_full.name}, **{"Idempotency-Key": "k"})
    again = quality("POST", f"/reports/{due_full.pk}/submit", {"name": due_full.name}, **{"Idempotency-Key": "k"})
    assert (sent.json()["state"], sent.json()) == ("submitted", again.json())
    assert manager("POST", f"/reports/{due_full.pk}/approve").json()["state"] == "approved"
    assert manager("POST", f"/reports/{due_full.pk}/publish").json()["state"] == "published"
    document = manager("GET", f"/reports/{due_full.pk}/document").json()
    assert document["sheets"][0]["rows"][0][:2] == ["总体评分", 3.68]
    assert manager("GET", f"/reports/{due_full.pk}/file").content[:2] == b"PK"


def test_the_command_writes_the_same_file(full: Week, tmp_path: Path) -> None:
    out = tmp_path / "w.xlsx"
    found = CliRunner().invoke(report_command, ["weekly", "--week", "2026-W40", "--out", str(out), "--json"])
    answer = json.loads(found.output)
    assert (found.exit_code, answer["name"]) == (0, "9月第4周客户回访记录单")
    assert answer["sheets"][0]["rows"][0][:2] == ["总体评分", 3.68]
    assert openpyxl.load_workbook(out)["本周指标"]["A7"].value == "总体评分"


def test_the_command_wants_a_week_for_a_week(db: None) -> None:
    found = CliRunner().invoke(report_command, ["weekly", "--week", "2026-09"])
    assert (found.exit_code, "2026-W40" in found.output) == (2, True)
