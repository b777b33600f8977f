"""Nobody decides about a text of an article that was not on the page."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from huiyin.knowledge.actions.review import return_article, submit_article
from huiyin.knowledge.models import Article
from tests.conftest import Company
from tests.knowledge.conftest import Articles

SignIn = Callable[[str], Client]


def in_review_anew(articles: Articles, company: Company, article: Article, words: str) -> None:
    """The text comes back, is written anew and handed in again."""
    return_article(company.call("service_manager"), article.pk, reason="补充断电步骤")
    articles.change(article, text=words)
    submit_article(company.call("agent"), article.pk)


def shown_version(client: Client, address: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', client.get(address).content.decode())
    assert found is not None
    return found[1]


@pytest.mark.parametrize(("verb", "more"), [("publish", {}), ("return", {"reason": "再看看"})])
def test_a_reviewer_decides_only_about_the_text_that_was_read(
    articles: Articles, company: Company, sign_in: SignIn, verb: str, more: dict[str, str]
) -> None:
    article, client = articles.draft(), sign_in("quality")
    submit_article(company.call("agent"), article.pk)
    address = f"/articles/{article.pk}/"
    read = shown_version(client, address)
    in_review_anew(articles, company, article, "带电打开外壳")
    refused = client.post(f"{address}steps/{verb}/", {"version": read, **more})
    page = refused.content.decode()
    article.refresh_from_db()
    assert (refused.status_code, article.state, article.shown_id) == (422, "review", None)
    assert ("您打开之后正文已有改动" in page, "带电打开外壳" in page) == (True, True)
    assert (
        client.post(f"{address}steps/{verb}/", {"version": shown_version(client, address), **more}).status_code == 302
    )


def test_a_reviewer_reads_the_text_that_would_be_published_and_can_look_at_the_one_in_use(
    articles: Articles, company: Company, sign_in: SignIn
) -> None:
    article, client = articles.published(text="旧的正文"), sign_in("quality")
    articles.change(article, text="新的正文")
    submit_article(company.call("agent"), article.pk)
    address = f"/articles/{article.pk}/"
    newest, shown = (client.get(f"{address}{which}").content.decode() for which in ("", "?text=shown"))
    assert ("新的正文" in newest, "steps/publish/" in newest, "?text=shown" in newest) == (True, True, True)
    assert ("旧的正文" in shown, "steps/publish/" in shown, "steps/return/" in shown) == (True, False, False)


def test_still_right_is_said_of_the_text_that_was_read(articles: Articles, sign_in: SignIn) -> None:
    article, client = articles.published(), sign_in("quality")
    address = f"/articles/{article.pk}/"
    read = shown_version(client, address)
    articles.publish(articles.change(article, text="新的正文"))
    refused = client.post(f"{address}steps/confirm/", {"version": read})
    assert (refused.status_code, "您打开之后正文已有改动" in refused.content.decode()) == (422, True)
    assert client.post(f"{address}steps/confirm/", {"version": shown_version(client, address)}).status_code == 302
