"""The customer's own words and files: with the public form and behind the link, on a phone without sign-in."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from PIL import Image
from pytest_django import Settings

from huiyin.cases.models import Attachment, Case, CaseRules
from huiyin.cases.queries.for_customer import view_of_link
from huiyin.channels.models import StaffNotice
from huiyin.foundation import clock as clocks
from tests.cases.conftest import Cases
from tests.conftest import Company, MovableClock

FEEDBACK = {"kind": "repair", "topic": "product", "description": "冰箱门关不严", "reporter_phone": "13800000042"}
PLACE = 0x8825  # the EXIF tag of GPS data


@pytest.fixture(autouse=True)
def own_files(settings: Settings, tmp_path: Path) -> None:
    """Files go into a folder of the test."""
    settings.MEDIA_ROOT = tmp_path / "files"


def photo(name: str = "IMG_1.jpg", colour: str = "red") -> SimpleUploadedFile:
    """A photo with a place in it, as phones make them."""
    exif = Image.Exif()
    exif[0x010F] = "Phone"
    exif[PLACE] = {1: "N", 2: (31.0, 14.0, 0.0)}
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(drawn, "JPEG", exif=exif)
    return SimpleUploadedFile(name, drawn.getvalue(), "image/jpeg")


def program() -> SimpleUploadedFile:
    return SimpleUploadedFile("photo.jpg", b"MZ\x90\x00this is a program", "image/jpeg")


def link(case: Case) -> str:
    return f"/c/{case.links.get().token}/"


def told(case: Case) -> list[str]:
    return [note.text for note in case.notes.filter(kind="told").order_by("-id")]


def test_the_form_takes_photos_and_takes_the_place_out_of_them(cases: Cases) -> None:
    Client().post("/feedback/", {**FEEDBACK, "uploads": [photo(), photo("b.png", "blue")]})
    kept = list(Attachment.objects.order_by("id"))
    assert [(each.name, each.media_type, each.by_id) for each in kept] == [("IMG_1.jpg", "image/jpeg", None)]
    with Image.open(kept[0].file) as written:
        assert dict(written.getexif()) == {}
    assert "b.png" in told(Case.objects.get())[0], "a JPEG that calls itself PNG lies about its type"


def test_a_file_that_lies_is_named_and_takes_nothing_with_it(cases: Cases) -> None:
    answer = Client().post("/feedback/", {**FEEDBACK, "uploads": [program(), photo()]})
    case = Case.objects.get()
    assert answer["Location"] == link(case)
    assert [each.name for each in case.attachments.all()] == ["IMG_1.jpg"]
    assert told(case)[0].startswith("您的内容已收到。以下文件未能接收：\n\n· photo.jpg")
    assert "photo.jpg" in Client().get(link(case)).content.decode()


def test_who_has_no_file_gets_letters_in_the_language_of_the_form(cases: Cases) -> None:
    form = {**FEEDBACK, "reporter_phone": "", "reporter_email": "ann@abroad.example", "uploads": [program()]}
    Client(headers={"accept-language": "en"}).post("/feedback/", form)
    case = Case.objects.get()
    refused, receipt = told(case)
    assert (case.customer, case.reporter_language) == (None, "en")
    assert receipt.startswith("Dear customer,")
    assert refused.startswith("What you wrote has arrived. These files could not be accepted:\n\n· photo.jpg")


def test_who_has_a_file_gets_letters_in_its_language_whatever_the_form_was_read_in(cases: Cases) -> None:
    Client(headers={"accept-language": "en"}).post("/feedback/", {**FEEDBACK, "uploads": [program()]})
    refused, receipt = told(Case.objects.get())
    assert refused.startswith("您的内容已收到。以下文件未能接收：\n\n· photo.jpg")
    assert receipt.startswith("尊敬的")


def test_a_form_sent_again_in_any_way_makes_one_case(cases: Cases, clock: MovableClock) -> None:
    first = Client().post("/feedback/", {**FEEDBACK, "once": "a"})
    again = Client().post("/feedback/", {**FEEDBACK, "once": "b", "uploads": [photo()]})
    assert first["Location"] == again["Location"]
    assert (Case.objects.count(), Attachment.objects.count()) == (1, 1)
    clock.advance(minutes=15)
    Client().post("/feedback/", {**FEEDBACK, "once": "c"})
    assert Case.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_the_same_form_twice_at_once_makes_one_case(cases: Cases) -> None:
    together = Barrier(2)

    def send(_number: int) -> str:
        together.wait()
        try:
            return Client().post("/feedback/", FEEDBACK)["Location"]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert len(set(pool.map(send, range(2)))) == 1
    assert Case.objects.count() == 1


def test_more_than_may_come_is_refused_before_it_is_read(company: Company) -> None:
    CaseRules.objects.create(
        kind="conduct", version=1, data={"attachment_bytes": 1_000}, effective_from=clocks.now() - timedelta(days=1)
    )
    large = SimpleUploadedFile("a.txt", b"a" * 7_000)
    assert Client().post("/feedback/", {**FEEDBACK, "uploads": [large]}).status_code == 413
    assert not Case.objects.exists()


def test_the_customer_adds_words_and_a_photo_and_the_owner_hears(cases: Cases) -> None:
    case = cases.open()
    client = Client()
    StaffNotice.objects.all().delete()
    assert "补充说明" in client.get(link(case)).content.decode()
    answer = client.post(f"{link(case)}say/", {"text": "<script>又响了</script>", "uploads": [photo()], "once": "s"})
    client.post(f"{link(case)}say/", {"text": "<script>又响了</script>", "once": "s"})
    assert answer["Location"] == link(case)
    note = case.notes.get(kind="said")
    assert (note.text, note.channel) == ("<script>又响了</script>", "website")
    assert StaffNotice.objects.get().staff_id == case.owner_id
    page = client.get(link(case)).content.decode()
    assert "&lt;script&gt;又响了" in page
    kept = case.attachments.get()
    assert f"{link(case)}files/{kept.pk}/" in page
    file = client.get(f"{link(case)}files/{kept.pk}/")
    assert (file["Content-Type"], file["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")


def test_nothing_said_is_told_so_and_floods_stop(cases: Cases) -> None:
    case = cases.open()
    empty = Client().post(f"{link(case)}say/", {"text": " "})
    assert (empty.status_code, "请先填写内容或选择文件。" in empty.content.decode()) == (422, True)
    statuses = [Client().post(f"{link(case)}say/", {"text": f"第{n}次"}).status_code for n in range(21)]
    assert statuses == [302] * 20 + [422]
    assert case.notes.filter(kind="said").count() == 20


def test_another_link_does_not_open_the_files(cases: Cases) -> None:
    case, other = cases.open(), cases.open(topic="attitude")
    Client().post(f"{link(case)}say/", {"uploads": [photo()]})
    kept = case.attachments.get()
    assert Client().get(f"{link(other)}files/{kept.pk}/").status_code == 404
    case.links.update(expires_at=clocks.now())
    assert Client().get(f"{link(case)}files/{kept.pk}/").status_code == 404
    assert Client().post(f"{link(case)}say/", {"text": "x"}).status_code == 410


def test_words_to_an_ended_case_open_a_new_one(cases: Cases) -> None:
    case = cases.open(serial="SN-7")
    Case.objects.filter(pk=case.pk).update(state="cancelled")
    address = link(case)
    assert "还有问题？" in Client().get(address).content.decode()
    answer = Client().post(f"{address}say/", {"text": "又坏了", "once": "x"})
    again = Client().post(f"{address}say/", {"text": "又坏了", "once": "x"})
    new = Case.objects.exclude(pk=case.pk).get()
    assert answer["Location"] == again["Location"] == link(new)
    assert (new.repeat_of_id, new.serial, new.customer_id, new.description) == (
        case.pk,
        "SN-7",
        case.customer_id,
        "又坏了",
    )
    assert view_of_link(new.links.get().token, clocks.now()).files == []
