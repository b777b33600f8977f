"""The pages of site visits: by role and scope, what is masked, and the customer's side."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image
from pytest_django import Settings

from huiyin.field_service.actions.report import sign_report
from huiyin.field_service.models import FieldRules, ServiceReport, SiteVisit
from huiyin.field_service.queries.offers import slots_of
from tests.documents.reading import opened, pdf_text, word_text
from tests.field_service.conftest import WORDS, Field, drawn, signature

pytestmark = pytest.mark.django_db
SEEN = {"director": 200, "agent": 200, "technical_head": 200, "engineer": 200, "auditor": 200, "rnd_head": 404}
REPORT = {"found": "压缩机卡死", "done": "更换", "test": "正常", "tested_with_customer": "on", "signed_name": "林悦"}


@pytest.mark.parametrize("who", SEEN)
def test_who_sees_which_visit(sign_in: Callable[[str], Client], field: Field, who: str) -> None:
    visit = field.working()
    client = sign_in(who)
    pages = [reverse("site-visit", args=[visit.pk]), reverse("service-report", args=[visit.pk])]
    assert [client.get(page).status_code for page in pages] == [SEEN[who]] * 2
    lists = [reverse("site-visits"), reverse("site-visits") + "?tab=coming&engineer=all"]
    for page in lists:
        answer = client.get(page)
        assert answer.status_code == 200
        assert (visit.number in client.get(lists[1]).content.decode()) is (SEEN[who] == 200)
    rules = 200 if who in ("director", "technical_head", "rnd_head") else 403
    assert client.get(reverse("field-rules")).status_code == rules


def words(answer: Any) -> str:
    """What an answer says; JSON writes Chinese in numbers."""
    return str(answer.json()) if answer["Content-Type"].startswith("application/json") else answer.content.decode()


def test_address_and_phone_never_leave_the_server_unasked(sign_in: Callable[[str], Client], field: Field) -> None:
    visit = field.plan()
    client, here = sign_in("engineer"), reverse("site-visit", args=[visit.pk])
    for page in (here, reverse("site-visits") + "?tab=coming", f"/api/v1/site-visits/{visit.pk}"):
        said = words(client.get(page))
        assert "上海市徐汇区****" in said
        assert "漕溪路" not in said
        assert "13800000042" not in said
    shown = client.post(reverse("site-visit-reveal", args=[visit.pk, "address"]))
    assert "漕溪路 100 号" in shown.content.decode()
    assert shown["Cache-Control"] == "no-store"


def test_a_typed_address_tells_its_place_and_no_more(sign_in: Callable[[str], Client], field: Field) -> None:
    visit = field.plan(address="江苏省苏州市姑苏区平江路 8 号")
    client = sign_in("engineer")
    for page in (reverse("site-visits") + "?tab=coming", f"/api/v1/site-visits/{visit.pk}"):
        said = words(client.get(page))
        assert ("江苏省苏州市姑苏区****" in said, "平江路" in said) == (True, False)


def test_a_report_is_signed_once_however_often_it_is_sent(sign_in: Callable[[str], Client], field: Field) -> None:
    visit = field.working()
    client, here = sign_in("engineer"), reverse("service-report", args=[visit.pk])
    nothing = client.post(here, REPORT | {"do": "sign", "signature": ""})
    assert (nothing.status_code, "还没有签名，请客户在签名区签字。" in nothing.content.decode()) == (422, True)
    body = REPORT | {"do": "sign", "signature": drawn(), "once": "twice"}
    assert [client.post(here, body).status_code for _hand in range(2)] == [302, 302]
    report = ServiceReport.objects.get()
    assert (report.sign_way, len(report.digest)) == ("drawn", 64)
    picture = client.get(reverse("site-visit-signature", args=[visit.pk]))
    assert Image.open(io.BytesIO(picture.content)).format == "PNG"
    for kind, head in (("pdf", b"%PDF"), ("docx", b"PK")):
        file = client.get(reverse("service-report-file", args=[visit.pk]) + f"?as={kind}")
        assert file.content[: len(head)] == head


def test_without_a_script_the_signed_paper_is_photographed(sign_in: Callable[[str], Client], field: Field) -> None:
    visit = field.working()
    target = io.BytesIO()
    Image.new("RGB", (800, 600), "white").save(target, "JPEG")
    target.seek(0)
    target.name = "paper.jpg"
    here = reverse("service-report", args=[visit.pk])
    assert sign_in("engineer").post(here, REPORT | {"do": "sign", "paper": target}).status_code == 302
    assert ServiceReport.objects.get().sign_way == "paper"


def test_photos_are_written_anew_and_counted(sign_in: Callable[[str], Client], field: Field) -> None:
    visit = field.working()
    client, here = sign_in("engineer"), reverse("site-visit-do", args=[visit.pk, "photo"])

    def photo(colour: str) -> io.BytesIO:
        target = io.BytesIO()
        Image.new("RGB", (3000, 2000), colour).save(target, "JPEG", exif=b"Exif\x00\x00secret-place")
        target.seek(0)
        target.name = f"{colour}.jpg"
        return target

    assert [client.post(here, {"photo": photo(each)}).status_code for each in ("red", "red", "blue")] == [302] * 3
    assert visit.photos.count() == 2
    shown = client.get(reverse("site-visit-photo", args=[visit.pk, visit.photos.first().pk]))
    assert b"secret-place" not in shown.content
    fake = io.BytesIO(b"<script>")
    fake.name = "x.jpg"
    assert client.post(here, {"photo": fake}).status_code == 422


def test_the_customers_page_shows_moves_and_hands_the_report_over(client: Client, field: Field) -> None:
    visit = field.plan()
    here = reverse("site-visit-for-customer", args=[visit.token])
    page = client.get(here).content.decode()
    assert "漕溪路" not in page
    slot = slots_of(visit, field.clock.now)[0]
    assert client.post(f"{here}move/", {"start": slot.start.isoformat()}).status_code == 302
    taken = client.post(f"{here}move/", {"start": "2026-09-29T03:00:00+08:00"})
    assert (taken.status_code, "这个时段已被占用，请另选时间。" in taken.content.decode()) == (422, True)
    assert client.post(f"{here}move/", {"words": ""}).status_code == 422
    assert client.post(f"{here}move/", {"words": "周末"}).status_code == 302
    assert client.get(reverse("site-visit-report-file", args=[visit.token])).status_code == 404
    assert client.get("/sv/nobody-was-given-this/").status_code == 404
    SiteVisit.objects.filter(pk=visit.pk).update(link_until=field.clock.now - timedelta(days=1))
    assert client.get(here).status_code == 410


def test_the_signed_report_is_at_the_customers_link(client: Client, field: Field) -> None:
    visit = field.working()
    sign_report(field.call(), visit.pk, WORDS, signature())
    page = client.get(reverse("site-visit-for-customer", args=[visit.token])).content.decode()
    assert "更换压缩机" in page
    assert client.get(reverse("site-visit-own-signature", args=[visit.token]))["Content-Type"] == "image/png"


@pytest.mark.parametrize(
    ("language", "line"), [("zh-hans", "签名图片无法读取"), ("en", "pictureofthesignaturecannotberead")]
)
@pytest.mark.parametrize("broken", ["", "gone", "no picture"])
def test_the_files_show_the_signature_or_say_that_it_cannot_be_read(
    sign_in: Callable[[str], Client], field: Field, settings: Settings, language: str, line: str, broken: str
) -> None:
    visit = field.working()
    report = sign_report(field.call(), visit.pk, WORDS, signature())
    kept = Path(settings.MEDIA_ROOT) / report.signature
    if broken:
        kept.write_bytes(b"no picture")
    if broken == "gone":
        kept.unlink()
    here = reverse("service-report-file", args=[visit.pk]) + f"?in={language}&as="
    client = sign_in("engineer")
    pdf, word = (client.get(here + ending).content for ending in ("pdf", "docx"))
    shown = [len(page.images) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    assert (sum(shown), len(opened(word).inline_shapes)) == ((0, 0) if broken else (1, 1))
    assert [line in pdf_text(pdf), line in word_text(word)] == [bool(broken)] * 2


def test_numbers_and_checks_change_as_versions(sign_in: Callable[[str], Client], field: Field) -> None:
    client, here = sign_in("service_manager"), reverse("field-rules")
    numbers = FieldRules.objects.get().numbers
    body = {**{name: str(value) for name, value in numbers.items()}, "effective_from": "2026-09-28", "reason": "试行"}
    text = "power | 已断电 | Power is off\n?photo | 已拍照 | Photo taken"
    assert client.post(here, body | {"checks": text, "version": "1"}).status_code == 302
    newest = FieldRules.objects.latest("version")
    assert [(item.code, item.required) for item in newest.check_items] == [("power", True), ("photo", False)]
    assert client.post(here, body | {"checks": "坏行", "version": "2"}).status_code == 422
    assert client.post(here, body | {"checks": text, "slot_minutes": "5"}).status_code == 422
    assert field.plan().rules_id == newest.pk


def test_an_appointment_is_made_from_a_free_time(sign_in: Callable[[str], Client], field: Field) -> None:
    client, here = sign_in("agent"), reverse("site-visit-new", args=[field.case.pk])
    page = client.get(here).content.decode()
    assert "2026-09-28T10:00:00+08:00" in page
    engineer = field.cases.company.staff["engineer"].pk
    address = field.case.customer.addresses.get().pk
    body = {"slot": f"{engineer}|2026-09-28T10:00:00+08:00", "address_id": str(address), "once": "k"}
    assert [client.post(here, body).status_code for _hand in range(2)] == [302, 302]
    assert SiteVisit.objects.count() == 1
    taken = client.post(here, body | {"once": "other"})
    assert (taken.status_code, "在这个时间已有预约" in taken.content.decode()) == (422, True)
    assert client.post(here, {"address_id": str(address)}).status_code == 422
