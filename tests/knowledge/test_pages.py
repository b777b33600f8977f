"""The pages of articles: who may open them, what they show, and that nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from huiyin.cases.public import ProblemType
from huiyin.knowledge.models import Article, ArticleVote
from tests.conftest import Company
from tests.knowledge.conftest import TITLE, Articles

SignIn = Callable[[str], Client]


def text(client: Client, address: str, status: int = 200, **more: object) -> str:
    answer = client.get(address, **more)
    assert answer.status_code == status
    return answer.content.decode()


ALL = ("director", "service_manager", "agent", "quality", "technical_head", "engineer", "store_manager", "auditor")
WRITERS = ALL[:6]
MANAGERS = ("director", "service_manager", "quality")


@pytest.mark.parametrize("who", [*ALL, "administrator"])
def test_each_role_opens_what_it_may_and_nothing_else(articles: Articles, sign_in: SignIn, who: str) -> None:
    article = articles.published()
    client = sign_in(who)
    expected = {
        reverse("articles"): True,
        reverse("article", args=[article.pk]): True,
        reverse("article-new"): who in WRITERS,
        reverse("article-edit", args=[article.pk]): who in WRITERS,
        reverse("article-versions", args=[article.pk]): who in WRITERS,
        reverse("article-numbers"): who in MANAGERS,
    }
    for address, may in expected.items():
        assert client.get(address).status_code == (200 if may else 403), address


def test_what_lies_in_another_department_is_not_there(articles: Articles, sign_in: SignIn) -> None:
    article = articles.published("engineer", "director", visibility="department")
    for name in ("article", "article-edit", "article-versions"):
        assert sign_in("agent").get(reverse(name, args=[article.pk])).status_code == 404


def test_strangers_are_led_to_the_door(articles: Articles, client: Client) -> None:
    article = articles.published(visibility="public")
    assert client.get(reverse("article", args=[article.pk])).status_code == 302


def test_typing_brings_the_part_alone(articles: Articles, sign_in: SignIn) -> None:
    articles.published()
    client = sign_in("agent")
    part = text(client, "/articles/?text=停机", headers={"HX-Request": "true"})
    assert TITLE in part
    assert "<html" not in part
    assert TITLE in text(client, "/articles/?text=停机")
    assert "还没有这方面的文章" in text(client, "/articles/?text=没有的词")
    assert text(client, "/articles/?text=%00%27&after=x&tab=none")


def test_an_article_is_written_handed_in_published_and_judged_by_hand(sign_in: SignIn, company: Company) -> None:
    agent, quality = sign_in("agent"), sign_in("quality")
    given = {"title": "漏水", "text": "<script>alert(1)</script>\n\n**关阀门**", "visibility": "staff", "once": "a1"}
    made = agent.post("/articles/new/", given)
    assert made.status_code == 302
    article = Article.objects.get()
    assert agent.post("/articles/new/", given).headers["Location"] == made.headers["Location"]  # clicked twice
    assert Article.objects.count() == 1
    steps = f"/articles/{article.pk}/steps/"
    assert agent.post(f"{steps}submit/", {"reviewer_id": company.staff["quality"].pk}).status_code == 302
    assert agent.post(f"{steps}publish/").status_code == 403
    assert quality.post(f"{steps}publish/").status_code == 302
    page = text(agent, f"/articles/{article.pk}/")
    assert "&lt;script&gt;alert(1)" in page
    assert "<strong>关阀门</strong>" in page
    assert "<script>alert" not in page
    agent.post(f"{steps}useful/")
    agent.post(f"{steps}useless/")
    assert list(ArticleVote.objects.values_list("useful", flat=True)) == [False]


def test_what_was_typed_stands_after_a_refusal(sign_in: SignIn) -> None:
    answer = sign_in("agent").post("/articles/new/", {"title": "", "text": "只有正文在这里", "visibility": "staff"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "只有正文在这里" in page
    assert "标题和正文须同时填写" in page


def test_an_overtaken_edit_keeps_what_was_typed(articles: Articles, sign_in: SignIn) -> None:
    article = articles.draft()
    articles.change(article, title="别人改的标题")
    given = {"title": "我改的标题", "text": "我的正文", "visibility": "staff", "version": "1"}
    answer = sign_in("agent").post(f"/articles/{article.pk}/edit/", given)
    assert answer.status_code == 422
    assert "我的正文" in answer.content.decode()


def test_versions_stand_side_by_side(articles: Articles, sign_in: SignIn) -> None:
    article = articles.published()
    articles.change(article, title="压缩机频繁停机")
    page = text(sign_in("agent"), f"/articles/{article.pk}/versions/")
    assert "压缩机频繁停机" in page
    assert TITLE in page


def test_a_draft_in_work_and_the_text_in_use_are_told_apart(articles: Articles, sign_in: SignIn) -> None:
    article = articles.published()
    articles.change(article, text="新的正文")
    assert "新的正文" not in text(sign_in("agent"), f"/articles/{article.pk}/")
    assert "新的正文" in text(sign_in("agent"), f"/articles/{article.pk}/?text=newest")
    assert "新的正文" not in text(sign_in("store_manager"), f"/articles/{article.pk}/?text=newest")


def test_numbers_are_changed_with_a_reason(sign_in: SignIn) -> None:
    client = sign_in("quality")
    numbers = {"decide_days": 2, "fresh_days": 90, "suggested": 5, "file_megabytes": 5, "files": 4}
    given = {**numbers, "effective_from": "2026-09-28", "version": "0"}
    assert client.post("/articles/numbers/", given).status_code == 422
    assert client.post("/articles/numbers/", {**given, "reason": "加快复核"}).status_code == 302
    assert "加快复核" in text(client, "/articles/numbers/")


def test_a_type_below_another_one_stands_on_the_page_as_it_is_called(articles: Articles, sign_in: SignIn) -> None:
    above = ProblemType.objects.create(code="fault", name="故障")
    ProblemType.objects.create(code="fault.leak", name="漏水", parent=above)
    article = articles.published(problem_types=("fault.leak",))
    assert "<dd>漏水</dd>" in text(sign_in("agent"), reverse("article", args=[article.pk]))
