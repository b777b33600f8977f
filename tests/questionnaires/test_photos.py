"""Photos come from the customer's phone, are written anew without EXIF, and are seen with the scope right (QST-1)."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pytest_django import Settings

from huiyin.foundation.calls import system_call
from huiyin.foundation.photos import photo_of
from huiyin.kernel.refusal import Invalid
from huiyin.questionnaires.actions.edit_draft import put_draft
from huiyin.questionnaires.actions.publish_draft import publish_draft
from huiyin.questionnaires.models import AnswerPhoto, Asking
from huiyin.questionnaires.rules.checking import check
from huiyin.questionnaires.rules.form import Form, FormQuestion
from tests.conftest import Company
from tests.questionnaires.conftest import asked

SHOWN = Form(
    code="photo",
    title_zh="安装评价",
    title_en="Installation",
    questions=(
        FormQuestion("overall", "scale5", "您满意吗？", "Are you satisfied?", dimension="overall", required=True),
        FormQuestion("place", "photo", "请拍一张安装位置", "A photo of the place", most_photos=2, most_megabytes=1),
    ),
)


def picture(kind: str = "JPEG", size: tuple[int, int] = (640, 480), **more: Any) -> bytes:
    """A picture as a phone makes it."""
    target = io.BytesIO()
    Image.new("RGB", size, (200, 80, 40)).save(target, kind, **more)
    return target.getvalue()


def from_a_phone() -> bytes:
    """Lying on its side, with the place where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Secret Camera"
    exif.get_ifd(0x8825)[2] = (31.0, 14.0, 0.0)
    return picture(exif=exif)


@pytest.fixture
def asking(company: Company, settings: Settings, tmp_path: Path) -> Asking:
    """A questionnaire with a photo question, asked by link."""
    settings.MEDIA_ROOT = tmp_path / "files"
    put_draft(company.call("service_manager"), SHOWN)
    publish_draft(company.call("service_manager"), "photo")
    return asked(company, form="photo")


def send(client: Client, asking: Asking, *contents: bytes, **fields: str) -> Any:
    files = [SimpleUploadedFile(f"{n}.jpg", content, "image/jpeg") for n, content in enumerate(contents)]
    return client.post(f"/q/{asking.token}/photos/place/", {"place": files, **fields})


def stored() -> list[bytes]:
    from huiyin.channels.public import kept

    return [kept(each.path) for each in AnswerPhoto.objects.order_by("pk")]


def test_a_photo_is_turned_upright_and_tells_nothing_but_the_picture(asking: Asking, client: Client) -> None:
    client.get(f"/q/{asking.token}/")
    assert send(client, asking, from_a_phone()).status_code == 200
    (content,) = stored()
    with Image.open(io.BytesIO(content)) as kept:
        assert (kept.format, kept.size, dict(kept.getexif())) == ("JPEG", (480, 640), {})
    assert b"Secret" not in content
    row = AnswerPhoto.objects.get()
    assert (row.width, row.height, row.size) == (480, 640, len(content))


def test_large_photos_are_made_smaller() -> None:
    photo = photo_of(picture(size=(4000, 3000)), None)
    assert (photo.width, photo.height) == (1600, 1200)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_usual_formats_become_jpeg(kind: str) -> None:
    assert photo_of(picture(kind), None).content[:3] == b"\xff\xd8\xff"


WRONG = [
    (b"<svg onload=alert(1)>", "not a photo we can read"),
    (b"%PDF-1.7 ...", "not a photo we can read"),
    (picture("GIF"), "not a photo we can read"),
    (picture()[:900], "incomplete"),
    (b"", "not a photo we can read"),
    (picture() + b"\0" * (1024 * 1024), "larger than 1 MB"),
]


@pytest.mark.parametrize(("content", "why"), WRONG)
def test_what_is_no_photo_is_refused_by_its_content(content: bytes, why: str) -> None:
    with pytest.raises(Invalid, match=why):
        photo_of(content, 1)


def test_a_bomb_of_pixels_is_refused_before_it_is_unpacked() -> None:
    header = picture("PNG", (8, 8))
    bomb = header[:16] + (30_000).to_bytes(4, "big") + (30_000).to_bytes(4, "big") + header[24:]
    with pytest.raises(Invalid):
        photo_of(bomb, None)


def test_the_limit_of_the_question_holds_and_keeps_what_is_there(asking: Asking, client: Client) -> None:
    client.get(f"/q/{asking.token}/")
    send(client, asking, picture(size=(50, 50)), picture(size=(60, 60)))
    refused = send(client, asking, picture(size=(70, 70)), HTTP_ACCEPT_LANGUAGE="en")
    assert refused.status_code == 422
    assert "最多 2 张照片" in refused.content.decode()
    assert AnswerPhoto.objects.count() == 2


def test_the_same_photo_twice_is_one_and_a_removed_one_is_gone(asking: Asking, client: Client) -> None:
    client.get(f"/q/{asking.token}/")
    send(client, asking, picture())
    send(client, asking, picture())
    photo = AnswerPhoto.objects.get()
    assert f'data-drop="{photo.pk}"' in send(client, asking).content.decode()
    left = send(client, asking, drop=str(photo.pk)).content.decode()
    assert "data-drop" not in left
    assert client.get(f"/q/{asking.token}/photos/place/{photo.pk}/").status_code == 404


def test_without_script_photos_come_with_the_form_and_a_wrong_one_keeps_the_rest(
    asking: Asking, client: Client
) -> None:
    client.get(f"/q/{asking.token}/")
    bad = SimpleUploadedFile("x.jpg", b"nonsense", "image/jpeg")
    page = client.post(f"/q/{asking.token}/", {"overall": "4", "place": bad})
    assert page.status_code == 422
    assert "无法读取" in page.content.decode()
    good = SimpleUploadedFile("x.jpg", picture(), "image/jpeg")
    assert client.post(f"/q/{asking.token}/", {"overall": "4", "place": good}).status_code == 302
    asking.refresh_from_db()
    assert (asking.state, asking.scores, AnswerPhoto.objects.count()) == ("complete", {"overall": 4}, 1)


def test_partial_answers_and_photos_are_there_again_for_the_same_browser(asking: Asking, client: Client) -> None:
    client.get(f"/q/{asking.token}/")
    client.post(f"/q/{asking.token}/part/", {"overall": "2"})
    send(client, asking, picture())
    page = client.get(f"/q/{asking.token}/").content.decode()
    assert 'value="2" checked' in page
    assert f"/photos/place/{AnswerPhoto.objects.get().pk}/" in page
    photo = client.get(f"/q/{asking.token}/photos/place/{AnswerPhoto.objects.get().pk}/")
    assert (photo.status_code, photo["Content-Type"]) == (200, "image/jpeg")


def test_photos_are_seen_with_the_scope_right_only(
    asking: Asking, client: Client, sign_in: Callable[[str], Client]
) -> None:
    client.get(f"/q/{asking.token}/")
    send(client, asking, picture())
    client.post(f"/q/{asking.token}/", {"overall": "4"})
    address = f"/askings/{asking.pk}/photos/{AnswerPhoto.objects.get().pk}/"
    assert address in sign_in("service_manager").get(f"/askings/{asking.pk}/").content.decode()
    seen = {who: sign_in(who).get(address).status_code for who in ("service_manager", "agent", "agent2", "rnd_head")}
    assert seen == {"service_manager": 200, "agent": 200, "agent2": 404, "rnd_head": 404}
    assert client.get(address).status_code == 302
    other = asked_other(asking)
    assert sign_in("director").get(f"/askings/{other}/photos/{AnswerPhoto.objects.get().pk}/").status_code == 404


def asked_other(asking: Asking) -> int:
    """Another asking, which has no photos."""
    return Asking.objects.create(
        questionnaire=asking.questionnaire,
        subject="organisation.store",
        subject_id=99,
        asked_at=system_call().now,
        expires_at=asking.expires_at,
    ).pk


def test_a_photo_cannot_be_required() -> None:
    question = FormQuestion("place", "photo", "照片", required=True)
    faults = check(Form(code="x", title_zh="x", questions=(question,)))
    assert [fault.question for fault in faults if fault.firm] == ["place"]
