"""Tables of the knowledge room."""

from huiyin.knowledge.models.around import ArticleFile, ArticleUse, ArticleVote, ArticleWords, KnowledgeNumbers
from huiyin.knowledge.models.article import Article, ArticleQuerySet, ArticleText

__all__ = [
    "Article",
    "ArticleFile",
    "ArticleQuerySet",
    "ArticleText",
    "ArticleUse",
    "ArticleVote",
    "ArticleWords",
    "KnowledgeNumbers",
]
