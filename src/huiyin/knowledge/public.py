"""The door of the knowledge room."""

from huiyin.knowledge.actions.save import write_article
from huiyin.knowledge.actions.use import use_article
from huiyin.knowledge.models import Article, ArticleUse
from huiyin.knowledge.queries.articles import article_seen_by, articles_about
from huiyin.knowledge.queries.numbers import numbers_on, today_of
from huiyin.knowledge.queries.search import Found, search_articles
from huiyin.knowledge.queries.suggest import suggest_articles
from huiyin.knowledge.rules.texts import Draft

__all__ = [
    "Article",
    "ArticleUse",
    "Draft",
    "Found",
    "article_seen_by",
    "articles_about",
    "numbers_on",
    "search_articles",
    "suggest_articles",
    "today_of",
    "use_article",
    "write_article",
]
