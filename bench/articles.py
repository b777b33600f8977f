"""Invented articles in Chinese and English, with words as common and as rare as a company's own.

Words are drawn so that the n-th of a list comes about 1/n as often as the first: a few stand nearly everywhere,
most are rare. They are made once; the number of articles kept from an earlier run is not changed.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

from bench.scene import Scene

SEED = 20_261_122
MADE_BY = "bench.article"
WORDS = Path(__file__).with_name("article_words.txt")


class Drawn:
    """Words of a list, the first ones often."""

    def __init__(self, words: Sequence[str], chance: random.Random) -> None:
        self._words, self._chance = words, chance
        self._weights = list(accumulate(1 / (n + 1) for n in range(len(words))))

    def __call__(self, many: int) -> list[str]:
        """So many of them."""
        return self._chance.choices(self._words, cum_weights=self._weights, k=many)


def written(many: int) -> Iterator[dict[str, Any]]:
    """So many articles, the same ones every time."""
    chance = random.Random(SEED)
    lists = {name: words for name, *words in map(str.split, WORDS.read_text(encoding="utf-8").splitlines())}
    lists["said"] += [*lists["parts"], *lists["troubles"], *_rare(chance)]
    lists["codes"] = [f"{a}{b}-{chance.randrange(10, 99)}{c}" for a in "KJXEFHW" for b in "FSQRB" for c in ("GW", "LW")]
    draw = {name: Drawn(words, chance) for name, words in lists.items()}
    for number in range(many):
        yield _one(number, draw, chance)


def _rare(chance: random.Random) -> list[str]:
    """Words that hardly anybody uses."""
    return ["".join(chr(chance.randrange(0x4E00, 0x8000)) for _ in range(2 + n % 2)) for n in range(6000)]


def _one(number: int, draw: dict[str, Drawn], chance: random.Random) -> dict[str, Any]:
    device, part, trouble, question = (draw[name](1)[0] for name in ("devices", "parts", "troubles", "questions"))
    title = f"{device}{part if number % 3 else ''}{trouble}{question if number % 2 else ''}"
    sentences = ("".join(draw["said"](chance.randint(4, 9))) for _ in range(chance.randint(6, 14)))
    english = " ".join(draw["english"](chance.randint(40, 90))) if number % 3 == 0 else ""
    return {
        "title": title,
        "text": f"## 问题\n{device}{trouble}。\n\n## 解决\n" + "，".join(sentences) + "。",
        "title_en": " ".join(draw["english"](5)) if english else "",
        "text_en": english,
        "products": draw["codes"](1),
        "visibility": chance.choices(("staff", "public", "department"), (8, 1, 1))[0],
    }


def write_articles(scene: Scene, many: int) -> int:
    """Makes so many articles in use unless an earlier run did; returns how many there are."""
    there = int(scene.column("SELECT count(*) FROM knowledge_article WHERE source = %s", MADE_BY)[0])
    if there == 0:
        _put_in(scene, many)
    return there or many


def _put_in(scene: Scene, many: int) -> None:
    from huiyin.knowledge.rules.words import lexemes

    with scene.owner() as database:
        database.execute(_SHELF)
        with database.cursor().copy("COPY bench_article FROM STDIN") as copy:
            for number, each in enumerate(written(many), 1):
                titles = " \n ".join([each["title"], each["title_en"], *each["products"]])
                texts = " \n ".join([each["text"], each["text_en"]])
                words = (lexemes(titles, "A"), titles, lexemes(texts, "D"), texts)
                copy.write_row((number, *each.values(), *words))
        for table in ("knowledge_article", "knowledge_articletext"):
            database.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")  # type: ignore[arg-type]  # not the journal
        for statement in (*_WITHOUT_INDEXES, *_FILED, *_WITH_INDEXES):
            database.execute(statement)  # type: ignore[arg-type]
        for table in ("knowledge_article", "knowledge_articletext"):
            database.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")  # type: ignore[arg-type]
        database.execute("DROP TABLE bench_article")
        database.execute("VACUUM (ANALYZE)")


_SHELF = """
    CREATE TABLE bench_article (n bigint, title text, text text, title_en text, text_en text, products text[],
        visibility text, title_words tsvector, titles text, text_words tsvector, texts text)
"""
_WITHOUT_INDEXES = ("DROP INDEX article_title_words", "DROP INDEX article_text_words")  # built in one go it is quicker
_WITH_INDEXES = (
    "CREATE INDEX article_title_words ON knowledge_articlewords USING gin (in_title) WITH (fastupdate = off)",
    "CREATE INDEX article_text_words ON knowledge_articlewords USING gin (in_text) WITH (fastupdate = off)",
)
_FILED = (
    f"""INSERT INTO knowledge_article (state, visibility, department_id, products, problem_types, review_on, source,
            source_id, changed_at, useful, useless, used)
        SELECT 'published', visibility, (SELECT min(id) FROM organisation_department), products, '{{}}',
               '2027-06-01', '{MADE_BY}', n, now() - n * interval '1 minute', n % 40, n % 7, n % 90
          FROM bench_article ORDER BY n""",
    f"""INSERT INTO knowledge_articletext (article_id, version, effective_from, title, text, title_en, text_en,
            visibility, products, problem_types)
        SELECT a.id, 1, '2026-01-01', b.title, b.text, b.title_en, b.text_en, b.visibility, b.products, '{{}}'
          FROM knowledge_article a JOIN bench_article b ON b.n = a.source_id WHERE a.source = '{MADE_BY}'""",
    f"""UPDATE knowledge_article a SET newest_id = t.id, shown_id = t.id
          FROM knowledge_articletext t WHERE t.article_id = a.id AND a.source = '{MADE_BY}'""",
    f"""INSERT INTO knowledge_articlewords (article_id, visibility, department_id, in_title, in_text)
        SELECT a.id, a.visibility, a.department_id,
               b.title_words || setweight(to_tsvector('english', b.titles), 'A'),
               b.title_words || setweight(to_tsvector('english', b.titles), 'A')
                   || b.text_words || to_tsvector('english', b.texts)
          FROM knowledge_article a JOIN bench_article b ON b.n = a.source_id WHERE a.source = '{MADE_BY}'""",
)
