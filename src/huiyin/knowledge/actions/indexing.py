"""Writes the words an article is found by; part of publishing and retiring."""

from __future__ import annotations

from django.db import connection

from huiyin.knowledge.models import Article, ArticleText, ArticleWords
from huiyin.knowledge.rules.words import lexemes

_WRITE = """
    INSERT INTO knowledge_articlewords (article_id, visibility, department_id, in_title, in_text)
    VALUES (%(article)s, %(visibility)s, %(department)s,
            %(title)s::tsvector || setweight(to_tsvector('english', %(english_title)s), 'A'),
            %(title)s::tsvector || setweight(to_tsvector('english', %(english_title)s), 'A')
                || %(text)s::tsvector || to_tsvector('english', %(english_text)s))
    ON CONFLICT (article_id) DO UPDATE
       SET visibility = excluded.visibility, department_id = excluded.department_id,
           in_title = excluded.in_title, in_text = excluded.in_text
"""


def find_by_words(article: Article, text: ArticleText) -> None:
    """The article is found by the words of this text from now on; titles, products and models weigh most."""
    titles = " \n ".join([text.title, text.title_en, *text.products])
    texts = " \n ".join([text.text, text.text_en])
    with connection.cursor() as cursor:
        cursor.execute(
            _WRITE,
            {
                "article": article.pk,
                "visibility": text.visibility,
                "department": article.department_id,
                "title": lexemes(titles, "A"),
                "english_title": titles,
                "text": lexemes(texts, "D"),
                "english_text": texts,
            },
        )


def find_no_more(article: Article) -> None:
    """The article is not found any more."""
    ArticleWords.objects.filter(article=article).delete()
