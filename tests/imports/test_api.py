"""Imports over the API: the steps, rights and refusals of the pages; after a refusal nothing happened."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from huiyin.customers.models import Customer
from huiyin.imports.engine.advance import advance
from huiyin.imports.models import ImportLimits, ImportRun, SavedMapping
from tests.api.conftest import Caller, caller
from tests.conftest import Company

__all__ = ["caller"]
Callers = Callable[..., Caller]
ROWS = "会员号,客户姓名,手机号\nM1,李雷,13812345678\nM2,王芳,abc\n".encode()
BY_NAME = {"external_number": "会员号", "name": "客户姓名", "phone": "手机号"}


def bring(
    who: Caller, content: bytes = ROWS, *, key: str = "", kind: str = "customers", name: str = "名单.csv", **more: Any
) -> HttpResponse:
    fields = {field: value if isinstance(value, str) else json.dumps(value) for field, value in more.items()}
    headers = {"Authorization": f"Bearer {who.secret}", "Accept-Language": "en"}
    if key:
        headers["Idempotency-Key"] = key
    sent = {"kind": kind, "file": SimpleUploadedFile(name, content), **fields}
    return Client().post("/api/v1/imports", sent, headers=headers)


def kept_in(media: Path) -> list[Path]:
    return list(media.glob("imports/*"))


def nothing_happened(media: Path) -> bool:
    return not ImportRun.objects.exists() and not SavedMapping.objects.exists() and kept_in(media) == []


@pytest.fixture
def director(caller: Callers) -> Caller:
    """The service director's token."""
    return caller("director")


def test_from_file_to_result(director: Caller, company: Company) -> None:
    brought = bring(director)
    run = brought.json()
    assert (brought.status_code, run["state"], run["columns"]) == (201, "uploaded", ["会员号", "客户姓名", "手机号"])
    place = f"/imports/{run['id']}"
    assert director("GET", f"{place}/preview").json()["rows"][0] == [2, ["M1", "李雷", "13812345678"]]
    tried = director("POST", f"{place}/start", {"trial": True})
    assert (tried.status_code, tried.json()["working"], tried.json()["trial"]) == (200, True, True)
    advance(company.call("director"), run["id"])
    tried = director("GET", f"{place}/progress").json()
    assert (tried["state"], tried["new"], tried["wrong"], Customer.objects.count()) == ("checked", 1, 1, 0)
    director("POST", f"{place}/start", {"trial": False})
    advance(company.call("director"), run["id"])
    done = director("GET", place).json()
    assert (done["state"], done["new"], done["wrong"], Customer.objects.count()) == ("done", 1, 1, 1)
    assert [row["id"] for row in director("GET", "/imports").json()["items"]] == [run["id"]]


def test_rows_left_out_come_as_json_csv_and_excel_to_whoever_brought_the_file(
    director: Caller, caller: Callers, company: Company
) -> None:
    run = bring(director).json()["id"]
    director("POST", f"/imports/{run}/start", {"trial": False})
    advance(company.call("director"), run)
    errors = director("GET", f"/imports/{run}/errors").json()["items"]
    why = "“abc” is not a phone number."
    assert errors == [{"row": 3, "field": "phone", "why": why, "cells": ["M2", "王芳", "abc"]}]
    text = b"".join(director("GET", f"/imports/{run}/errors.csv").streaming_content).decode("utf-8-sig")
    assert text.splitlines() == ["Row,Reason,会员号,客户姓名,手机号", f"3,{why},M2,王芳,abc"]
    assert b"".join(director("GET", f"/imports/{run}/errors.xlsx").streaming_content).startswith(b"PK")
    other = caller("service_manager")
    assert other("GET", f"/imports/{run}").status_code == 200
    for part in ("errors", "errors.csv", "errors.xlsx", "preview"):
        assert other("GET", f"/imports/{run}/{part}").status_code == 403


def test_a_doubled_upload_brings_the_file_once(director: Caller, media: Path) -> None:
    first, second = (bring(director, key="k1") for _time in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert ImportRun.objects.count() == len(kept_in(media)) == 1


def test_a_doubled_start_starts_once(director: Caller) -> None:
    run = bring(director).json()["id"]
    key = {"Idempotency-Key": "s1"}
    first, second = (director("POST", f"/imports/{run}/start", {"trial": True}, **key) for _time in range(2))
    assert (first.status_code, second.status_code, first.json()) == (200, 200, second.json())
    again = director("POST", f"/imports/{run}/start", {"trial": True})
    assert (again.status_code, again.json()["detail"]) == (409, "This import is running already.")


def test_columns_are_said_by_heading_place_or_name(director: Caller) -> None:
    said = bring(director, columns=BY_NAME, save_as="会员名单").json()
    places = {"external_number": 0, "name": 1, "phone": 2}
    assert said["mapping"] == places
    assert bring(director, mapping="会员名单").json()["mapping"] == places
    assert bring(director, columns={"external_number": 0, "name": 2}).json()["mapping"] == {
        "external_number": 0,
        "name": 2,
    }
    kinds = {kind["code"]: kind for kind in director("GET", "/imports/kinds").json()}
    assert "会员名单" in kinds["customers"]["mappings"]
    changed = director("PUT", f"/imports/{said['id']}/columns", {"columns": {"name": "客户姓名", "phone": 2}})
    assert changed.json()["mapping"] == {"name": 1, "phone": 2}


@pytest.mark.parametrize(
    ("more", "status", "fields"),
    [
        ({"columns": {"name": "没有", "phone": 2}}, 422, {"name": "The file has no such column."}),
        ({"columns": {"name": 99, "phone": 2}}, 422, {"name": "The file has no such column."}),
        ({"columns": {"colour": 1}}, 422, {"colour": "There is no such field."}),
        ({"options": {"colour": "red"}}, 422, {"colour": "There is no such field."}),
        ({"mapping": "nobody's", "save_as": "x"}, 404, {}),
        ({"kind": "unicorns"}, 404, {}),
        ({"encoding": "klingon"}, 422, {"encoding": "There is no such encoding."}),
    ],
)
def test_what_does_not_fit_keeps_nothing(
    director: Caller, media: Path, more: dict[str, Any], status: int, fields: dict[str, str]
) -> None:
    answer = bring(director, key="k", **more)
    assert (answer.status_code, answer.json()["fields"]) == (status, fields)
    assert nothing_happened(media)
    assert bring(director, key="k").status_code == 201


@pytest.mark.parametrize("columns", ["{", "[1]", '{"name": -1}', '{"name": {}}'])
def test_columns_that_are_no_columns_are_refused(director: Caller, media: Path, columns: str) -> None:
    assert bring(director, columns=columns).status_code == 422
    assert nothing_happened(media)


def test_what_cannot_be_read_keeps_nothing(director: Caller, media: Path) -> None:
    answer = bring(director, b"\xd0\xcf\x11\xe0xxxx", name="x.xls")
    assert (answer.status_code, "old Excel" in answer.json()["detail"]) == (422, True)
    assert nothing_happened(media)


def test_a_missing_file_and_a_broken_body_are_refused(director: Caller, media: Path) -> None:
    headers = {"Authorization": f"Bearer {director.secret}"}
    missing = Client().post("/api/v1/imports", {"kind": "customers"}, headers=headers)
    assert (missing.status_code, list(missing.json()["fields"])) == (422, ["file"])
    broken = Client().generic("POST", "/api/v1/imports", b"x", content_type="multipart/form-data", headers=headers)
    assert (broken.status_code, broken.json()["code"]) == (422, "invalid")
    assert nothing_happened(media)


def test_too_large_a_file_is_refused_as_announced_and_as_it_comes(director: Caller, media: Path) -> None:
    headers = {"Authorization": f"Bearer {director.secret}", "Accept-Language": "zh-hans"}
    kind = "multipart/form-data; boundary=x"
    big = str(2 * 1024**3)
    announced = Client().generic("POST", "/api/v1/imports", b"", content_type=kind, headers=headers, CONTENT_LENGTH=big)
    assert (announced.status_code, announced.json()["code"]) == (413, "too_large")
    assert "文件超过 500 MB" in announced.json()["detail"]
    ImportLimits.objects.create(max_file_bytes=1000)
    assert bring(director, b"a,b\n" * 5000).status_code == 413
    assert nothing_happened(media)


@pytest.mark.parametrize(("who", "status"), [("administrator", 201), ("agent", 403), ("auditor", 403)])
def test_who_may_import(caller: Callers, media: Path, who: str, status: int) -> None:
    answer = bring(caller(who))
    assert answer.status_code == status
    assert nothing_happened(media) is (status == 403)


def test_a_token_without_the_kinds_own_right_brings_and_sees_nothing(
    director: Caller, caller: Callers, media: Path
) -> None:
    narrow = caller("director", ("imports.run",))
    assert bring(narrow).status_code == 403
    assert nothing_happened(media)
    run = bring(director).json()["id"]
    assert narrow("GET", "/imports").json()["items"] == []
    for method, part, body in (
        ("GET", "", None), ("GET", "/progress", None), ("GET", "/errors", None), ("PUT", "/columns", {}),
        ("PUT", "/layout", {}), ("POST", "/start", {"trial": False}), ("POST", "/stop", None),
    ):  # fmt: skip
        assert narrow(method, f"/imports/{run}{part}", body).status_code == 404
    assert ImportRun.objects.get().state == "uploaded"


def test_a_browser_session_needs_the_csrf_token(company: Company, media: Path) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(company.staff["director"])
    answer = client.post("/api/v1/imports", {"kind": "customers", "file": SimpleUploadedFile("x.csv", ROWS)})
    assert answer.status_code == 403
    assert nothing_happened(media)


def test_stopping_needs_a_running_import_and_keeps_what_was_written(director: Caller, company: Company) -> None:
    run = bring(director).json()["id"]
    assert director("POST", f"/imports/{run}/stop").status_code == 409
    director("POST", f"/imports/{run}/start", {"trial": False})
    assert director("PUT", f"/imports/{run}/columns", {"columns": BY_NAME}).status_code == 409
    assert director("POST", f"/imports/{run}/stop").status_code == 200
    advance(company.call("director"), run)
    assert director("GET", f"/imports/{run}").json()["state"] == "cancelled"
    assert Customer.objects.count() == 0


def test_a_start_without_the_needed_columns_is_refused_by_field(director: Caller) -> None:
    run = bring(director, b"foo,bar\n1,2\n", kind="purchases").json()["id"]
    answer = director("POST", f"/imports/{run}/start", {"trial": False})
    assert (answer.status_code, answer.json()["detail"]) == (422, "The columns do not suffice for an import.")
    assert ImportRun.objects.get(pk=run).state == "uploaded"


def test_a_doubtful_encoding_is_chosen_before_the_start(director: Caller) -> None:
    run = bring(director, "Name;Phone\nMüller;13812345678\nGrößer;13912345678\n".encode("cp1252")).json()
    place = f"/imports/{run['id']}"
    assert run["encoding"] == ""
    assert director("POST", f"{place}/start", {"trial": True}).status_code == 409
    assert director("PUT", f"{place}/layout", {"encoding": "klingon"}).status_code == 422
    chosen = director("PUT", f"{place}/layout", {"encoding": "cp1252"}).json()
    assert (chosen["encoding"], chosen["columns"]) == ("cp1252", ["Name", "Phone"])
    ImportRun.objects.update(file="")
    gone = director("PUT", f"{place}/layout", {"encoding": "gbk"})
    assert (gone.status_code, gone.json()["detail"]) == (409, "This file is no longer kept. Bring it again.")
