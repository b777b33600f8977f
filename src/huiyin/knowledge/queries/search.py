"""Finds articles while somebody types: titles first, then texts; two GIN indexes and a bounded number of candidates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection

from huiyin.kernel.actor import Actor, ActorKind
from huiyin.knowledge.rules.snippets import snippet
from huiyin.knowledge.rules.texts import Draft, in_language
from huiyin.knowledge.rules.words import Query, query_of, quoted

CANDIDATES = 200
"""So many of each way are ranked; more than that share so common a word that the next letter decides."""


@dataclass(frozen=True)
class Found:
    """An article that fits: its title, the place of the text that fits, and how useful people found it.

    ``answer`` is the whole text without marks, as it may go into a letter.
    """

    pk: int
    title: str
    text: str
    useful: int
    useless: int
    used: int
    visibility: str
    answer: str = ""


def search_articles(actor: Actor, text: str, *, limit: int = 20, language: str = "zh-hans") -> list[Found]:
    """Articles in use that hold all words typed so far, the best first."""
    query = query_of(text)
    return _found(query, _SEARCH, actor, limit, language, text) if query else []


def _found(query: Query, statement: str, actor: Actor, limit: int, language: str, text: str) -> list[Found]:
    sight, values = sight_of(actor)
    with connection.cursor() as cursor:
        cursor.execute(
            statement.format(sight=sight),
            {**values, "query": tsquery(cursor, query), "candidates": CANDIDATES, "limit": limit},
        )
        rows = cursor.fetchall()
    return [_hit(row, language, text) for row in rows]


def _hit(row: tuple[Any, ...], language: str, words: str) -> Found:
    pk, title, text, title_en, text_en, useful, useless, used, visibility = row
    shown, said = in_language(Draft(title=title, text=text, title_en=title_en, text_en=text_en), language)
    return Found(pk, shown, snippet(said, words), useful, useless, used, visibility)


def tsquery(cursor: Any, query: Query) -> str:
    """The query as a ``tsquery`` literal: a Latin word as it is typed so far, or by its English stem."""
    parts = [query.exact] if query.exact else []
    if query.latin:
        # one round trip for all stems; a word the dictionary drops (the, of) is looked for as it is
        cursor.execute(
            "SELECT array_agg(plainto_tsquery('english', word)::text ORDER BY place)"
            " FROM unnest(%s::text[]) WITH ORDINALITY AS given(word, place)",
            [list(query.latin)],
        )
        stems = cursor.fetchone()[0]
        parts += [_either(word, stem) for word, stem in zip(query.latin, stems, strict=True)]
    return " & ".join(parts)


def _either(word: str, stem: str) -> str:
    return f"({quoted(word)}:* | ({stem}))" if stem else f"{quoted(word)}:*"


def sight_of(actor: Actor) -> tuple[str, dict[str, Any]]:
    """What the actor may see, as a condition on the words' table."""
    if actor.kind is ActorKind.CUSTOMER:
        return "w.visibility = 'public'", {}
    if actor.may("knowledge.manage"):
        return "TRUE", {}
    return (
        "(w.visibility <> 'department' OR w.department_id = ANY(%(departments)s::bigint[]))",
        {"departments": sorted(actor.department_ids)},
    )


_SEARCH = """
    WITH asked AS MATERIALIZED (SELECT %(query)s::tsquery AS query),
    titled AS MATERIALIZED (
        SELECT w.article_id AS id, 1 + ts_rank(w.in_title, asked.query) AS rank
          FROM knowledge_articlewords w, asked WHERE w.in_title @@ asked.query AND {sight} LIMIT %(candidates)s),
    written AS MATERIALIZED (
        SELECT w.article_id AS id, ts_rank(w.in_text, asked.query) AS rank
          FROM knowledge_articlewords w, asked
         WHERE (SELECT count(*) FROM titled) < %(limit)s AND w.in_text @@ asked.query AND {sight}
         LIMIT %(candidates)s),
    best AS (
        SELECT id, max(rank) AS rank FROM (SELECT * FROM titled UNION ALL SELECT * FROM written) AS every
         GROUP BY id ORDER BY rank DESC, id DESC LIMIT %(limit)s)
    SELECT a.id, t.title, t.text, t.title_en, t.text_en, a.useful, a.useless, a.used, a.visibility
      FROM best JOIN knowledge_article a ON a.id = best.id JOIN knowledge_articletext t ON t.id = a.shown_id
     ORDER BY best.rank DESC, a.used DESC, a.id DESC
"""
