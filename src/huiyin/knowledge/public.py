"""The door of the knowledge room."""

from huiyin.knowledge.actions.save import write_article
from huiyin.knowledge.actions.use import use_article
from huiyin.knowledge.models import Article, ArticleUse
from huiyin.knowledge.queries.articles import articles_about
from huiyin.knowledge.queries.search import Found, search_articles
from huiyin.knowledge.rules.texts import Draft

__all__ = [
    "Article",
    "ArticleUse",
    "Draft",
    "Found",
    "articles_about",
    "search_articles",
    "use_article",
    "write_article",
]
