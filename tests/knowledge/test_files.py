"""Files of an article belong to versions: reviewed like the text, read by whoever reads the text."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from huiyin.kernel.refusal import Conflict, Forbidden, Invalid, NotFound
from huiyin.knowledge.actions.attach import attach_to_article, detach_from_article
from huiyin.knowledge.actions.review import publish_article, submit_article
from huiyin.knowledge.models import Article, ArticleFile, ArticleText
from huiyin.knowledge.queries.articles import file_seen_by, files_of
from huiyin.knowledge.rules.files import PDF, PICTURE, kept_name, media_type_of
from tests.conftest import Company
from tests.knowledge.conftest import Articles

SignIn = Callable[[str], Client]
PAPER = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF"


@pytest.fixture(autouse=True)
def _store(settings: object, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]


def picture(colour: str = "red", kind: str = "PNG") -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(target, kind)
    return target.getvalue()


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def attach(company: Company, article: Article, *files: SimpleUploadedFile, by: str = "agent") -> Article:
    attach_to_article(company.call(by), article.pk, uploads=files)
    article.refresh_from_db()
    return article


@pytest.mark.parametrize(
    ("head", "kept"),
    [
        (b"%PDF-1.4", PDF),
        (b"\xff\xd8\xff\xe0", PICTURE),
        (b"\x89PNG\r\n\x1a\n", PICTURE),
        (b"RIFF0000WEBPVP8 ", PICTURE),
        (b"RIFF0000WAVE", None),
        (b"<svg xmlns=", None),
        (b"GIF89a", None),
        (b"PK\x03\x04", None),
        (b"", None),
    ],
)
def test_content_says_what_a_file_is(head: bytes, kept: str | None) -> None:
    assert media_type_of(head) == kept


@pytest.mark.parametrize(
    ("name", "media_type", "kept"),
    [
        ("接线图.PNG", PICTURE, "接线图.jpg"),
        ("..\\..\\etc/手册.pdf", PDF, "手册.pdf"),
        ("a\x00b.exe", PDF, "ab.pdf"),
        ("", PICTURE, "file.jpg"),
        ("长" * 200, PDF, "长" * 116 + ".pdf"),
    ],
)
def test_names_have_no_folders_and_the_ending_of_what_is_kept(name: str, media_type: str, kept: str) -> None:
    assert kept_name(name, media_type) == kept


def test_a_file_waits_for_the_review_like_the_text(articles: Articles, company: Company) -> None:
    article = articles.published()
    article = attach(company, article, upload("接线图.png", picture()), upload("手册.pdf", PAPER))
    assert (article.state, article.shown and article.shown.version) == ("draft", 1)
    assert article.shown
    assert article.newest
    assert files_of(article.shown) == []
    assert [(file.name, file.media_type) for file in files_of(article.newest)] == [
        ("接线图.jpg", PICTURE),
        ("手册.pdf", PDF),
    ]
    submit_article(company.call("agent"), article.pk)
    publish_article(company.call("quality"), article.pk)
    article.refresh_from_db()
    assert article.shown
    assert [file.name for file in files_of(article.shown)] == ["接线图.jpg", "手册.pdf"]


def test_who_attached_does_not_publish(articles: Articles, company: Company) -> None:
    article = attach(company, articles.published(), upload("手册.pdf", PAPER), by="quality")
    submit_article(company.call("agent"), article.pk)
    with pytest.raises(Conflict):
        publish_article(company.call("quality"), article.pk)


def test_a_new_text_keeps_the_files(articles: Articles, company: Company) -> None:
    article = attach(company, articles.draft(), upload("手册.pdf", PAPER))
    articles.change(article, text="新的正文")
    article.refresh_from_db()
    assert article.newest
    assert [file.name for file in files_of(article.newest)] == ["手册.pdf"]


def test_the_same_file_twice_is_kept_once_and_makes_no_version(articles: Articles, company: Company) -> None:
    article = attach(company, articles.draft(), upload("手册.pdf", PAPER), upload("副本.pdf", PAPER))
    article = attach(company, article, upload("又一份.pdf", PAPER))
    assert ArticleFile.objects.count() == 1
    assert article.newest
    assert article.newest.version == 2


def test_what_is_taken_out_stays_with_the_versions_that_had_it(articles: Articles, company: Company) -> None:
    article = attach(company, articles.draft(), upload("手册.pdf", PAPER))
    file = article.files.get()
    article = articles.publish(article)
    detach_from_article(company.call("agent"), article.pk, file_id=file.pk)
    article.refresh_from_db()
    assert article.shown
    assert [each.pk for each in files_of(article.shown)] == [file.pk]
    assert article.newest
    assert files_of(article.newest) == []
    with pytest.raises(NotFound):
        detach_from_article(company.call("agent"), article.pk, file_id=file.pk)
    article = attach(company, article, upload("手册.pdf", PAPER))
    assert article.newest
    assert len(files_of(article.newest)) == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("run.exe", b"MZ\x90"),
        ("page.pdf", b"<html><script>"),
        ("broken.png", b"\x89PNG\r\n\x1a\nnothing"),
        ("big.pdf", PAPER + b"0" * (10 * 1024 * 1024)),
    ],
)
def test_what_is_not_kept_changes_nothing(articles: Articles, company: Company, name: str, content: bytes) -> None:
    article = articles.draft()
    with pytest.raises(Invalid) as refused:
        attach(company, article, upload("手册.pdf", PAPER), upload(name, content))
    assert list(refused.value.fields) == ["uploads"]
    assert (ArticleFile.objects.count(), ArticleText.objects.count()) == (0, 1)


def test_a_version_has_no_more_files_than_the_numbers_say(articles: Articles, company: Company) -> None:
    article = attach(company, articles.draft(), *(upload(f"{n}.pdf", PAPER + bytes([n])) for n in range(10)))
    with pytest.raises(Invalid):
        attach(company, article, upload("11.pdf", PAPER))
    assert ArticleFile.objects.count() == 10


def test_in_review_nothing_is_attached_and_readers_attach_nothing(articles: Articles, company: Company) -> None:
    article = articles.draft()
    with pytest.raises((Forbidden, NotFound)):
        attach(company, article, upload("手册.pdf", PAPER), by="auditor")
    submit_article(company.call("agent"), article.pk)
    with pytest.raises(Conflict):
        attach(company, article, upload("手册.pdf", PAPER))
    assert ArticleFile.objects.count() == 0


def test_who_may_read_the_text_may_read_its_files(articles: Articles, company: Company) -> None:
    article = articles.published("engineer", "director", visibility="department")
    article = attach(company, article, upload("手册.pdf", PAPER), by="engineer")
    file = article.files.get()
    assert file_seen_by(company.actor("engineer"), article.pk, file.pk) == file
    for who in ("agent", "auditor"):  # another department
        with pytest.raises(NotFound):
            file_seen_by(company.actor(who), article.pk, file.pk)


def test_readers_do_not_get_files_of_a_draft(articles: Articles, company: Company) -> None:
    article = attach(company, articles.published(), upload("手册.pdf", PAPER))
    file = article.files.get()
    with pytest.raises(NotFound):
        file_seen_by(company.actor("auditor"), article.pk, file.pk)
    articles.publish(article)
    assert file_seen_by(company.actor("auditor"), article.pk, file.pk) == file


def speaking(company: Company, sign_in: SignIn, language: str) -> Client:
    company.staff["agent"].language = language
    company.staff["agent"].save()
    return sign_in("agent")


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "添加附件"), ("en", "Attach files")])
def test_files_are_kept_shown_and_taken_out_by_hand(
    articles: Articles, sign_in: SignIn, language: str, words: str
) -> None:
    article, client = articles.published(), speaking(articles.company, sign_in, language)
    address = f"/articles/{article.pk}/"
    assert words in client.get(address).content.decode()
    files = [upload("接线图.png", picture()), upload("手册.pdf", PAPER)]
    answer = client.post(f"{address}files/", {"uploads": files})
    assert (answer.status_code, answer["Location"]) == (302, f"{address}?text=newest")
    shown = client.get(f"{address}?text=newest").content.decode()
    assert "接线图.jpg" in shown
    assert "手册.pdf" in shown
    assert "手册.pdf" not in client.get(address).content.decode()
    first, second = article.files.order_by("pk")
    seen = client.get(f"{address}files/{first.pk}/")
    assert (seen["Content-Type"], seen["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert seen["Content-Disposition"].startswith("inline")
    taken = client.get(f"{address}files/{second.pk}/")
    assert (taken.content, taken["Content-Disposition"][:10]) == (PAPER, "attachment")
    assert client.post(f"{address}files/{second.pk}/out/").status_code == 302
    assert "手册.pdf" not in client.get(f"{address}?text=newest").content.decode()
    assert "手册.pdf" in client.get(f"{address}versions/").content.decode()


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "不是图片"), ("en", "is neither a picture")])
def test_a_wrong_file_is_named(articles: Articles, sign_in: SignIn, language: str, words: str) -> None:
    article = articles.published()
    wrong = {"uploads": [upload("坏的.exe", b"MZ")]}
    client = speaking(articles.company, sign_in, language)
    answer = client.post(f"/articles/{article.pk}/files/", wrong)
    assert answer.status_code == 422
    said = answer.content.decode()
    assert words in said
    assert "坏的.exe" in said


def test_files_by_the_api(articles: Articles, sign_in: SignIn) -> None:
    article, agent, reader = articles.published(), sign_in("agent"), sign_in("auditor")
    address = f"/api/v1/articles/{article.pk}"
    made = agent.post(f"{address}/files", {"upload": upload("手册.pdf", PAPER)})
    assert made.status_code == 201
    (file,) = made.json()["files"]
    assert (file["name"], file["media_type"], file["size"]) == ("手册.pdf", PDF, len(PAPER))
    assert (file["in_use"], file["in_newest"]) == (False, True)
    assert agent.get(f"{address}/files/{file['id']}").content == PAPER
    assert reader.get(f"{address}/files/{file['id']}").status_code == 404
    assert reader.get(address).json()["files"] == []
    assert reader.post(f"{address}/files", {"upload": upload("手册.pdf", PAPER)}).status_code == 403
    assert agent.delete(f"{address}/files/{file['id']}").json()["files"] == []
    assert agent.post(f"{address}/files", {"upload": upload("a.exe", b"MZ")}).status_code == 422
