"""Articles that may help with what a customer tells: titles that share words, judged by how much of them was told.

Many small searches that stop early instead of one that ranks half of all titles (ADR 0097).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import connection

from huiyin.kernel.actor import Actor
from huiyin.knowledge.queries.search import Found, sight_of
from huiyin.knowledge.rules.snippets import plain_text, snippet
from huiyin.knowledge.rules.suggesting import ENOUGH, MOST_TOLD, fit, pairs_of, product_fits, searches
from huiyin.knowledge.rules.texts import Draft, in_language

CANDIDATES = 40
FOUND_EACH = 100
COMPARED = 400


def suggest_articles(
    actor: Actor,
    told: str,
    *,
    problem_types: Collection[str] = (),
    product: str = "",
    limit: int = 4,
    language: str = "zh-hans",
) -> list[Found]:
    """Articles in use and in sight that fit, the best first; `problem_types` are codes, `product` a name or model."""
    words = pairs_of(told[:MOST_TOLD])
    if not words:
        return []
    rows = _near(actor, told[:MOST_TOLD], sorted(words))
    scored = [_scored(row, words, problem_types, product, language) for row in rows]
    fitting = sorted((each for each in scored if each[0] >= ENOUGH), key=lambda each: (-each[0], -each[1].used))
    return [found for _score, found in fitting[:limit]]


def _near(actor: Actor, told: str, words: list[str]) -> list[tuple[Any, ...]]:
    """The titles that share most of the words, of those the searches find first."""
    sight, values = sight_of(actor)
    bounds = {"each": FOUND_EACH, "compared": COMPARED, "most": CANDIDATES}
    with connection.cursor() as cursor:
        cursor.execute(_COMMON, [words])
        asked = searches(told, dict(cursor.fetchall()))
        cursor.execute(_NEAR.format(sight=sight), {**values, **bounds, "searches": asked, "words": words})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _scored(
    row: tuple[Any, ...], words: frozenset[str], problem_types: Collection[str], product: str, language: str
) -> tuple[float, Found]:
    pk, title, text, title_en, text_en, products, types, useful, useless, used, visibility = row
    same_type, same_product = bool(set(types) & set(problem_types)), product_fits(product, products)
    best = max(
        fit(words, each, body, same_type=same_type, same_product=same_product)
        for each, body in ((title, text), (title_en, text_en))
    )
    shown, said = in_language(Draft(title=title, text=text, title_en=title_en, text_en=text_en), language)
    return best, Found(pk, shown, snippet(said, ""), useful, useless, used, visibility, plain_text(said))


# What PostgreSQL counted when it last looked at the table; a word it does not list stands in few titles.
_COMMON = """
    SELECT held.word, held.share
      FROM pg_stats s, unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) AS held (word, share)
     WHERE s.schemaname = current_schema() AND s.tablename = 'knowledge_articlewords' AND s.attname = 'in_title'
       AND held.word = ANY(%s::text[])
"""
_NEAR = """
    WITH found AS MATERIALIZED (
        SELECT each.id, count(*) AS times FROM unnest(%(searches)s::text[]) AS search (words)
         CROSS JOIN LATERAL (
            SELECT w.article_id AS id FROM knowledge_articlewords w
             WHERE w.in_title @@ search.words::tsquery AND {sight} LIMIT %(each)s) AS each
         GROUP BY each.id ORDER BY times DESC, each.id DESC LIMIT %(compared)s),
    near AS MATERIALIZED (
        SELECT w.article_id AS id, length(w.in_title) - length(ts_delete(w.in_title, %(words)s::text[])) AS shared
          FROM found JOIN knowledge_articlewords w ON w.article_id = found.id
         ORDER BY shared DESC, id DESC LIMIT %(most)s)
    SELECT a.id, t.title, t.text, t.title_en, t.text_en, a.products, a.problem_types, a.useful, a.useless, a.used,
           a.visibility
      FROM near JOIN knowledge_article a ON a.id = near.id JOIN knowledge_articletext t ON t.id = a.shown_id
"""
