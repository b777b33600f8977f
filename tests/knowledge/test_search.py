"""Articles are found by two characters, by the beginning of an English word, and by models."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.knowledge.queries.search import search_articles
from huiyin.knowledge.rules.snippets import LENGTH, snippet
from huiyin.knowledge.rules.words import lexemes, query_of, tokens
from tests.conftest import Company
from tests.knowledge.conftest import Articles


@pytest.fixture
def three(articles: Articles) -> None:
    articles.published()
    articles.published(
        title="热水器点不着火",
        text="检查燃气阀门,再换电池",
        title_en="The water heater does not ignite",
        text_en="Check the gas valve, then replace the batteries. Installing a new igniter takes ten minutes.",
        products=("JSQ-30",),
    )
    articles.published(title="安装预约流程", text="先看热水器的型号,再约时间", products=())


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("停机", ["压缩机停机怎么办"]),
        ("热水", ["热水器点不着火", "安装预约流程"]),  # the title first
        ("热水器 阀门", ["热水器点不着火"]),
        ("水热", []),
        ("机", ["压缩机停机怎么办"]),
        ("kfr", ["压缩机停机怎么办"]),
        ("KFR-35", ["压缩机停机怎么办"]),
        ("35gw", ["压缩机停机怎么办"]),
        ("ign", ["热水器点不着火"]),
        ("igniting", ["热水器点不着火"]),
        ("install", ["热水器点不着火"]),
        ("battery", ["热水器点不着火"]),
        ("the heater", ["热水器点不着火"]),
        ("heater 热水", ["热水器点不着火"]),
        ("'; drop table", []),
        ("\\ & | ! ( ) :* '", []),
        ("   ", []),
    ],
)
def test_what_is_typed_finds(three: None, company: Company, words: str, found: list[str]) -> None:
    assert [each.title for each in search_articles(company.actor("agent"), words)] == found


def test_every_two_characters_of_a_text_find_it(articles: Articles, company: Company) -> None:
    text = "冷凝器积尘导致高压保护,清洗后恢复。Model 3 型"
    article = articles.published(title="标题", text=text)
    han = [
        text[n : n + 2] for n in range(len(text) - 1) if all("\u4e00" <= each <= "\u9fff" for each in text[n : n + 2])
    ]
    assert len(han) == 14
    for pair in han:
        assert [each.pk for each in search_articles(company.actor("agent"), pair)] == [article.pk], pair


def test_a_found_article_speaks_the_readers_language(three: None, company: Company) -> None:
    found = search_articles(company.actor("agent"), "heater", language="en")
    assert found[0].title == "The water heater does not ignite"


@given(st.text(max_size=300))
def test_no_text_breaks_the_words(text: str) -> None:
    assert "\x00" not in lexemes(text, "A") or "\x00" in text
    query_of(text)
    assert all(token.text for token in tokens(text))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text", ["'", "\\", "a'b\\c", "字" * 20_000, "x" * 5_000, "a-" * 400, "：！？", "🙂", "ｋｆｒ"]
)
def test_the_database_reads_every_literal(text: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::tsvector", [lexemes(text, "A")])
        query = query_of(text)
        if query.exact:
            cursor.execute("SELECT %s::tsquery", [query.exact])


@given(st.text(max_size=500), st.text(max_size=20))
def test_a_snippet_is_short(text: str, words: str) -> None:
    assert len(snippet(text, words)) <= LENGTH + 2
