"""Articles that may help with what a customer tells: titles that share words, judged by how much of them was told."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import connection

from huiyin.kernel.actor import Actor
from huiyin.knowledge.queries.search import Found, sight_of
from huiyin.knowledge.rules.snippets import plain_text, snippet
from huiyin.knowledge.rules.suggesting import ENOUGH, MOST_TOLD, any_of, fit, pairs_of, product_fits
from huiyin.knowledge.rules.texts import Draft, in_language

CANDIDATES = 40


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
    sight, values = sight_of(actor)
    with connection.cursor() as cursor:
        cursor.execute(_NEAR.format(sight=sight), {**values, "query": any_of(words), "most": CANDIDATES})
        rows = cursor.fetchall()
    scored = [_scored(row, words, problem_types, product, language) for row in rows]
    fitting = sorted((each for each in scored if each[0] >= ENOUGH), key=lambda each: (-each[0], -each[1].used))
    return [found for _score, found in fitting[:limit]]


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


_NEAR = """
    WITH near AS MATERIALIZED (
        SELECT w.article_id AS id, ts_rank(w.in_title, %(query)s::tsquery) AS rank FROM knowledge_articlewords w
         WHERE w.in_title @@ %(query)s::tsquery AND {sight} ORDER BY rank DESC, id DESC LIMIT %(most)s)
    SELECT a.id, t.title, t.text, t.title_en, t.text_en, t.products, t.problem_types, a.useful, a.useless, a.used,
           a.visibility
      FROM near JOIN knowledge_article a ON a.id = near.id JOIN knowledge_articletext t ON t.id = a.shown_id
"""
