"""The pages of imports: from the file to the result; large files are refused before their bytes are read."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from huiyin.customers.models import Customer
from huiyin.imports.engine.advance import advance
from huiyin.imports.models import ImportLimits, ImportRun
from tests.conftest import Company

SignIn = Callable[[str], Client]
ROWS = "会员号,客户姓名,手机号\nM1,<script>alert(1)</script>,13812345678\nM2,王芳,abc\n".encode()


def upload(client: Client, content: bytes = ROWS, kind: str = "customers", **more: str) -> ImportRun | None:
    client.post("/imports/", {"kind": kind, "file": SimpleUploadedFile("名单.csv", content), **more})
    return ImportRun.objects.order_by("-id").first()


def kept_in(media: Path) -> list[Path]:
    return list(media.glob("imports/*"))


def columns(run: ImportRun) -> dict[str, str]:
    return {f"field_{code}": str(place) for code, place in run.mapping.items()} | {
        f"option_{code}": value for code, value in run.options.items()
    }


def test_from_file_to_result(sign_in: SignIn, company: Company) -> None:
    client = sign_in("director")
    run = upload(client)
    assert run is not None
    page = client.get(f"/imports/{run.pk}/").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert(1)" not in page
    answer = client.post(f"/imports/{run.pk}/start/", {**columns(run), "do": "trial", "save_as": "会员名单"})
    assert answer.status_code == 302
    advance(company.call("director"), run.pk)
    page = client.get(f"/imports/{run.pk}/").content.decode()
    assert "“abc”不是电话号码。" in page
    assert Customer.objects.count() == 0
    client.post(f"/imports/{run.pk}/start/", {**columns(run), "do": "import"})
    advance(company.call("director"), run.pk)
    run.refresh_from_db()
    assert (run.state, run.new, run.wrong) == ("done", 1, 1)
    customer = Customer.objects.get()
    shown = client.get(f"/customers/{customer.pk}/").content.decode()
    assert "<script>alert(1)" not in shown
    assert "138****5678" in shown
    assert "13812345678" not in shown


def test_a_saved_mapping_is_offered_for_the_next_file(sign_in: SignIn) -> None:
    client = sign_in("director")
    run = upload(client)
    assert run is not None
    client.post(f"/imports/{run.pk}/start/", {**columns(run), "do": "trial", "save_as": "会员名单"})
    second = upload(client)
    assert second is not None
    assert "会员名单" in client.get(f"/imports/{second.pk}/").content.decode()
    page = client.get(f"/imports/{second.pk}/?use=saved:会员名单").content.decode()
    assert '<option value="1" selected>客户姓名</option>' in page


def test_missing_columns_are_named_on_the_form(sign_in: SignIn) -> None:
    client = sign_in("director")
    run = upload(client, b"foo,bar\n1,2\n", "purchases")
    assert run is not None
    answer = client.post(f"/imports/{run.pk}/start/", {**columns(run), "do": "import"})
    assert answer.status_code == 422
    assert "请为这一项选择列" in answer.content.decode()
    assert ImportRun.objects.get(pk=run.pk).state == "uploaded"


def test_two_gigabytes_are_refused_before_a_byte_is_read(sign_in: SignIn, media: Path) -> None:
    client = sign_in("director")
    answer = client.generic(
        "POST", "/imports/", b"", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(2 * 1024**3)
    )
    assert answer.status_code == 413
    assert "文件超过 500 MB" in answer.content.decode()
    assert not ImportRun.objects.exists()
    assert kept_in(media) == []


def test_a_file_that_lies_about_its_length_is_stopped_at_the_limit(sign_in: SignIn, media: Path) -> None:
    ImportLimits.objects.create(max_file_bytes=1000)
    client = sign_in("director")
    answer = client.post("/imports/", {"kind": "customers", "file": SimpleUploadedFile("x.csv", b"a,b\n" * 5000)})
    assert answer.status_code == 413
    assert kept_in(media) == []


def test_what_cannot_be_read_leaves_no_file_behind(sign_in: SignIn, media: Path) -> None:
    client = sign_in("director")
    old_excel = SimpleUploadedFile("x.xls", b"\xd0\xcf\x11\xe0xxxx")
    answer = client.post("/imports/", {"kind": "customers", "file": old_excel})
    assert answer.status_code == 422
    assert "旧版 Excel" in answer.content.decode()
    assert kept_in(media) == []


def test_an_upload_without_the_csrf_token_is_refused(company: Company) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(company.staff["director"])
    answer = client.post("/imports/", {"kind": "customers", "file": SimpleUploadedFile("x.csv", ROWS)})
    assert answer.status_code == 403
    assert not ImportRun.objects.exists()


def test_a_doubled_click_brings_the_file_once(sign_in: SignIn) -> None:
    client = sign_in("director")
    for _click in range(2):
        upload(client, once="same-key")
    assert ImportRun.objects.count() == 1


def test_a_doubtful_encoding_is_chosen_by_a_person(sign_in: SignIn) -> None:
    client = sign_in("director")
    run = upload(client, "Name;Phone\nMüller;13812345678\nGrößer;13912345678\n".encode("cp1252"))
    assert run is not None
    assert run.encoding == ""
    assert "Müller" in client.get(f"/imports/{run.pk}/").content.decode()
    client.post(f"/imports/{run.pk}/layout/", {"encoding": "cp1252"})
    run.refresh_from_db()
    assert (run.encoding, run.columns, run.mapping["name"]) == ("cp1252", ["Name", "Phone"], 0)


def test_errors_come_as_csv_and_excel_to_the_one_who_brought_the_file(sign_in: SignIn, company: Company) -> None:
    client = sign_in("director")
    run = upload(client)
    assert run is not None
    client.post(f"/imports/{run.pk}/start/", {**columns(run), "do": "import"})
    advance(company.call("director"), run.pk)
    text = b"".join(client.get(f"/imports/{run.pk}/errors.csv").streaming_content).decode("utf-8-sig")
    assert text.splitlines() == ["行,原因,会员号,客户姓名,手机号", "3,“abc”不是电话号码。,M2,王芳,abc"]
    book = load_workbook(io.BytesIO(b"".join(client.get(f"/imports/{run.pk}/errors.xlsx").streaming_content)))
    assert [cell.value for cell in book.active[2]] == ["3", "“abc”不是电话号码。", "M2", "王芳", "abc"]
    other = sign_in("service_manager")
    assert other.get(f"/imports/{run.pk}/errors.csv").status_code == 403
    assert "王芳" not in other.get(f"/imports/{run.pk}/").content.decode()


@pytest.mark.parametrize(
    ("who", "status"), [("director", 200), ("administrator", 200), ("agent", 403), ("auditor", 403)]
)
def test_who_may_import(sign_in: SignIn, who: str, status: int) -> None:
    assert sign_in(who).get("/imports/").status_code == status


def test_progress_asks_for_the_page_when_the_work_is_over(sign_in: SignIn, company: Company) -> None:
    client = sign_in("director")
    run = upload(client)
    assert run is not None
    client.post(f"/imports/{run.pk}/start/", {**columns(run), "do": "import"})
    waiting = client.get(f"/imports/{run.pk}/progress/")
    assert "HX-Refresh" not in waiting
    assert "正在读取文件" in waiting.content.decode()
    advance(company.call("director"), run.pk)
    assert client.get(f"/imports/{run.pk}/progress/")["HX-Refresh"] == "true"
