"""Articles, written by the agent and published by quality."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from huiyin.knowledge.actions.review import publish_article, submit_article
from huiyin.knowledge.actions.save import save_article, write_article
from huiyin.knowledge.models import Article
from huiyin.knowledge.rules.texts import Draft
from tests.conftest import Company

TITLE = "压缩机停机怎么办"
TEXT = "## 问题\n压缩机十分钟后停机\n\n## 解决\n清洗冷凝器,更换启动电容"


@dataclass
class Articles:
    """Writes articles and walks them into use."""

    company: Company

    def draft(self, by: str = "agent", **values: object) -> Article:
        """A draft of the agent, unless said otherwise."""
        given = {"title": TITLE, "text": TEXT, "products": ("KFR-35GW",)}
        return write_article(self.company.call(by), Draft(**(given | values)))  # type: ignore[arg-type]

    def published(self, by: str = "agent", reviewer: str = "quality", **values: object) -> Article:
        """An article in use."""
        return self.publish(self.draft(by, **values), by, reviewer)

    def publish(self, article: Article, by: str = "agent", reviewer: str = "quality") -> Article:
        """Hands the newest text in and publishes it."""
        submit_article(self.company.call(by), article.pk)
        publish_article(self.company.call(reviewer), article.pk)
        article.refresh_from_db()
        return article

    def change(self, article: Article, by: str = "agent", **values: object) -> Article:
        """A new version of the text."""
        assert article.newest
        draft = Draft(**{**vars(article.newest.draft), **values})
        return save_article(self.company.call(by), article.pk, draft)


@pytest.fixture
def articles(company: Company) -> Articles:
    """Writes articles and walks them into use."""
    return Articles(company)
