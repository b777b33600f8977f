"""A code on a device opens the form of this very device; a retired one says so (CHN-3)."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pytest_django import Settings

from huiyin.cases.public import Case
from huiyin.customers.public import Contact, Customer, InstalledProduct, Product
from huiyin.devices.actions.labels import make_labels, switch_label
from huiyin.devices.models import DeviceLabel
from huiyin.devices.queries.devices import address_of
from huiyin.organisation.public import Store
from tests.conftest import Company
from tests.documents.reading import pdf_pages, pdf_text, squeezed

SignIn = Callable[[str], Client]
TELL = {"kind": "repair", "description": "不制冷", "reporter_phone": "13900001111"}


@pytest.fixture(autouse=True)
def own_files(settings: Settings, tmp_path: Path) -> None:
    """Files go into a folder of the test."""
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def installed(company: Company) -> InstalledProduct:
    """A fridge at 林悦's, under warranty until 2026-12-31."""
    owner = Customer.objects.create(
        number="CS202609001", name="林悦", sort_key="lin yue", registered_at="2026-09-01T00:00:00Z"
    )
    Contact.objects.create(customer=owner, name="林悦", phone="+8613800000042", is_primary=True)
    product = Product.objects.create(model="BCD-500", name="双门冰箱")
    return InstalledProduct.objects.create(
        customer=owner,
        product=product,
        serial="SN-7",
        store=Store.objects.order_by("code").first(),
        warranty_until=date(2026, 12, 31),
    )


def label_of(company: Company, *serials: str, **more: str) -> DeviceLabel:
    keys = make_labels(company.call("agent"), serials=serials, **more)
    return DeviceLabel.objects.get(pk=keys[0])


def path_of(label: DeviceLabel) -> str:
    return address_of(label).removeprefix("http://127.0.0.1:8000")


def test_scanning_shows_device_and_warranty_and_nobody(company: Company, installed: InstalledProduct) -> None:
    page = Client().get(path_of(label_of(company, "SN-7"))).content.decode()
    for shown in ("双门冰箱", "SN-7", "保至 "):
        assert shown in page
    for hidden in ("林悦", "CS202609001", "138"):
        assert hidden not in page


def test_a_photo_and_words_become_one_case_of_this_device(company: Company, installed: InstalledProduct) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(drawn, "JPEG")
    path, client = path_of(label_of(company, "SN-7")), Client()
    answers = [
        client.post(path, {**TELL, "once": "1", "uploads": [SimpleUploadedFile("a.jpg", drawn.getvalue())]})
        for _twice in range(2)
    ]
    case = Case.objects.get()
    assert answers[0]["Location"] == answers[1]["Location"] == f"/c/{case.links.get().token}/"
    assert (case.serial, case.product, case.store_id, case.kind, case.channel) == (
        "SN-7",
        installed.product,
        installed.store_id,
        "repair",
        "website",
    )
    assert case.attachments.count() == 1
    assert case.customer is None, "who scans is not who owns it"


def test_the_owner_is_known_by_their_own_phone(company: Company, installed: InstalledProduct) -> None:
    Client().post(path_of(label_of(company, "SN-7")), {**TELL, "reporter_phone": "13800000042"})
    assert Case.objects.get().customer == installed.customer


def test_a_retired_renewed_or_guessed_code_says_so(company: Company, installed: InstalledProduct) -> None:
    label = label_of(company, "SN-7")
    path = path_of(label)
    switch_label(company.call("agent"), label.pk, verb="renew")
    for old in (path, f"/d/{label.pk}-guess/", "/d/999999-guess/"):
        answer = Client().get(old)
        assert (answer.status_code, "该二维码已停用" in answer.content.decode()) == (410, True)
    label.refresh_from_db()
    assert Client().get(path_of(label)).status_code == 200
    switch_label(company.call("agent"), label.pk, verb="retire")
    assert Client().post(path_of(label), TELL).status_code == 410
    assert not Case.objects.exists()


def test_a_device_keeps_the_code_it_has_and_a_product_needs_no_serial(
    company: Company, installed: InstalledProduct
) -> None:
    first, again = label_of(company, "SN-7", "SN-7"), label_of(company, "SN-7")
    assert first == again
    shelf = label_of(company, model="bcd-500")
    assert (shelf.product, shelf.serial) == (installed.product, "")
    stranger = label_of(company, "SN-X", model="老型号")
    assert (stranger.product, stranger.called, stranger.serial) == (None, "老型号", "SN-X")


def test_the_sheet_is_a_pdf_with_every_code(company: Company, installed: InstalledProduct, sign_in: SignIn) -> None:
    made = sign_in("agent").post("/device-labels/", {"serials": "\n".join(f"SN-{n}" for n in range(16)), "once": "1"})
    page = sign_in("agent").get(made["Location"])
    ids = page.context["page"].made
    assert len(ids.split(",")) == 16
    sheet = sign_in("agent").get("/device-labels/sheet.pdf", {"ids": ids})
    assert sheet["Content-Type"] == "application/pdf"
    text = squeezed(pdf_text(sheet.content))
    assert (len(pdf_pages(sheet.content)), "双门冰箱" in text, "SNSN-15" in text) == (2, True, True)
    assert sign_in("agent").get("/device-labels/sheet.pdf?ids=999999").status_code == 404


def test_nothing_named_makes_nothing(company: Company, sign_in: SignIn) -> None:
    answer = sign_in("agent").post("/device-labels/", {"serials": "  \n "})
    assert (answer.status_code, "serials" in answer.context["form"].errors) == (422, True)
    assert sign_in("auditor").get("/device-labels/").status_code == 403
