"""The handling sheet of a case: every field, masked as rights say, one or two pages, in zh and en."""

from __future__ import annotations

import io
from collections.abc import Callable
from decimal import Decimal

import docx
import pytest
from django.test import Client
from openpyxl import load_workbook

from huiyin.cases.models import Case
from huiyin.customers.public import Contact
from huiyin.foundation.models import ActEntry
from tests.cases.conftest import Cases
from tests.documents.reading import pdf_pages, pdf_text, squeezed

SignIn = Callable[[str], Client]
PHONE, MAIL = "13800000042", "lin@customer.example"


def whole(cases: Cases) -> Case:
    """A paid repair with confirmation by link, finished, told and judged."""
    case = cases.open(
        kind="repair", description=f"压缩机停机，请打 {PHONE}", product_name="冷柜 K2", serial="SN-9", wish="尽快修好"
    )
    for verb in ("verify", "plan", "send_plan", "confirm", "start", "finish", "tell", "verdict"):
        cases.step(case, verb, **({"cost": Decimal(380), "risk": "停电一小时"} if verb == "plan" else {}))
    return case


def pdf(client: Client, case: Case, language: str) -> tuple[str, int]:
    answer = client.get(f"/cases/{case.pk}/sheet/file/?as=pdf&in={language}")
    assert answer.status_code == 200
    return pdf_text(answer.content), len(pdf_pages(answer.content))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "zh-hans",
            [
                "工单处理单",
                "更换压缩机",
                "380.00",
                "停电一小时",
                "试机两小时正常",
                "压缩机已更换",
                "满意 5/5",
                "SN-9",
            ],
        ),
        ("en", ["Case handling sheet", "380.00", "停电一小时", "Satisfied with the result 5/5", "Repair", "SN-9"]),
    ],
)
def test_every_field_is_on_the_sheet_of_at_most_two_pages(
    cases: Cases, sign_in: SignIn, language: str, words: list[str]
) -> None:
    case = whole(cases)
    said, pages = pdf(sign_in("agent"), case, language)
    assert [word for word in words if squeezed(word) not in said] == []
    assert pages <= 2
    assert case.number in said


def test_page_word_and_excel_say_the_same_masked(cases: Cases, sign_in: SignIn) -> None:
    case, client = whole(cases), sign_in("agent")
    page = client.get(f"/cases/{case.pk}/sheet/").content.decode()
    word = docx.Document(io.BytesIO(client.get(f"/cases/{case.pk}/sheet/file/?as=docx").content))
    written = "\n".join(cell.text for table in word.tables for row in table.rows for cell in row.cells)
    sheet = load_workbook(io.BytesIO(client.get(f"/cases/{case.pk}/sheet/file/?as=xlsx").content)).active
    listed = "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
    for text in (page, written, listed):
        assert "林*" in text
        assert "138****0042" in text
        assert "更换压缩机" in text
        assert PHONE not in text
        assert MAIL not in text
        assert "林悦" not in text
    assert client.get(f"/cases/{case.pk}/sheet/file/?as=exe").status_code == 404


def test_the_number_of_who_reported_is_masked_in_texts_beside_those_of_the_file(cases: Cases, sign_in: SignIn) -> None:
    case = cases.open(reporter_phone="13911112222", description=f"打13911112222或{PHONE}")
    page = sign_in("agent").get(f"/cases/{case.pk}/sheet/").content.decode()
    assert ("打139****2222或138****0042" in page, "13911112222" in page) == (True, False)


def test_in_full_needs_the_right_and_a_reason_and_is_on_record(cases: Cases, sign_in: SignIn) -> None:
    case = whole(cases)
    address = f"/cases/{case.pk}/sheet/"
    asked = {"reason": "客户要求寄送原件", "form": "xlsx"}
    assert sign_in("agent").post(address, asked).status_code == 403
    manager = sign_in("director")
    assert manager.post(address, {**asked, "reason": ""}).status_code == 422
    for _twice in range(2):
        answer = manager.post(address, {**asked, "once": "k1"})
    sheet = load_workbook(io.BytesIO(answer.content)).active
    listed = "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
    assert "林悦" in listed
    assert PHONE in listed
    looks = ActEntry.objects.filter(verb="customers.take_out", customer_id=case.customer_id)
    assert [(look.reason, look.data["file"]) for look in looks] == [
        ("客户要求寄送原件", f"cases.case:{case.pk} xlsx")
    ] * 2


def test_a_reporter_without_a_file_is_masked_and_revealed_the_same_way(cases: Cases, sign_in: SignIn) -> None:
    Contact.objects.all().delete()
    case = cases.open(
        customer_id=None, reporter_name="王小明", reporter_phone="13911112222", description="打13911112222"
    )
    said, _pages = pdf(sign_in("agent"), case, "zh-hans")
    assert "139****2222" in said
    assert "13911112222" not in said
    assert "王小明" not in said
    director = sign_in("director")
    assert director.post(f"/cases/{case.pk}/sheet/", {"reason": "寄件", "form": "pdf"}).status_code == 200
    assert ActEntry.objects.get(verb="cases.take_out_sheet").reason == "寄件"


def test_out_of_sight_there_is_no_sheet(cases: Cases, sign_in: SignIn) -> None:
    case = cases.open()
    assert sign_in("rnd_head").get(f"/cases/{case.pk}/sheet/").status_code == 404
    assert sign_in("rnd_head").get(f"/cases/{case.pk}/sheet/file/?as=pdf").status_code == 404
